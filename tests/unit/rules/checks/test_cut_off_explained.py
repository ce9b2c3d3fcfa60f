from tests.unit.rules.cases import found, plant
from zuji.rules.checks.cut_off_explained import cut_off_explained


def left_out(rest: str) -> str:
    return plant(f"{{name: oil, amount: '1', unit: kg, cut_off: {{reason: small, {rest}}}}}")


def test_an_estimate_with_a_source_is_enough() -> None:
    assert found(cut_off_explained, left_out("estimate: '0.1', source: upper bound")) == []


def test_an_estimate_without_a_source_is_named() -> None:
    assert found(cut_off_explained, left_out("estimate: '0.1'")) == [("cut-off.no-source", "warning", "plant / oil")]
    assert found(cut_off_explained, left_out("estimate: '0.1', source: ' '")) == [("cut-off.no-source", "warning", "plant / oil")]


def test_an_estimate_of_zero_is_no_estimate() -> None:
    assert found(cut_off_explained, left_out("estimate: '0.00', source: s")) == [("cut-off.zero-estimate", "warning", "plant / oil")]
