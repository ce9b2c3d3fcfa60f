"""The gate as a whole: every check with a file and a test of its own, and a database that passes all of them."""

from pathlib import Path

from tests.unit.formats.steelworks import YEAR, both_languages, sound
from zuji.formats.gate import CHECKS, Case, judge

TESTS = Path(__file__).parent / "checks"


def test_every_check_has_a_file_and_a_test_of_its_name() -> None:
    assert [check.__module__.rpartition(".")[2] for check in CHECKS] == [check.__name__ for check in CHECKS]
    assert {f"test_{check.__name__}" for check in CHECKS} == {path.stem for path in TESTS.glob("test_*.py")}
    assert len(CHECKS) >= 25


def test_a_sound_database_passes_and_is_complete() -> None:
    judgement = judge(Case(sound(), YEAR), "only-provider")
    assert judgement.refused == {}
    assert judgement.complete == judgement.admitted == {dataset.id for dataset in sound().datasets}
    assert [finding for finding in judgement.findings if finding.severity != "info"] == []
    assert all(both_languages(finding) for finding in judgement.findings)
