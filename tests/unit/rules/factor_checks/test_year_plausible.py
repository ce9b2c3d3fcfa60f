from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.year_plausible import year_plausible


def test_a_year_before_its_document_says_nothing() -> None:
    assert found(year_plausible, candidate()) == []


def test_years_that_cannot_be() -> None:
    assert found(year_plausible, candidate(version(year=2027))) == [("gate.year-impossible", "error", "year")]
    assert found(year_plausible, candidate(version(year=2025))) == [("gate.year-impossible", "error", "year")]
    assert found(year_plausible, candidate(written={"source_year": "2031"})) == [("gate.year-impossible", "error", "source_year")]


def test_a_missing_or_old_year_is_shown() -> None:
    assert found(year_plausible, candidate(version(year=None))) == [("gate.year-missing", "warning", "year")]
    assert found(year_plausible, candidate(version(year=2010))) == [("gate.year-old", "warning", "year")]
    assert found(year_plausible, candidate(version(year=2011))) == []
