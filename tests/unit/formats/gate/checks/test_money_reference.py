from tests.unit.formats.steelworks import database, dataset, exchange, flow, found
from zuji.formats.gate.checks.money_reference import money_reference


def test_a_dataset_per_euro() -> None:
    service = flow("service", "服务", "service", "product", "money")
    spoilt = database(dataset("sector", "服务业", "services", exchange(1, "service", "output", "1")), flows=(service,))
    assert found(money_reference, spoilt) == [("warning", "sector", 1)]
