from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.boundary_stated import boundary_stated


def test_a_boundary_of_its_kind_says_nothing() -> None:
    assert found(boundary_stated, candidate()) == []
    assert found(boundary_stated, candidate(version(kind="direct", boundary="combustion only"))) == []


def test_none_and_a_contradiction_are_errors() -> None:
    assert found(boundary_stated, candidate(version(boundary=" "))) == [("gate.boundary-missing", "error", "boundary")]
    assert found(boundary_stated, candidate(version(boundary="combustion only"))) == [("gate.boundary-kind", "error", "boundary")]
    assert found(boundary_stated, candidate(version(kind="direct", boundary="cradle-to-gate"))) == [
        ("gate.boundary-kind", "error", "boundary")
    ]
