"""Merging: lines of a process that agree in everything but their amount are one line.

So a row split in two, or rows in another order, is the same product system with the same result and the same hash. Two rows that differ in
name, factor, data quality or uncertainty stay two.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from zuji.engine.canonical import digest
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.study import Data, Electricity
from zuji.engine.system import CutLine, EmissionLine, FactorLine, GapLine, LinkLine, ProductSystem

Line = TypeVar("Line")


def merge_lines(system: ProductSystem) -> None:
    """Merge equal lines and put all lines into their canonical order, in place."""
    system.factor_lines = _merged(system.factor_lines, factor_key, _add_factor_lines)
    system.emission_lines = _merged(system.emission_lines, emission_key, lambda a, b: replace(a, amount=a.amount + b.amount))
    system.link_lines = _merged(system.link_lines, link_key, lambda a, b: replace(a, amount=a.amount + b.amount))
    system.gap_lines = _merged(system.gap_lines, lambda g: (g.process, g.label, g.unit, g.reason), _add_gaps)
    system.cut_lines = _merged(
        system.cut_lines,
        lambda c: (c.process, c.label, c.reason),
        lambda a, b: CutLine(a.process, a.label, a.reason, a.estimate + b.estimate),
    )


def factor_key(line: FactorLine) -> tuple[str, ...]:
    """What makes a factor line itself, whatever its amount."""
    return (
        line.process,
        *line.label,
        line.stage,
        line.factor.reference,
        line.factor.digest,
        line.shown_unit,
        "credit" if line.amount < 0 else "",
        data_key(line.data),
        electricity_key(line.electricity),
    )


def emission_key(line: EmissionLine) -> tuple[str, ...]:
    """What makes an emission line itself, whatever its amount."""
    return (line.process, *line.label, line.stage, line.gas, line.kind, data_key(line.data))


def link_key(line: LinkLine) -> tuple[str | int, ...]:
    """What makes a link itself, whatever its amount."""
    return (line.process, *line.label, line.supplier, "credit" if line.amount < 0 else "", data_key(line.data))


def data_key(data: Data) -> str:
    """Data type, quality and uncertainty as canonical text; 1.10 and 1.1 are the same spread."""
    content = data.model_dump(mode="json", exclude_none=True)
    spread = content.get("uncertainty", {})
    for name in ("gsd", "relative_sd"):
        if name in spread:
            spread[name] = decimal_text(parse_number(spread[name]))
    return digest(content)


def electricity_key(electricity: Electricity | None) -> str:
    """The kind of electricity and its certificate as canonical text."""
    return "" if electricity is None else digest(electricity.model_dump(mode="json", exclude_none=True))


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
