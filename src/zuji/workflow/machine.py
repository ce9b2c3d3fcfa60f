"""The machine under every regulated process: a table of transitions, and one function that reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from zuji.engine.text import Text

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)
P = TypeVar("P", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, A, P]):
    """From any of ``sources``, ``action`` leads to ``target``; it takes ``permission``, and a reason where ``reasoned``.

    What a permission is, each process says: that of a role in an enterprise, or a duty on the platform.
    """

    sources: frozenset[S]
    action: A
    target: S
    permission: P
    reasoned: bool = False


class TransitionRefused(Exception):
    """The action is not open in this state. ``allowed`` names those that are."""

    def __init__(self, state: str, action: str, allowed: tuple[str, ...], text: Text) -> None:
        super().__init__(text.en)
        self.state = state
        self.action = action
        self.allowed = allowed
        self.text = text


class Machine(Generic[S, A, P]):
    """A process as a table. Building it refuses a table in which an action of a state leads two ways.

    ``names`` are what states and actions are called in messages, by their value.
    """

    def __init__(self, transitions: Iterable[Transition[S, A, P]], names: dict[str, Text]) -> None:
        self.transitions = tuple(transitions)
        self.names = names
        self._by: dict[tuple[S, A], Transition[S, A, P]] = {}
        for transition in self.transitions:
            for source in transition.sources:
                if (source, transition.action) in self._by:
                    raise ValueError(f"{source} {transition.action} leads two ways")
                self._by[source, transition.action] = transition

    def allowed(self, state: S) -> tuple[A, ...]:
        """The actions open in ``state``, in the order of the table."""
        return tuple(t.action for t in self.transitions if state in t.sources)

    def apply(self, state: S, action: A, *, reason: str = "") -> Transition[S, A, P]:
        """The transition that ``action`` makes in ``state``.

        Raises:
            TransitionRefused: the action is not open in this state, or needs a reason and has none.
        """
        found = self._by.get((state, action))
        if found is None:
            raise TransitionRefused(state.value, action.value, tuple(a.value for a in self.allowed(state)), self._refusal(state, action))
        if found.reasoned and not reason.strip():
            named = self.names[action.value]
            text = Text(f"请写明{named.zh}的原因。", f"State the reason to {named.en}.")
            raise TransitionRefused(state.value, action.value, tuple(a.value for a in self.allowed(state)), text)
        return found

    def _refusal(self, state: S, action: A) -> Text:
        here, wanted = self.names[state.value], self.names[action.value]
        open_ = [self.names[each.value] for each in self.allowed(state)]
        zh = "、".join(each.zh for each in open_) or "无"
        en = ", ".join(each.en for each in open_) or "nothing"
        return Text(
            f"现在的状态是“{here.zh}”，不能{wanted.zh}。现在可以：{zh}。",
            f"The state is “{here.en}”: one cannot {wanted.en} now. Open now: {en}.",
        )
