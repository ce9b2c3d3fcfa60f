from fractions import Fraction
from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.uncertainty_possible import uncertainty_possible


def spread(**stated: Any) -> object:
    return found(uncertainty_possible, candidate(version(**{"gsd": None, **stated})))


def test_a_spread_says_nothing_and_none_is_noted() -> None:
    assert spread(gsd=Fraction("1.5")) == []
    assert spread(relative_sd=Fraction("0.2")) == []
    assert spread() == [("gate.uncertainty-missing", "info", "gsd")]


def test_spreads_that_cannot_be() -> None:
    assert spread(gsd=Fraction("0.9")) == [("gate.uncertainty", "error", "gsd")]
    assert spread(gsd=Fraction(20)) == [("gate.uncertainty", "error", "gsd")]
    assert spread(relative_sd=Fraction(1)) == [("gate.uncertainty", "error", "relative_sd")]
    assert spread(gsd=Fraction("1.2"), relative_sd=Fraction("0.2")) == [("gate.uncertainty", "error", "gsd")]
    assert spread(gsd=Fraction(4)) == [("gate.uncertainty", "warning", "gsd")]
