"""The way of a product version from a draft to a submitted, frozen footprint.

A submitted version never changes; a later edit is a new version. The enterprise may withdraw what it submitted, with a reason.
"""

from enum import StrEnum

from zuji.engine.text import Text
from zuji.workflow.machine import Machine, Transition
from zuji.workflow.permissions import Permission


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What can be done with a version as a whole."""

    ASK = "ask_sign_off"
    TAKE_BACK = "take_back"
    RETURN = "return"
    SIGN = "sign"
    WITHDRAW = "withdraw"


NAMES = {
    State.DRAFT.value: Text("填报中", "draft"),
    State.AWAITING_SIGN_OFF.value: Text("待签核", "awaiting sign-off"),
    State.SUBMITTED.value: Text("已提交", "submitted"),
    State.WITHDRAWN.value: Text("已撤回", "withdrawn"),
    Act.ASK.value: Text("提请签核", "ask for sign-off"),
    Act.TAKE_BACK.value: Text("收回修改", "take it back"),
    Act.RETURN.value: Text("退回修改", "return it"),
    Act.SIGN.value: Text("签核并提交", "sign and submit"),
    Act.WITHDRAW.value: Text("撤回提交", "withdraw it"),
}

FOOTPRINT: Machine[State, Act, Permission] = Machine(
    (
        Transition(frozenset({State.DRAFT}), Act.ASK, State.AWAITING_SIGN_OFF, Permission.EDIT),
        Transition(frozenset({State.AWAITING_SIGN_OFF}), Act.SIGN, State.SUBMITTED, Permission.SIGN_OFF),
        Transition(frozenset({State.AWAITING_SIGN_OFF}), Act.RETURN, State.DRAFT, Permission.SIGN_OFF, reasoned=True),
        Transition(frozenset({State.AWAITING_SIGN_OFF}), Act.TAKE_BACK, State.DRAFT, Permission.EDIT),
        Transition(frozenset({State.SUBMITTED}), Act.WITHDRAW, State.WITHDRAWN, Permission.SIGN_OFF, reasoned=True),
    ),
    NAMES,
)
