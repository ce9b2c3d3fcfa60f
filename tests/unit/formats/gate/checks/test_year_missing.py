from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.year_missing import year_missing


def test_no_year() -> None:
    assert found(year_missing, spoilt(year=None)) == [("warning", STEEL, None)]
