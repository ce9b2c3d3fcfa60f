"""Errors of the calculation, named in the domain's words.

Faults in what a *user* wrote are never raised past :func:`zuji.engine.calculate`: they are collected as
findings and end in one :class:`StudyRefused`, so that a person sees every fault at once.
"""

from collections.abc import Sequence

from zuji.engine.findings import Finding
from zuji.engine.text import Text


class EngineError(Exception):
    """Base of every error of this package; ``text`` is the message in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class BadNumber(EngineError):
    """A number that is not a plain decimal: NaN, full-width digits, too many digits, too large."""


class UnknownUnit(EngineError):
    """A unit that the unit table does not define."""


class DimensionMismatch(EngineError):
    """A quantity of one dimension where another is needed (kWh for kg, kg for kg P2O5)."""


class BadFormula(EngineError):
    """A formula outside the grammar, naming an unknown parameter, or dividing by zero."""


class UnknownGas(EngineError):
    """A gas without a characterization factor in the chosen GWP set."""


class SingularSystem(EngineError):
    """A product system without a single solution."""


class SystemTooLarge(EngineError):
    """A product system beyond what is solved exactly in reasonable time: its exact numbers have too many digits."""


class LoopGainTooHigh(EngineError):
    """A loop of processes that needs as much of a product as it makes, or more (Hawkins-Simon)."""

    def __init__(self, text: Text, cycle: tuple[str, ...]) -> None:
        super().__init__(text)
        self.cycle = cycle


class MixImpossible(EngineError):
    """A residual mix that cannot be: more claimed than was generated, nothing left, or less than nothing emitted by the rest."""


class BadContribution(EngineError):
    """A contribution to an average that is no positive number, or a commitment without a salt that cannot be guessed."""


class BadMatrix(EngineError):
    """Arrays that are no matrix of needs: places outside it, amounts that are not finite, lengths that do not fit."""


class NotConverged(EngineError):
    """A solution that did not reach the accuracy asked for; no number is given. ``residual`` is what was reached."""

    def __init__(self, text: Text, residual: float) -> None:
        super().__init__(text)
        self.residual = residual


class NotFinite(EngineError):
    """A calculation that left the range of floating-point numbers; ``product`` is the place of the first such result."""

    def __init__(self, text: Text, product: int) -> None:
        super().__init__(text)
        self.product = product


class StudyRefused(EngineError):
    """The study cannot be calculated. ``findings`` says why; no number exists."""

    def __init__(self, findings: Sequence[Finding], study: str = "") -> None:
        self.findings = tuple(findings)
        self.study = study
        errors = [f for f in self.findings if f.severity == "error"]
        super().__init__(Text(zh="；".join(f.message.zh for f in errors), en="; ".join(f.message.en for f in errors)))
