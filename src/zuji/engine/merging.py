"""Merging: lines of a process that agree in everything but their amount are one line.

So a row split in two, or rows in another order, is the same product system with the same result and the same hash. Two rows that differ in
name, factor, data quality or uncertainty stay two.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from zuji.engine.identity import emission_key, factor_key, line_id, link_key
from zuji.engine.system import CutLine, FactorLine, GapLine, ProductSystem

Line = TypeVar("Line")


def merge_lines(system: ProductSystem) -> None:
    """Merge equal lines and put all lines into their canonical order, in place."""
    system.factor_lines = [replace(f, id=line_id(f)) for f in _merged(system.factor_lines, factor_key, _add_factor_lines)]
    emissions = _merged(system.emission_lines, emission_key, lambda a, b: replace(a, amount=a.amount + b.amount))
    system.emission_lines = [replace(e, id=line_id(e)) for e in emissions]
    system.link_lines = _merged(system.link_lines, link_key, lambda a, b: replace(a, amount=a.amount + b.amount))
    system.gap_lines = _merged(system.gap_lines, lambda g: (g.process, g.label, g.unit, g.reason), _add_gaps)
    system.cut_lines = _merged(
        system.cut_lines,
        lambda c: (c.process, c.label, c.reason),
        lambda a, b: CutLine(a.process, a.label, a.reason, a.estimate + b.estimate),
    )


def _merged(lines: Iterable[Line], key: Callable[[Line], Hashable], add: Callable[[Line, Line], Line]) -> list[Line]:
    found: dict[Hashable, Line] = {}
    for line in lines:
        which = key(line)
        found[which] = add(found[which], line) if which in found else line
    return [found[which] for which in sorted(found, key=str)]


def _add_factor_lines(a: FactorLine, b: FactorLine) -> FactorLine:
    return replace(a, amount=a.amount + b.amount, shown=a.shown + b.shown)


def _add_gaps(a: GapLine, b: GapLine) -> GapLine:
    def total(x: Fraction | None, y: Fraction | None) -> Fraction | None:
        return None if x is None or y is None else x + y

    return replace(
        a,
        amount=a.amount + b.amount,
        entered=a.entered + b.entered,
        entered_units=a.entered_units | b.entered_units,
        low=total(a.low, b.low),
        high=total(a.high, b.high),
    )
