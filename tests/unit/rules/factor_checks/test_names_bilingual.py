from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.names_bilingual import names_bilingual


def test_both_names_say_nothing() -> None:
    assert found(names_bilingual, candidate()) == []


def test_a_missing_one_is_an_error() -> None:
    assert found(names_bilingual, candidate(version(name=Text("MAP", "MAP 11-44")))) == [("gate.name-language", "error", "name_zh")]
    assert found(names_bilingual, candidate(version(name=Text("磷酸一铵", "磷酸一铵")))) == [("gate.name-language", "error", "name_en")]


def test_han_in_the_english_name_is_shown() -> None:
    assert found(names_bilingual, candidate(version(name=Text("磷酸一铵", "MAP 磷酸一铵")))) == [
        ("gate.name-language", "warning", "name_en")
    ]
