from tests.unit.formats.steelworks import database, dataset, exchange, found
from zuji.formats.gate.checks.nothing_in import nothing_in


def test_a_product_out_of_nothing() -> None:
    assert found(nothing_in, database(dataset("magic", "无中生有", "magic", exchange(1, "steel", "output", "1")))) == [
        ("warning", "magic", None)
    ]
