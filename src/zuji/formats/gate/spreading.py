"""From the spreads of exchanges to those of the matrix and of single emissions.

A cell of the matrix may sum several exchanges, and an exchange may be in several cells; what is lost by that is counted, never hidden.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.spread import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Spread
from zuji.engine.sparse.uncertain import Uncertain
from zuji.formats.gate.case import Line
from zuji.formats.gate.spreads import Drawable, drawable

Cell = tuple[int, int]
Term = tuple[float, Drawable | None]


class Spreads:
    """Gathers the spreads of what goes into the matrix and the burdens."""

    def __init__(self, sets: int) -> None:
        self._sets = sets
        self.undrawn: Counter[str] = Counter()
        self._terms: dict[tuple[int, int], list[tuple[float, Drawable | None]]] = {}
        self._emissions: list[tuple[int, int, list[float], Drawable | None]] = []

    def _stated(self, line: Line) -> Drawable | None:
        found = drawable(line.exchange)
        if isinstance(found, str):
            self.undrawn[found] += 1
            return None
        return found

    def emit(self, process: int, part: int, values: list[float], line: Line) -> None:
        """An emission of a process."""
        self._emissions.append((process, part, values, self._stated(line)))

    def need(self, process: int, needed: list[tuple[int, float]], line: Line, *, shared: bool) -> None:
        """What an exchange needs of suppliers; ``shared``: co-products bear it with this one."""
        spread = self._stated(line)
        self.undrawn["split"] += spread is not None and (shared or len(needed) > 1)
        for supplier, amount in needed:
            self._terms.setdefault((process, supplier), []).append((amount, spread))

    def divide(self, line: Line) -> None:
        """The reference: its spread would be that of everything."""
        self.undrawn["reference"] += isinstance(drawable(line.exchange), Drawable)

    def uncertain(self, needs: Needs) -> Uncertain:
        """All of it, in the order of the matrix."""
        cells = of_cells(needs, self._terms, self.undrawn)
        self.undrawn = Counter({reason: n for reason, n in self.undrawn.items() if n})
        emitters, parts, values, spreads = zip(*self._emissions, strict=True) if self._emissions else ((), (), (), ())
        return Uncertain.of(cells, emitters, parts, np.array(values, np.float64).reshape(-1, self._sets), of_each(spreads))


def of_cells(needs: Needs, terms: Mapping[Cell, Sequence[Term]], counted: Counter[str]) -> Spread:
    """The spread of each amount of ``needs``, from the terms of its cell: (part of the amount, its spread). ``counted``: gains ``merged``.

    Several terms are one distribution with the variance of their sum (first order; ISO/IEC Guide 98-3, 5.1): lognormal if each that is uncertain
    is, and none takes from the others; else normal.
    """
    found: list[Drawable | None] = []
    for j in range(needs.rows):
        for i in needs.row(j)[0].tolist():
            held = terms.get((j, i), ())
            several = len(held) > 1 and any(spread is not None for _, spread in held)
            counted["merged"] += several
            found.append(merged(held) if several else held[0][1] if held else None)
    return of_each(found)


def of_each(found: Sequence[Drawable | None]) -> Spread:
    """One spread for each, None being exact."""
    held = [one or Drawable(0) for one in found]
    fields = ("kind", "size", "centre", "low", "high")
    kind, size, centre, low, high = (np.array([getattr(one, name) for one in held]) for name in fields)
    return Spread.of(kind, size, centre=centre, low=low, high=high)


def merged(terms: Sequence[Term]) -> Drawable | None:
    """One spread for the sum of independent terms; None where the sum is nothing."""
    total = sum(amount for amount, _ in terms)
    if not total:
        return None
    alike = all(spread is None or spread.kind == LOGNORMAL for _, spread in terms) and all(amount * total > 0 for amount, _ in terms)
    centre = sum(amount * (_mean(spread) if not alike else _median(spread)) for amount, spread in terms) / total
    variance = sum((amount * _deviation(spread)) ** 2 for amount, spread in terms)
    size = float(np.sqrt(variance)) / abs(centre * total) if centre else 0.0
    if not size or centre <= 0:
        return None
    return Drawable(LOGNORMAL if alike else NORMAL, size, centre)


def _median(spread: Drawable | None) -> float:
    return 1.0 if spread is None else spread.centre


def _mean(spread: Drawable | None) -> float:
    """The mean relative to the amount."""
    if spread is None:
        return 1.0
    if spread.kind == LOGNORMAL:
        return float(spread.centre * np.exp(spread.size**2 / 2))
    if spread.kind == UNIFORM:
        return (spread.low + spread.high) / 2
    return (spread.low + spread.centre + spread.high) / 3 if spread.kind == TRIANGULAR else spread.centre


def _deviation(spread: Drawable | None) -> float:
    """The standard deviation relative to the amount; of a lognormal to first order."""
    if spread is None:
        return 0.0
    if spread.kind == UNIFORM:
        return float((spread.high - spread.low) / np.sqrt(12))
    if spread.kind == TRIANGULAR:
        a, c, b = spread.low, spread.centre, spread.high
        return float(np.sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18))
    return spread.size * spread.centre
