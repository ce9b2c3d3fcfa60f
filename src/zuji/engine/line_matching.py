"""The lines of a solved study as products of what can change, and which lines of two studies are the same line.

A line's value per declared unit is demand × scale × amount × Σ (kilograms of gas × GWP): demand is the declared unit, scale how much of its
process's main product one declared unit takes, amount what the process takes per unit of that product, and kilograms those of its factor.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.identity import data_key, electricity_key
from zuji.engine.impact import CO2E, UNSPECIFIED, GwpSet
from zuji.engine.solution import Solution
from zuji.engine.system import EmissionLine, FactorLine, ProductOf
from zuji.engine.text import Text
from zuji.engine.units import canonical, convert, parse_unit


@dataclass(frozen=True, slots=True)
class Part:
    """Kilograms of a gas per unit of the line's amount; ``CO2e`` for kilograms of CO2 equivalent whose gases are not stated."""

    gas: str
    kind: str
    kg: Fraction


@dataclass(frozen=True, slots=True)
class Traced:
    """A line taken apart. ``amount`` in ``unit`` per unit of the process's main product; ``parts`` is None where an amount of zero hides it."""

    id: str
    process: str
    label: Text
    basis: str
    unit: str
    amount: Fraction
    parts: tuple[Part, ...] | None
    reference: str
    electricity: bool
    credit: bool
    keys: tuple[tuple[str, ...], ...]


def output_unit(product: ProductOf) -> tuple[str, Fraction]:
    """The canonical unit of a product, and how much of it one run of its process makes."""
    unit = parse_unit(product.unit)
    standard = canonical(unit)
    return standard.text, convert(product.amount, unit, standard)


def main_products(solution: Solution) -> dict[str, ProductOf]:
    """The main product of every process: its reference output."""
    system = solution.system
    return {process: system.products[columns[0]] for process, columns in system.product_columns().items()}


def traced(solution: Solution) -> list[Traced]:
    """Every line that carries emissions, taken apart, in the order of their ids."""
    outputs = {process: output_unit(product) for process, product in main_products(solution).items()}
    lines = (_traced(line, *outputs[line.process]) for line in solution.system.direct_lines)
    return sorted(lines, key=lambda line: line.id)


def per_amount(parts: Iterable[Part], gwp: GwpSet) -> Fraction:
    """kgCO2e per unit of amount. Raises :class:`UnknownGas` where the set states no value for a gas."""
    return sum((part.kg if part.gas == CO2E else part.kg * gwp.value(part.gas, part.kind) for part in parts), Fraction(0))


def _traced(line: FactorLine | EmissionLine, basis: str, output: Fraction) -> Traced:
    if isinstance(line, EmissionLine):
        what = ("emission", line.gas, line.kind)
        amount, unit, reference, electricity = line.amount, "kg", "", False
        parts: tuple[Part, ...] | None = (Part(line.gas, line.kind, Fraction(1)),)
        own: tuple[str, ...] = ()
    else:
        what = ("factor", "credit" if line.amount < 0 else "", "")
        amount, unit, reference = line.shown, line.shown_unit, line.factor.reference
        electricity = line.electricity is not None or line.factor.category.startswith("electricity")
        parts = _parts(line)
        own = (line.factor.id, electricity_key(line.electricity))
    place = (line.process, basis, line.label.zh, unit, *what)
    keys = ((basis, line.id), (*place, line.stage, data_key(line.data), *own), (*place, line.stage, *own[:1]), place)
    credit = isinstance(line, FactorLine) and line.amount < 0
    return Traced(line.id, line.process, line.label, basis, unit, amount / output, parts, reference, electricity, credit, keys)


def _parts(line: FactorLine) -> tuple[Part, ...] | None:
    """The factor per unit of the amount as shown: its own unit of activity may be another one."""
    if not line.shown:
        return None
    ratio = line.amount / line.shown
    return tuple(Part(part.gas, part.kind or UNSPECIFIED, part.kg * ratio) for part in line.factor.parts)


def matched(before: Sequence[Traced], after: Sequence[Traced]) -> tuple[list[tuple[Traced, Traced]], list[Traced], list[Traced]]:
    """The lines that are one line in both studies; those of ``before`` alone; those of ``after`` alone.

    A line is looked for by its whole identity, then without the version of its factor, without its data statement and electricity, and last by
    process, name, unit and gas alone. Only what is unmistakable counts: the one such line on either side. The order of lines means nothing.
    """
    pairs: list[tuple[Traced, Traced]] = []
    left, right = list(before), list(after)
    for level in range(4):
        ones, others = _single(left, _at(level)), _single(right, _at(level))
        found = [(ones[key], others[key]) for key in sorted(ones.keys() & others.keys())]
        pairs += found
        taken = {line.id for line, _ in found}, {line.id for _, line in found}
        left = [line for line in left if line.id not in taken[0]]
        right = [line for line in right if line.id not in taken[1]]
    return sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id)), left, right


def _at(level: int) -> Callable[[Traced], tuple[str, ...]]:
    return lambda line: line.keys[level]


def _single(lines: Iterable[Traced], key: Callable[[Traced], tuple[str, ...]]) -> dict[tuple[str, ...], Traced]:
    """The lines that have a key of their own."""
    found: dict[tuple[str, ...], list[Traced]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return {name: same[0] for name, same in found.items() if len(same) == 1}
