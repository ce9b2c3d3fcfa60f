from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.flow_missing import flow_missing


def test_a_dangling_reference() -> None:
    assert found(flow_missing, spoilt(exchange=3, flow="nowhere")) == [("error", STEEL, 3)]
