from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, exchange, found, one, spoilt
from zuji.formats.gate.checks.mass_balance import mass_balance


def test_a_tonne_of_product_from_a_kilogram() -> None:
    heavy = spoilt(exchange=1, amount=one("1000"))
    extra = tuple(replace(d, exchanges=(*d.exchanges, exchange(5, "slag", "input", "0.1"))) if d.id == STEEL else d for d in heavy.datasets)
    assert found(mass_balance, replace(heavy, datasets=extra)) == [("warning", STEEL, 1)]
