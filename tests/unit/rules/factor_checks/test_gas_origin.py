from fractions import Fraction
from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.factors import FactorPart
from zuji.engine.text import Text
from zuji.rules.factor_checks.gas_origin import gas_origin


def burning(kind: Any, zh: str) -> object:
    parts = (FactorPart("CO2", kind, Fraction(1)),)
    return found(
        gas_origin, candidate(version("1", "kgCO2/kg", kind="direct", category="fuel-combustion", parts=parts, name=Text(zh, "burning")))
    )


def test_a_stated_origin_says_nothing() -> None:
    assert burning("fossil", "柴油燃烧") == []
    assert burning("biogenic", "秸秆燃烧") == []


def test_fossil_straw_is_an_error_and_no_origin_a_note() -> None:
    assert burning("fossil", "秸秆燃烧") == [("gate.gas-origin", "error", "split")]
    assert burning(None, "柴油燃烧") == [("gate.gas-origin", "info", "split")]
