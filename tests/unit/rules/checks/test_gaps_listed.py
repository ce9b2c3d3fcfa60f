from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.gaps_listed import gaps_listed

GAP = "{name: {zh: 助剂, en: additive}, amount: '2', unit: kg, factor: null, reason: no factor%s}"


def test_no_gap_no_finding() -> None:
    assert found(gaps_listed) == []


def test_each_gap_is_a_warning_and_never_an_error() -> None:
    two = GAP % "" + ", {name: other, amount: '1', unit: kg, factor: null, reason: none}"
    assert found(gaps_listed, plant(two)) == [("gap.no-factor", "warning", "plant / other"), ("gap.no-factor", "warning", "plant / 助剂")]


def test_its_possible_size_is_stated_or_said_to_be_unknown() -> None:
    assert "size unknown" in said(gaps_listed, plant(GAP % "")).message.en
    bounded = GAP % ", possible: {low: '1', high: '3', unit: kgCO2e/kg, source: s}"
    assert "2 to 6 kgCO2e" in said(gaps_listed, plant(bounded)).message.en
