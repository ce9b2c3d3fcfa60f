from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.spend_price_year import spend_price_year


def test_a_price_year_says_nothing() -> None:
    assert found(spend_price_year, candidate(version("0.2", "kgCO2e/USD(2022)", kind="spend-based"))) == []
    assert found(spend_price_year, candidate()) == []


def test_money_without_its_year_is_an_error() -> None:
    assert found(spend_price_year, candidate(version("0.2", "kgCO2e/CNY", kind="spend-based"))) == [
        ("gate.spend-price-year", "error", "unit")
    ]
