"""The way of a version, for every state and every action; and that the table itself is sound."""

import pytest

from zuji.engine.text import Text
from zuji.workflow.footprint import FOOTPRINT, NAMES, Act, State
from zuji.workflow.machine import Machine, Transition, TransitionRefused
from zuji.workflow.permissions import Permission

SAID = {
    ("draft", "ask_sign_off"): "awaiting_sign_off",
    ("awaiting_sign_off", "sign"): "submitted",
    ("awaiting_sign_off", "return"): "draft",
    ("awaiting_sign_off", "take_back"): "draft",
    ("submitted", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(Act))
def test_every_action_in_every_state(state: State, act: Act) -> None:
    target = SAID.get((state.value, act.value))
    if target is not None:
        assert FOOTPRINT.apply(state, act, reason="因为 because").target.value == target
        assert act in FOOTPRINT.allowed(state)
        return
    with pytest.raises(TransitionRefused) as refused:
        FOOTPRINT.apply(state, act, reason="因为 because")
    assert refused.value.allowed == tuple(a.value for a in FOOTPRINT.allowed(state))
    assert NAMES[state.value].zh in refused.value.text.zh
    assert NAMES[state.value].en in refused.value.text.en


@pytest.mark.parametrize(("state", "act"), [(State.AWAITING_SIGN_OFF, Act.RETURN), (State.SUBMITTED, Act.WITHDRAW)])
def test_a_return_and_a_withdrawal_state_their_reason(state: State, act: Act) -> None:
    with pytest.raises(TransitionRefused, match="reason"):
        FOOTPRINT.apply(state, act, reason="  ")


def test_those_who_sign_are_not_those_who_edit() -> None:
    needed = {t.action: t.permission for t in FOOTPRINT.transitions}
    assert {act for act, permission in needed.items() if permission is Permission.SIGN_OFF} == {Act.SIGN, Act.RETURN, Act.WITHDRAW}


def test_every_state_is_reached_and_named() -> None:
    reached = {State.DRAFT} | {t.target for t in FOOTPRINT.transitions}
    assert reached == set(State)
    assert set(NAMES) == {each.value for each in (*State, *Act)}


def test_a_table_that_leads_two_ways_is_refused() -> None:
    one = Transition(frozenset({State.DRAFT}), Act.ASK, State.SUBMITTED, Permission.EDIT)
    other = Transition(frozenset({State.DRAFT}), Act.ASK, State.WITHDRAWN, Permission.EDIT)
    with pytest.raises(ValueError, match="two ways"):
        Machine((one, other), {each.value: Text("", "") for each in (*State, *Act)})
