from tests.unit.rules.cases import found, plant
from zuji.rules.checks.transport_absent import transport_absent

MATERIAL = "{name: material, amount: '1', unit: t, factor: MATERIAL}"


def test_a_process_with_its_freight_says_nothing() -> None:
    assert found(transport_absent) == []


def test_a_study_without_any_freight_is_a_warning() -> None:
    assert found(transport_absent, plant(MATERIAL)) == [("transport.none", "warning", "processes")]


def test_gate_to_gate_has_none() -> None:
    assert found(transport_absent, "boundary: gate-to-gate" + plant(MATERIAL)) == []


def test_a_process_that_buys_without_freight_is_noted_where_another_has_it() -> None:
    changes = """
processes:
  - {id: plant, stage: production, output: {product: brick, amount: "1", unit: t}, inputs: [
      {name: clay, amount: "1", unit: t, process: pit}, {name: freight, transport: {mass: "1", distance: "9"}, factor: TRUCK}]}
  - {id: pit, stage: raw_materials, output: {product: clay, amount: "1", unit: t}, inputs: [{name: sand, amount: "1", unit: t, factor: MATERIAL}]}
"""
    assert found(transport_absent, changes) == [("transport.process", "info", "pit")]
