from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.aggregated_dataset import aggregated_dataset


def test_a_result_that_takes_products() -> None:
    assert found(aggregated_dataset, spoilt(kind="system")) == [("warning", STEEL, 3)]
