from decimal import Decimal

import pytest

from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.uncertainty_contradiction import uncertainty_contradiction
from zuji.formats.inventory import Uncertainty


def one(distribution: str, *numbers: str | None) -> Uncertainty:
    return Uncertainty(distribution, *(None if n is None else Decimal(n) for n in numbers))  # type: ignore[arg-type]  # as the test writes it


@pytest.mark.parametrize(
    "stated",
    [
        one("triangular", "0.00113", None, "0.00111", "0.00114"),  # tonnes beside kilograms, as in USLCI
        one("uniform", None, None, "2", "3"),
        one("lognormal", "19", "1.2"),
        one("lognormal", "-1.9", "1.2"),
        one("lognormal", "2", "1"),
        one("normal", "19", "0.2"),
    ],
)
def test_an_amount_outside_its_own_range(stated: Uncertainty) -> None:
    """The steelworks emits 1.9 kg."""
    assert found(uncertainty_contradiction, spoilt(exchange=4, uncertainty=stated)) == [("error", STEEL, 4)]


@pytest.mark.parametrize(
    "stated",
    [
        one("triangular", "1.9", None, "1.7", "2.1"),
        one("triangular", None, None, "1.9000000000000001", "2.1"),
        one("uniform", None, None, "1.9", "1.9"),
        one("lognormal", "1.9", "1.2"),
        one("lognormal", "2.3", "1.2"),
        one("lognormal", None, "1.2"),
        one("normal", None, "0.1"),
    ],
)
def test_an_amount_within_it(stated: Uncertainty) -> None:
    assert found(uncertainty_contradiction, spoilt(exchange=4, uncertainty=stated)) == []
