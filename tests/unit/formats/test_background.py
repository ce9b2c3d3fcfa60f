"""A released database: parts sum to the total, the same bytes every time, and nothing opens that is not what its manifest says."""

import dataclasses
import json
from decimal import Decimal

import numpy as np
import pytest

from tests.unit.engine.sparse.systems import database
from zuji.engine.errors import BadMatrix, LoopGainTooHigh, NotConverged
from zuji.engine.sparse.background import PARTS, Background, Process, official_value, solved_background
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.system import arranged
from zuji.formats.background import BadRelease, identity, read_manifest, release_files

SOURCE = {"title": "Test database", "publisher": "Zuji", "licence": "CC0", "version": "1"}


def made(*, seed: int = 3, unknown: object = None) -> Background:
    needs, burdens = database(60, seed=seed)
    shares = np.array([0.8, 0.1, -0.05, 0.1, 0.05])
    sets = np.stack([np.outer(burdens, shares), np.outer(burdens, shares * [1, 1.1, 1, 1, 1])], axis=1)
    processes = [Process(f"p{j}", f"product {j}", "kg", "CN") for j in range(60)]
    return solved_background(processes, needs, sets, sets=["AR5", "AR6"], unknown=unknown)


def test_every_part_of_every_set_is_there_and_the_parts_sum_to_the_total_exactly() -> None:
    found = made()
    assert found.columns[:6] == tuple(f"AR5/{part}" for part in (*PARTS, "total"))
    assert found.values.shape == (60, 12)
    for first in (0, 6):
        total = np.zeros(60)
        for column in range(first, first + 5):
            total = total + found.values[:, column]
        assert (found.values[:, first + 5] == total).all()
    alone = intensities(arranged(found.needs), found.burdens[:, 11]).values[:, 0]
    assert np.allclose(found.values[:, 11], alone, rtol=1e-12)


def test_the_same_database_is_the_same_bytes_and_another_is_not() -> None:
    one, two, other = release_files(made(), SOURCE), release_files(made(), SOURCE), release_files(made(seed=4), SOURCE)
    assert one == two
    assert identity(one["manifest.json"]) != identity(other["manifest.json"])
    assert identity(release_files(made(), {**SOURCE, "version": "2"})["manifest.json"]) != identity(one["manifest.json"])
    told = read_manifest(one["manifest.json"])
    assert (told.processes, told.columns[-1], told.coverage) == (60, "AR6/total", 1.0)
    assert told.residual < 1e-12


def test_an_official_value_is_a_decimal_of_twelve_digits() -> None:
    found = made()
    value = official_value(found, "p7", "AR6/total")
    assert isinstance(value, Decimal)
    assert len(value.as_tuple().digits) == 12
    assert float(value) == pytest.approx(found.values[7, 11], rel=1e-11)
    for wrong in (("p60", "AR6/total"), ("p7", "AR4/total")):
        with pytest.raises(KeyError):
            official_value(found, *wrong)


def test_a_process_over_an_unknown_burden_has_no_official_value() -> None:
    needs = Needs.from_triplets([0, 1], [1, 2], [1.0, 1.0], rows=4)
    processes = [Process(f"p{j}", f"product {j}", "kg") for j in range(4)]
    found = solved_background(processes, needs, np.ones((4, 1, 5)), sets=["AR6"], unknown=np.arange(4) == 2)
    assert official_value(found, "p3", "AR6/total") == 5
    with pytest.raises(NotConverged, match="not known"):
        official_value(found, "p0", "AR6/total")


def test_a_value_that_does_not_meet_its_equation_never_becomes_a_factor() -> None:
    found = made()
    wrong = np.array(found.values)
    wrong[7, 11] *= 1 + 1e-9
    forged = dataclasses.replace(found, values=wrong)
    with pytest.raises(NotConverged, match="12 digits"):
        official_value(forged, "p7", "AR6/total")


def test_databases_that_do_not_fit_are_refused() -> None:
    needs = Needs.from_triplets([0, 1], [1, 0], [2.0, 3.0], rows=2)
    twins = [Process("p", "a", "kg"), Process("p", "b", "kg")]
    pair = [Process("p", "steel", "kg"), Process("q", "power", "kWh")]
    with pytest.raises(LoopGainTooHigh, match="steel"):
        solved_background(pair, needs, np.ones((2, 1, 5)), sets=["AR6"])
    with pytest.raises(BadMatrix, match="same identifier"):
        solved_background(twins, needs, np.ones((2, 1, 5)), sets=["AR6"])
    with pytest.raises(BadMatrix, match="do not fit"):
        solved_background(pair, needs, np.ones((2, 5)), sets=["AR6"])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "zuji/background/1"}', b"\xff\xfe", b'{"format": 1, "files": 2}'])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(BadRelease):
        read_manifest(content)


@pytest.mark.parametrize("change", [{"format": "zuji/background/2"}, {"files": {}}, {"more": 1}])
def test_a_manifest_of_another_kind_is_refused(change: dict[str, object]) -> None:
    told = json.loads(release_files(made(), SOURCE)["manifest.json"])
    with pytest.raises(BadRelease):
        read_manifest(json.dumps({**told, **change}).encode())
