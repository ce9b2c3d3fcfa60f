from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.licence_missing import licence_missing


def test_neither_licence_nor_owner() -> None:
    assert found(licence_missing, spoilt(licence="", owner="")) == [("info", STEEL, None)]
