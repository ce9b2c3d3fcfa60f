"""What a posted form of these pages says, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from zuji.engine.text import Text
from zuji.registry.footprints.cases import Taken
from zuji.registry.refusals import Refused

LONGEST = 2_000


@dataclass(slots=True)
class Answer:
    """What was refused: the whole, or single fields; and what was typed, to be shown again."""

    typed: Mapping[str, str] = field(default_factory=dict)
    refusal: Text | None = None
    faults: dict[str, Text] = field(default_factory=dict)
    act: str = ""


class Unfilled(Exception):
    """Fields of a form are missing or too long; nothing was asked of the registry."""

    def __init__(self, faults: dict[str, Text]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def prose(request: HttpRequest, name: str, *, missing: Text | None = None) -> str:
    """A few sentences from a form. Raises Unfilled where they are too long, or missing and needed (``missing`` says so)."""
    text = request.POST.get(name, "").replace("\r\n", "\n").strip()
    if not text and missing is not None:
        raise Unfilled({name: missing})
    if len(text) > LONGEST:
        raise Unfilled(
            {name: Text(f"最多 {LONGEST} 字，现有 {len(text)} 字。", f"At most {LONGEST} characters can be kept; this has {len(text)}.")}
        )
    return text


def carried_out(request: HttpRequest, acts: Mapping[str, Callable[[], object]]) -> Answer | None:
    """Do the act that the form names; None where it was done, else why not. An act that these pages do not have is none."""
    act = request.POST.get("act", "")
    typed = {name: request.POST.get(name, "")[: 2 * LONGEST] for name in ("note", "reason")}
    if act not in acts:
        return Answer(typed, Text("没有收到要做什么，请重新点选。", "The form did not say what to do. Choose again."), act=act)
    try:
        acts[act]()
    except Unfilled as unfilled:
        return Answer(typed, faults=unfilled.faults, act=act)
    except Refused as refused:
        return Answer(typed, refused.text, act=act)
    return None


def done_before(steps: tuple[Taken, ...], act: str, actor: str) -> bool:
    """Whether the last step is this very act of this very person: the form was sent twice."""
    return bool(steps) and (steps[-1].act, steps[-1].actor) == (act, actor)
