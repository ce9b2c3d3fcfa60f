from pathlib import Path

from tests.unit.rules.factor_checks.candidates import candidate, changed, context, version
from zuji.engine.findings import SEVERITIES
from zuji.rules.factor_checks import CHECKS, NUMBER, RECORD, examine
from zuji.rules.factor_checks.limits import load_limits


def test_a_sound_candidate_passes_in_silence() -> None:
    assert examine(candidate(), context()).all == []


def test_an_unreadable_unit_stops_no_other_check() -> None:
    said = examine(candidate(changed(version(licence=""), unit="bags")), context())
    assert said.refused
    assert said.errors == 2
    assert {finding.code for finding in said.all} == {"gate.unit-unreadable", "gate.licence-missing"}


def test_one_requirement_is_one_file_with_one_test_file() -> None:
    here = Path(__file__).parent
    assert len(CHECKS) == len(set(CHECKS)) == len(NUMBER) + len(RECORD) >= 25
    for check in CHECKS:
        assert check.__module__.rpartition(".")[2] == check.__name__
        assert check.__doc__
        assert (here / f"test_{check.__name__}.py").is_file()


def test_every_threshold_has_its_basis_and_is_used() -> None:
    limits = load_limits()
    folder = Path(examine.__code__.co_filename).parent
    code = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    for name, limit in limits.by_name.items():
        assert f'"{name}"' in code, name
        assert limit.why.zh
        assert limit.why.en
        assert limit.source or limit.basis == "choice"


def test_findings_are_of_a_known_severity_in_both_languages() -> None:
    said = examine(candidate(version("0", publisher="", year=None), evidence=()), context(version("3", id="OTHER")))
    assert said.all
    assert all(f.severity in SEVERITIES and f.message.zh != f.message.en for f in said.all)
