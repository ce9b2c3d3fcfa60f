from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found
from zuji.rules.factor_checks.codes_form import codes_form


def coded(**codes: str) -> object:
    stated: Any = {system: (code,) for system, code in codes.items()}
    return found(codes_form, candidate(codes=stated))


def test_numbers_in_form_say_nothing() -> None:
    assert coded(cas="7722-76-1", hs="3105.40", gbt4754="2622", cpc="34622") == []
    assert coded() == []


def test_a_wrong_check_digit_or_form_is_an_error() -> None:
    assert coded(cas="7722-76-2") == [("gate.code-form", "error", "cas")]
    assert coded(hs="31") == [("gate.code-form", "error", "hs")]
