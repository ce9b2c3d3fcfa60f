from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.reference_kind import reference_kind


def test_an_elementary_flow_as_reference() -> None:
    assert found(reference_kind, spoilt(references=(2,))) == [("error", STEEL, 2)]
