"""What became of a call in a child process."""

from dataclasses import dataclass
from typing import Any, Literal

from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class Done:
    """The function returned; ``value`` is what JSON makes of it."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The function raised an exception that carries a ``text`` in both languages: it knows what is wrong with the file."""

    text: Text


@dataclass(frozen=True, slots=True)
class TooBig:
    """The limit of memory or of the answer was reached."""

    what: Literal["memory", "output"]


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The limit of processor time or of the clock was reached, or no place was free for a child within it."""

    what: Literal["cpu", "wall", "queue"]


@dataclass(frozen=True, slots=True)
class Crashed:
    """The process ended without an answer. ``how`` names a signal, or an error and its place in the code: never content of the file."""

    how: str


Outcome = Done | Refused | TooBig | TimedOut | Crashed
