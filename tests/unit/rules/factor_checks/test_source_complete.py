from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.source_complete import source_complete


def test_a_whole_source_says_nothing() -> None:
    assert found(source_complete, candidate()) == []


def test_each_missing_part_is_named() -> None:
    lacking = candidate(version(publisher="", source=" ", address=""), {"source_year": "去年"})
    assert found(source_complete, lacking) == [
        ("gate.source-incomplete", "error", field) for field in ("publisher", "source", "source_year", "address")
    ]
