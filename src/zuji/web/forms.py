"""Forms as data: which fields a page asks for, what was typed, and what is wrong with it. Only fields that are named here are read."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Unfit
from zuji.registry.refusals import Refused

LONGEST = 20_000  # of what is shown again; the operation says what it takes


@dataclass(frozen=True, slots=True)
class Line:
    """One field. ``kind`` is an input type, or ``select``, ``radio`` or ``area``; ``options`` are (code, name); ``offered`` are suggestions."""

    name: str
    label: Text
    help: Text | None = None
    kind: str = "text"
    needed: bool = True
    autocomplete: str = "off"
    most: int | None = None
    options: tuple[tuple[str, Text], ...] = ()
    offered: tuple[Text, ...] = ()
    least: str = ""
    latest: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with what stands in it and what is wrong with that."""

    line: Line
    id: str
    value: str
    fault: Text | None


@dataclass(slots=True)
class Form:
    """The fields of a form in their order. ``refusal`` is what is wrong with the whole."""

    lines: tuple[Line, ...]
    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)
    refusal: Text | None = None
    prefix: str = "f"

    def take(self, request: HttpRequest) -> dict[str, str]:
        """What was typed into the fields of this form; what else was sent is not looked at."""
        self.values = {line.name: request.POST.get(line.name, "")[:LONGEST] for line in self.lines}
        return dict(self.values)

    def refuse(self, refused: Refused) -> None:
        """Show why nothing was done: at the fields it is about, or above all of them."""
        names = {line.name for line in self.lines}
        faults = refused.faults if isinstance(refused, Unfit) else {}
        self.faults = {name: text for name, text in faults.items() if name in names}
        if len(self.faults) < max(1, len(faults)):
            self.refusal = refused.text

    @property
    def wrong(self) -> bool:
        return bool(self.faults) or self.refusal is not None

    @property
    def filled(self) -> list[Filled]:
        """The fields as the template shows them. A password is never shown again."""
        return [
            Filled(
                line=line,
                id=f"{self.prefix}-{line.name}",
                value="" if line.kind == "password" else self.values.get(line.name, ""),
                fault=self.faults.get(line.name),
            )
            for line in self.lines
        ]
