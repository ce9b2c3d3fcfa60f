"""What a check has to say: a finding, never an exception, about what a user wrote."""

from dataclasses import dataclass
from typing import Literal

from zuji.engine.text import Text

Severity = Literal["error", "warning", "info"]
MOST_ERRORS = 200
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation of a check.

    ``code`` is stable and documented; ``where`` names file, process, item and field in the user's own words
    (``kiln / coal / unit``); ``message`` says what is wrong and what to do; ``reference`` is the clause or page behind it.
    """

    code: str
    severity: Severity
    where: str
    message: Text
    reference: str = ""

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Errors first, then by code and place: the order in which findings are shown and hashed."""
        return (SEVERITIES.index(self.severity), self.code, self.where, self.message.en)


class Findings:
    """The list that checks add to while a study is read; nothing is raised, so that a person sees every fault at once."""

    def __init__(self) -> None:
        self.all: list[Finding] = []
        self.errors = 0

    def error(self, code: str, where: str, message: Text, reference: str = "") -> None:
        """A fault for which no number may be calculated."""
        self.all.append(Finding(code, "error", where, message, reference))
        self.errors += 1

    def warning(self, code: str, where: str, message: Text, reference: str = "") -> None:
        """Something that a verifier would ask about."""
        self.all.append(Finding(code, "warning", where, message, reference))

    def info(self, code: str, where: str, message: Text, reference: str = "") -> None:
        """Something worth knowing."""
        self.all.append(Finding(code, "info", where, message, reference))

    @property
    def refused(self) -> bool:
        """True as soon as one finding is an error."""
        return self.errors > 0

    @property
    def full(self) -> bool:
        """True once there are more errors than anyone reads at once: checking further would only cost time."""
        return self.errors >= MOST_ERRORS

    def sorted(self) -> tuple[Finding, ...]:
        """Each finding once, errors first, in an order that does not depend on the order of the study's rows."""
        return tuple(sorted(dict.fromkeys(self.all), key=lambda f: f.order))
