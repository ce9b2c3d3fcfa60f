"""The real files of others, read where they lie beside the checkout; how many of what they hold is known from their publishers."""

from pathlib import Path

import pytest
from pyecospold import parse_file_v2, validate_file_v2

from tests.unit.formats.inventories.test_readers import read
from zuji.formats.gate import Case, judge

COUNTS = {
    "ilcd/tiangong_hubei_subset.zip": ("ilcd", 56, 237),
    "ecospold1/uslci_subset_ecospold1.xml": ("ecospold1", 3, 30),
    "ecospold1/olca_example.xml": ("ecospold1", 1, 1),
    "ecospold2/uslci_Portland_cement_at_plant.spold": ("ecospold2", 1, 30),
    "ecospold2/uslci_Rice_at_field.spold": ("ecospold2", 1, 30),
    "openlca_jsonld/uslci_olca1_5_full_jsonld.zip": ("olca", 766, 4601),
    "openlca_jsonld/olca_schema_examples/process.json": ("olca", 1, 0),
    "tidas/tidas-example-process.json": ("tidas", 1, 0),
    "simapro_csv/olca_process.csv": ("simapro", 1, 6),
    "brightway/istrate2024_lci_LIB_raw_materials.xlsx": ("brightway", 31, 244),
    "brightway/lci-graphite.xlsx": ("brightway", 10, 39),
}


@pytest.mark.parametrize("path", COUNTS)
def test_everything_is_read_and_nothing_is_a_fault(samples: Path, path: str) -> None:
    form, datasets, flows = COUNTS[path]
    inventory = read((samples / "samples" / path).read_bytes(), form, path.rpartition("/")[2])
    assert inventory.faults == ()
    assert len(inventory.datasets) == datasets
    assert len(inventory.flows) >= flows


def test_the_cement_kiln_of_uslci_is_the_one_that_counts_its_fuel_twice(samples: Path) -> None:
    data = (samples / "samples" / "openlca_jsonld" / "uslci_olca1_5_full_jsonld.zip").read_bytes()
    judgement = judge(Case(read(data, "olca"), 2026), "only-provider")
    twice = {f.dataset for f in judgement.findings if (f.code, f.severity) == ("double-counting", "error")}
    assert twice == {"62993671-574c-3fc5-b66a-6be3bb21ad3d"}
    assert not [gain for _, gain in judgement.gains if gain >= 1]


def test_ours_and_pyecospold_read_the_same_amounts_of_ecospold_2(samples: Path) -> None:
    path = samples / "samples" / "ecospold2" / "uslci_Electricity_at_Grid_US_2010.spold"
    assert validate_file_v2(str(path)) is None
    (mine,) = read(path.read_bytes(), "ecospold2", path.name).datasets
    theirs = parse_file_v2(str(path)).activityDataset
    taken = [*theirs.flowData.intermediateExchanges, *theirs.flowData.elementaryExchanges]
    assert sorted(float(e.amount or 0) for e in mine.exchanges) == sorted(exchange.amount for exchange in taken)
