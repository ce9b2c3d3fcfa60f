from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.duplicate_content import duplicate_content


def test_another_value_place_or_year_says_nothing() -> None:
    for other in (version("2.8", id="OTHER"), version(id="OTHER", geography="CN-HB"), version(id="OTHER", year=2022)):
        assert found(duplicate_content, candidate(), context(other)) == []


def test_the_same_under_another_id_is_an_error() -> None:
    assert found(duplicate_content, candidate(), context(version(id="OTHER"))) == [("gate.duplicate-content", "error", "id")]
    assert found(duplicate_content, candidate(), context(version("2713", "kgCO2e/t", id="OTHER"))) == [
        ("gate.duplicate-content", "error", "id")
    ]


def test_under_another_name_it_is_shown() -> None:
    other = version(id="OTHER", name=Text("MAP 肥料", "MAP"))
    assert found(duplicate_content, candidate(), context(other)) == [("gate.duplicate-content", "warning", "id")]
