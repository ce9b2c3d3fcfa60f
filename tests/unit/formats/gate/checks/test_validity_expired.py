from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.validity_expired import validity_expired


def test_a_validity_that_has_ended() -> None:
    assert found(validity_expired, spoilt(valid_until=2025)) == [("info", STEEL, None)]
