from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.unit_unknown import unit_unknown


def test_a_unit_that_nobody_knows() -> None:
    assert found(unit_unknown, spoilt(exchange=3, unit="furlong")) == [("error", STEEL, 3)]
