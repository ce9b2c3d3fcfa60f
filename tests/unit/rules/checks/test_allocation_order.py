import pytest

from tests.unit.rules.cases import found
from zuji.rules.checks.allocation_order import allocation_order


def joint(allocation: str) -> str:
    return f"""
processes:
  - id: plant
    stage: production
    output: {{product: brick, amount: "1", unit: t, price: "9"}}
    coproducts: [{{product: dust, amount: "1", unit: t, price: "1", replaces: {{factor: MATERIAL}}}}]
    allocation: {allocation}
    inputs: [{{name: material, amount: "1", unit: t, factor: MATERIAL}}]
"""


def test_no_coproduct_no_finding() -> None:
    assert found(allocation_order) == []


def test_system_expansion_is_first_and_needs_no_reason() -> None:
    assert found(allocation_order, joint("{method: system_expansion}")) == []


@pytest.mark.parametrize("method", ["mass", "economic", "custom"])
def test_a_later_method_without_a_reason_is_a_warning(method: str) -> None:
    shares = ", shares: {brick: '0.5', dust: '0.5'}" if method == "custom" else ""
    found_ = found(allocation_order, joint(f"{{method: {method}{shares}}}"))
    assert found_ == [("allocation.no-reason", "warning", "plant / allocation")]


def test_with_a_reason_physical_is_silent_and_economic_asks_for_a_sensitivity() -> None:
    assert found(allocation_order, joint("{method: mass, reason: same use}")) == []
    assert found(allocation_order, joint("{method: economic, reason: low value}")) == [
        ("allocation.sensitivity", "info", "plant / allocation")
    ]
