from tests.unit.rules.factor_checks.candidates import candidate, findings, found, version
from zuji.rules.factor_checks.geography_code import geography_code


def test_a_code_of_the_table_says_nothing() -> None:
    assert found(geography_code, candidate(version(geography="CN-HB"))) == []


def test_none_and_an_unknown_one_are_errors_with_what_is_near() -> None:
    assert found(geography_code, candidate(version(geography=""))) == [("gate.geography-missing", "error", "geography")]
    said = findings(geography_code, candidate(version(geography="CN-HBB")))
    assert said[0].code == "gate.geography-unknown"
    assert "CN-HB" in said[0].message.en
