from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.gas_uncharacterised import gas_uncharacterised


def test_a_gas_by_its_looks_without_a_value() -> None:
    gas = flow("gas", "", "HFC-9999xyz", "elementary", "mass", "Emissions", "Emissions to air")
    assert found(gas_uncharacterised, adding(STEEL, exchange(5, "gas", "output", "0.1"), flows=(gas,))) == [("warning", STEEL, 5)]


def test_a_main_gas_that_cannot_be_matched_is_an_error() -> None:
    gas = flow("gas", "", "carbon dioxide-like gases, sum", "elementary", "mass", "Emissions", "Emissions to air")
    assert found(gas_uncharacterised, adding(STEEL, exchange(5, "gas", "output", "0.1"), flows=(gas,))) == [("error", STEEL, 5)]


def test_what_only_sounds_alike_is_left_alone() -> None:
    for name in ("methanol", "NMVOC, non-methane volatile organic compounds", "carbon monoxide, fossil"):
        other = flow("other", "", name, "elementary", "mass", "Emissions", "Emissions to air")
        assert found(gas_uncharacterised, adding(STEEL, exchange(5, "other", "output", "0.1"), flows=(other,))) == []
