from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.reason_fits import reason_fits


def corrected(reason: Any, **fields: Any) -> object:
    return found(reason_fits, candidate(version(version="2", **fields), supersedes="HB-MAP@1", reason=reason), context(version()))


def test_reasons_that_fit_say_nothing() -> None:
    assert corrected("new-year", year=2024) == []
    assert corrected("misprint") == []
    assert corrected("unit", unit="kgCO2e/t") == []


def test_reasons_that_do_not_are_shown() -> None:
    shown = [("gate.reason-contradicts", "warning", "reason")]
    assert corrected("new-year") == shown
    assert corrected("misprint", year=2024) == shown
    assert corrected("unit") == shown
    assert corrected("boundary") == shown
