from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.reference_input import reference_input


def test_a_product_as_reference_that_goes_in() -> None:
    assert found(reference_input, spoilt(exchange=1, direction="input")) == [("warning", STEEL, 1)]
