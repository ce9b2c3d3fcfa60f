"""The whole of TianGong LCA v0.2.0 through the gate, against the list of faults that was made of it by hand and other programs."""

import csv
from pathlib import Path

import pytest

from zuji.importing import Imported, import_inventory

# Two cement datasets whose comment does not speak of a mass, and the row for the 153 input-output sectors, which has no identifier.
UNSEEN = 2


@pytest.fixture(scope="module")
def tiangong(samples: Path) -> Imported:
    """About 20 seconds of processor time."""
    return import_inventory(samples / "tiangong" / "tiangong-lca-ilcd.tar.xz", "ilcd", rule="only-provider", year=2026)


def test_all_of_it_is_read(tiangong: Imported) -> None:
    inventory = tiangong.inventory
    assert (len(inventory.datasets), len(inventory.flows), inventory.faults) == (4133, 3021, ())
    assert sum(finding.code == "flow.missing" for finding in tiangong.judgement.findings) == 4545


def test_what_others_flagged_stays_out(tiangong: Imported, samples: Path) -> None:
    lines = (samples / "tiangong" / "tiangong_quality_flags.csv").read_text(encoding="utf-8").splitlines()
    flagged = [row["uuid"] for row in csv.DictReader(lines) if not row["uuid"].startswith("(")]
    assert len(flagged) == 520
    assert len([identity for identity in flagged if identity not in tiangong.judgement.refused]) <= UNSEEN


def test_the_input_output_sectors_are_a_loop_that_multiplies(tiangong: Imported) -> None:
    members, gain = tiangong.judgement.gains[0]
    assert gain > 1e8
    assert all("CEEIO" in str(tiangong.case.datasets[m].name) for m in members)
    assert not tiangong.judgement.admitted & set(members)


def test_the_parts_of_the_summary_sum(tiangong: Imported) -> None:
    counts = tiangong.release["counts"]
    assert isinstance(counts, dict)
    assert counts["admitted"] + counts["refused"] == counts["datasets"] == 4133
    assert counts["complete"] <= counts["admitted"]
    assert counts["admitted"] > 1500
