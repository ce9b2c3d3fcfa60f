from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.solid_in_volume import solid_in_volume


def test_aluminium_in_cubic_metres() -> None:
    ingot = flow("ingot", "铝锭", "aluminium ingot", "product", "volume")
    assert found(solid_in_volume, adding(STEEL, exchange(5, "ingot", "input", "1000"), flows=(ingot,))) == [("error", STEEL, 5)]


def test_timber_and_gases_are_sold_by_volume() -> None:
    for zh, en in (("锯材", "sawn timber, steel strapped"), ("煤气", "coal gas"), ("水", "water")):
        sold = flow("sold", zh, en, "product", "volume")
        assert found(solid_in_volume, adding(STEEL, exchange(5, "sold", "input", "10"), flows=(sold,))) == []
