from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.licence_present import licence_present


def test_a_licence_says_nothing() -> None:
    assert found(licence_present, candidate()) == []


def test_none_one_that_forbids_and_one_from_a_licensed_database() -> None:
    assert found(licence_present, candidate(version(licence=" "))) == [("gate.licence-missing", "error", "licence")]
    assert found(licence_present, candidate(version(licence="仅供内部使用"))) == [("gate.licence-forbids", "error", "licence")]
    assert found(licence_present, candidate(version(licence="MIT; results from ecoinvent"))) == [
        ("gate.licence-derived", "warning", "licence")
    ]
