"""The draw of a spot check: anybody who has the published seed and the published list draws the same numbers again.

Half of the sample is drawn by risk, half blindly, both without putting back, with SHA-256 in place of dice: draw ``i`` of a kind takes the number
``SHA-256("seed|kind|i")``, read as a big integer, modulo the sum of what is left of the weights, and walks along the list in the order of its numbers.
Whole numbers only, so that no processor and no language rounds differently; the modulo favours nobody by more than 2**-200.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

ALGORITHM = "zuji/spot-check/1"
"""The name of this way to draw, for those who draw again."""

BASE = 10
"""The weight of a dossier about which nothing speaks."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What speaks for looking closer. ``warnings`` of the gate, ``returns`` so far, ``experts_differed``, ``change`` in whole percent against
    the version it replaces (None: it replaces none), ``errors`` and ``decided`` of the submitter so far.
    """

    warnings: int = 0
    returns: int = 0
    experts_differed: bool = False
    change: int | None = None
    errors: int = 0
    decided: int = 0


def weight(risk: Risk) -> int:
    """The weight of a dossier in the draw by risk: a whole number from 10 to 100. Each term is capped, so that nothing drowns the rest.

    >>> weight(Risk()), weight(Risk(warnings=3, experts_differed=True, change=80)), weight(Risk(warnings=99, returns=99, change=900, errors=9, decided=9))
    (10, 65, 80)
    """
    found = BASE + 5 * min(risk.warnings, 4) + 5 * min(risk.returns, 2) + (20 if risk.experts_differed else 0)
    if risk.change is not None:
        found += 20 if abs(risk.change) >= 50 else 10 if abs(risk.change) >= 10 else 0
    if risk.decided:
        found += min(20, 20 * risk.errors // risk.decided)
    return min(found, 100)


def sample_size(listed: int, percent: int) -> int:
    """How many of a list are drawn: ``percent`` of it rounded up, at least one where there is any.

    >>> sample_size(0, 20), sample_size(1, 20), sample_size(10, 20), sample_size(11, 20)
    (0, 1, 2, 3)
    """
    return min(listed, max(1, -(-listed * percent // 100))) if listed else 0


def draw(seed: str, weights: Mapping[str, int], size: int) -> tuple[str, ...]:
    """The numbers drawn of a list, in the order of their drawing: the first half by ``weights`` (the odd one too), the rest blindly."""
    by_risk = size - size // 2
    left = dict(sorted(weights.items()))
    drawn = _drawn(seed, "risk", left, by_risk)
    blind = _drawn(seed, "blind", dict.fromkeys((number for number in left if number not in drawn), 1), size - len(drawn))
    return (*drawn, *blind)


def list_digest(weights: Mapping[str, int]) -> str:
    """SHA-256 of the list as it is published: a line ``number weight`` for each, in order, joined by line feeds."""
    return hashlib.sha256("\n".join(f"{number} {each}" for number, each in sorted(weights.items())).encode()).hexdigest()


def _drawn(seed: str, kind: str, left: Mapping[str, int], size: int) -> Sequence[str]:
    remaining, drawn = dict(left), []
    for turn in range(min(size, len(remaining))):
        dice = int(hashlib.sha256(f"{seed}|{kind}|{turn}".encode()).hexdigest(), 16) % sum(remaining.values())
        number = next(number for number, reached in zip(remaining, accumulate(remaining.values()), strict=True) if dice < reached)
        drawn.append(number)
        del remaining[number]
    return drawn
