from tests.unit.rules.factor_checks.candidates import candidate, context, found, published, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.synonyms_apart import synonyms_apart

UREA = published(version(id="UREA", name=Text("尿素", "Urea")), subject="尿素")


def test_other_words_for_the_same_thing_say_nothing() -> None:
    assert found(synonyms_apart, candidate(version(synonyms=("MAP", "一铵"))), context(version(id="OTHER"), more=UREA)) == []


def test_the_name_of_another_thing_is_shown_and_a_double_noted() -> None:
    assert found(synonyms_apart, candidate(version(synonyms=("尿素",))), context(more=UREA)) == [
        ("gate.synonym-collides", "warning", "synonyms")
    ]
    assert found(synonyms_apart, candidate(version(synonyms=("MAP", "ＭＡＰ")))) == [("gate.synonym-twice", "info", "synonyms")]
