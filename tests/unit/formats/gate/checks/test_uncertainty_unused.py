from decimal import Decimal

import pytest

from tests.unit.formats.gate.checks.test_uncertainty_contradiction import one
from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.uncertainty_unused import uncertainty_unused
from zuji.formats.inventory import Uncertainty


@pytest.mark.parametrize(
    "stated",
    [one("lognormal"), one("normal"), one("uniform", None, None, "1"), one("normal", "-0.1", "0.5"), Uncertainty("other", stated="gamma")],
)
def test_what_cannot_be_drawn_is_said(stated: Uncertainty) -> None:
    assert found(uncertainty_unused, spoilt(exchange=4, uncertainty=stated)) == [("info", STEEL, 4)]


def test_a_spread_about_zero_is_said() -> None:
    nothing = spoilt(exchange=4, amount=Decimal(0), uncertainty=one("uniform", None, None, "0", "1"))
    assert found(uncertainty_unused, nothing) == [("info", STEEL, 4)]


def test_what_is_drawn_is_not() -> None:
    assert found(uncertainty_unused, spoilt(exchange=4, uncertainty=one("normal", "1.9", "0.5"))) == []
