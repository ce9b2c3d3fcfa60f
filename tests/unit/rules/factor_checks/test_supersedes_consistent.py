from tests.unit.rules.factor_checks.candidates import candidate, context, found, published, version
from zuji.rules.factor_checks import Context
from zuji.rules.factor_checks.supersedes_consistent import supersedes_consistent

NEXT = version(version="2")


def test_a_new_id_and_a_whole_correction_say_nothing() -> None:
    assert found(supersedes_consistent, candidate()) == []
    assert found(supersedes_consistent, candidate(NEXT, supersedes="HB-MAP@1", reason="misprint"), context(version())) == []


def test_a_known_id_says_what_it_replaces_and_why() -> None:
    assert found(supersedes_consistent, candidate(NEXT), context(version())) == [("gate.supersedes-missing", "error", "supersedes")]
    silent = candidate(NEXT, supersedes="HB-MAP@1")
    assert found(supersedes_consistent, silent, context(version())) == [("gate.reason-missing", "error", "reason")]


def test_what_is_replaced_exists_is_the_same_thing_and_has_no_other_successor() -> None:
    def replacing(what: str, within: Context) -> list[str]:
        return [each[0] for each in found(supersedes_consistent, candidate(NEXT, supersedes=what, reason="misprint"), within)]

    assert replacing("GONE@1", context(version())) == ["gate.supersedes-unknown"]
    urea = published(version(id="UREA"), subject="尿素")
    assert replacing("UREA@1", context(more=urea)) == ["gate.supersedes-other"]
    assert replacing("HB-MAP@1", context(version(superseded_by="HB-MAP@1b"))) == ["gate.supersedes-twice"]
