from tests.unit.formats.steelworks import STEEL, YEAR, found, spoilt
from zuji.formats.gate.checks.year_implausible import year_implausible


def test_a_year_to_come_and_a_year_of_the_past_century() -> None:
    assert found(year_implausible, spoilt(year=YEAR + 1)) == [("warning", STEEL, None)]
    assert found(year_implausible, spoilt(year=203)) == [("warning", STEEL, None)]


def test_a_validity_that_ends_before_it_begins() -> None:
    assert found(year_implausible, spoilt(valid_until=2020)) == [("warning", STEEL, None)]
