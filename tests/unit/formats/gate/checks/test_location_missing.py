from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.location_missing import location_missing


def test_no_location() -> None:
    assert found(location_missing, spoilt(location="")) == [("warning", STEEL, None)]
