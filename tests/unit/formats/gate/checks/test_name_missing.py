from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.name_missing import name_missing
from zuji.formats.inventory import Name


def test_a_dataset_without_a_name() -> None:
    assert found(name_missing, spoilt(name=Name())) == [("error", STEEL, None)]
