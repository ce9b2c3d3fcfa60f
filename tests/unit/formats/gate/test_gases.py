"""Which flow is which gas: by its identifier in the European list, by CAS, by exact name; never by resemblance."""

import csv
from importlib import resources

import pytest

from tests.unit.formats.steelworks import flow
from zuji.formats.gate.gases import Gas, gas_named, gas_of
from zuji.formats.gwp import load_gwp


@pytest.mark.parametrize(
    ("name", "gas"),
    [("Carbon dioxide, fossil", "CO2"), ("Dinitrogen monoxide", "N2O"), ("Methane", "CH4"), ("Ethane, 1,1,1,2-tetrafluoro-, HFC-134a", "HFC-134a"),
     ("Nitrous oxide (laughing gas) [Inorganic emissions to air]", "N2O"), ("二氧化碳", "CO2"), ("Sulfur hexafluoride", "SF6"),
     ("Carbon monoxide, fossil", None), ("NMVOC, non-methane volatile organic compounds", None), ("Methanol", None),
     ("carbon dioxide equivalent", None), ("Chlorothalonil", None)],
)  # fmt: skip
def test_exact_names(name: str, gas: str | None) -> None:
    assert gas_named(name) == gas


@pytest.mark.parametrize(
    ("name", "categories", "gas"),
    [("Carbon dioxide, fossil", ("air",), Gas("CO2", "fossil")), ("Carbon dioxide, biogenic", ("Emission to air",), Gas("CO2", "biogenic")),
     ("Carbon dioxide, in air", ("natural resource", "in air"), Gas("CO2", "biogenic_removal")),
     ("Carbon dioxide, land transformation", ("air", "low population density"), Gas("CO2", "land_use_change")),
     ("Methane", ("troposphere", "rural"), Gas("CH4", "unspecified")), ("Methane, non-fossil", ("air",), Gas("CH4", "biogenic")),
     ("Methane", ("water", "river"), None), ("Carbon dioxide", ("soil",), None)],
)  # fmt: skip
def test_origin_and_compartment(name: str, categories: tuple[str, ...], gas: Gas | None) -> None:
    assert gas_of(flow("x", "", name, "elementary", "mass", *categories)) == gas


def test_every_flow_of_the_table_has_a_value() -> None:
    text = resources.files("zuji.library").joinpath("gwp", "elementary-flows.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    values = load_gwp("AR6").values
    assert len(rows) == len({row["flow"] for row in rows}) > 400
    assert [row for row in rows if (row["gas"], row["kind"]) not in values] == []
