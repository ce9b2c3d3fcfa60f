"""What a check has to say: a finding, never an exception, about what a user wrote."""

from dataclasses import dataclass
from typing import Literal

from zuji.engine.text import Text

Severity = Literal["error", "warning", "info"]
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
