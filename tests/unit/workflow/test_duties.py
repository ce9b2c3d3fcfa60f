"""Duties: which go together, and that each has its words."""

from zuji.workflow.duties import DUTY_NAMES, DUTY_TASKS, Duty, together


def test_an_auditor_holds_nothing_else_and_all_others_go_together() -> None:
    others = frozenset(Duty) - {Duty.AUDITOR}
    assert together(others)
    assert together(frozenset({Duty.AUDITOR}))
    assert not any(together(frozenset({Duty.AUDITOR, other})) for other in others)


def test_every_duty_has_a_name_and_a_task_in_both_languages() -> None:
    for duty in Duty:
        assert all(DUTY_NAMES[duty]), duty
        assert all(DUTY_TASKS[duty]), duty
