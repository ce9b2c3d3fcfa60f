import pytest

from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.id_confusable import id_confusable


def test_another_id_says_nothing() -> None:
    assert found(id_confusable, candidate(), context(version(id="HB-DAP"))) == []
    assert found(id_confusable, candidate(version(version="2")), context(version())) == []
    assert found(id_confusable, candidate(version(id="CN-HI-2021")), context(version(id="CN-HL-2021"))) == []


@pytest.mark.parametrize("alike", ["НB-MAP", "HB-MΑP", "ＨＢ-MAP", "hb-map", "HB\u2010MAP"])
def test_an_id_that_looks_the_same_is_an_error(alike: str) -> None:
    assert found(id_confusable, candidate(version(id=alike)), context(version())) == [("gate.id-confusable", "error", "id")]


def test_digits_for_letters_are_seen() -> None:
    assert found(id_confusable, candidate(version(id="C02-l")), context(version(id="CO2-1"))) == [("gate.id-confusable", "error", "id")]


def test_characters_outside_ascii_are_shown() -> None:
    assert found(id_confusable, candidate(version(id="磷酸一铵"))) == [("gate.id-characters", "warning", "id")]
