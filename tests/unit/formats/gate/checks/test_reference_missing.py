from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.reference_missing import reference_missing


def test_no_reference_flow() -> None:
    assert found(reference_missing, spoilt(references=())) == [("error", STEEL, None)]


def test_a_reference_to_an_exchange_that_is_not_there() -> None:
    assert found(reference_missing, spoilt(references=(9,))) == [("error", STEEL, None)]
