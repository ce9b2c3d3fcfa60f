from fractions import Fraction
from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.boundary_balance import boundary_balance


def parted(**parts: str) -> object:
    stated: Any = {name: Fraction(value) for name, value in parts.items()}
    return found(boundary_balance, candidate(version("2.713"), parts_of_boundary=stated))


def test_parts_that_come_to_the_value_or_are_not_all_stated_say_nothing() -> None:
    assert parted(upstream="2.5", downstream="0.2", waste="0.013") == []
    assert parted(upstream="2.5") == []
    assert parted() == []


def test_parts_above_the_value_or_short_of_it_are_an_error() -> None:
    error = [("gate.boundary-balance", "error", "upstream")]
    assert parted(upstream="2.8") == error
    assert parted(upstream="2.5", downstream="0.1", waste="0.013") == error
