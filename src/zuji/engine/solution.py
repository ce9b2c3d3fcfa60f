"""Solving the product system exactly: how often each process runs for one declared unit, and what each product carries.

Sources: Heijungs & Suh, The Computational Structure of Life Cycle Assessment (2002), ch. 2 (scaling vector, intensities);
Hawkins & Simon, Econometrica 17 (1949) 245 (a loop must need less than it makes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from zuji.engine.exact import refuse_long_loops, solve, solve_transposed
from zuji.engine.impact import CO2E, UNSPECIFIED, GwpSet
from zuji.engine.near_closure import refuse_nearly_closed
from zuji.engine.quantities import leading
from zuji.engine.system import EmissionLine, FactorLine, LinkLine, ProductSystem


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest part of a result: one gas of one kind from one line, kgCO2e per declared unit, exact."""

    line: FactorLine | EmissionLine
    gas: str
    kind: str
    value: Fraction


@dataclass(frozen=True)
class Solution:
    """``runs[process]`` per declared unit; ``intensity[column]`` in kgCO2e per unit of product; all exact."""

    system: ProductSystem
    gwp: GwpSet
    made: tuple[Fraction, ...]
    runs: dict[str, Fraction]
    intensity: tuple[Fraction, ...]
    atoms: tuple[Atom, ...]
    by_line: dict[str, Fraction]
    total: Fraction

    def line_value(self, line: FactorLine | EmissionLine) -> Fraction:
        """kgCO2e per declared unit of a line of the system, or of one that stands in for it."""
        known = self.by_line.get(line.id)
        return self.runs[line.process] * run_value(line, self.gwp) if known is None else known

    def link_value(self, link: LinkLine) -> Fraction:
        """kgCO2e per declared unit that reach the consumer through a link, to 512 bits: for ribbons and spreads, never for the total."""
        runs, intensity = self._leading
        return runs[link.process] * link.amount * intensity[link.supplier]

    @cached_property
    def _leading(self) -> tuple[dict[str, Fraction], tuple[Fraction, ...]]:
        """Runs and intensities without the thousands of digits that exact numbers grow to in a loop."""
        return {process: leading(runs) for process, runs in self.runs.items()}, tuple(map(leading, self.intensity))


def solve_system(system: ProductSystem, gwp: GwpSet) -> Solution:
    """Solve for one declared unit. Raises LoopGainTooHigh or SingularSystem, naming the processes, or SystemTooLarge; never a number then."""
    columns = technosphere(system)
    names = _names(system)
    made, runs = scaling(system, columns)
    atoms = tuple(_atoms(system, runs, gwp))
    direct = _direct(system, gwp)
    burden = {k: direct[p.process] * p.share / p.amount for k, p in enumerate(system.products)}
    intensity = solve_transposed(columns, burden, names)
    by_line: dict[str, Fraction] = {}
    for atom in atoms:
        by_line[atom.line.id] = by_line.get(atom.line.id, Fraction(0)) + atom.value
    return Solution(system, gwp, tuple(made), runs, tuple(intensity), atoms, by_line, sum(by_line.values(), Fraction(0)))


def scaling(system: ProductSystem, columns: list[dict[int, Fraction]]) -> tuple[list[Fraction], dict[str, Fraction]]:
    """How much of each product one declared unit takes, and how often each process runs for it. Raises what :func:`solve_system` raises."""
    names = _names(system)
    refuse_long_loops(columns)
    refuse_nearly_closed(columns, names)
    made = solve(columns, {system.reference: system.demand}, names)
    runs = {process: Fraction(0) for process in system.product_columns()}
    for product, amount in zip(system.products, made, strict=True):
        runs[product.process] += amount * product.share / product.amount
    return made, runs


def technosphere(system: ProductSystem) -> list[dict[int, Fraction]]:
    """``columns[j][i]``: product i needed per unit of product j, after allocation."""
    columns: list[dict[int, Fraction]] = [{} for _ in system.products]
    of_process = system.product_columns()
    for link in system.link_lines:
        for j in of_process[link.process]:
            product = system.products[j]
            need = link.amount * product.share / product.amount
            if need:
                columns[j][link.supplier] = columns[j].get(link.supplier, Fraction(0)) + need
    return columns


def line_parts(line: FactorLine | EmissionLine, gwp: GwpSet) -> Sequence[tuple[str, str, Fraction]]:
    """(gas, kind, kgCO2e per run) of a line. A CO2e value whose gases are not stated stays ``unspecified``."""
    if isinstance(line, EmissionLine):
        return [(line.gas, line.kind, line.amount * gwp.value(line.gas, line.kind))]
    parts: list[tuple[str, str, Fraction]] = []
    for part in line.factor.parts:
        kind = part.kind or UNSPECIFIED
        if part.gas == CO2E:
            parts.append((UNSPECIFIED, kind, line.amount * part.kg))
        else:
            gas = gwp.gas(part.gas)
            parts.append((gas, kind, line.amount * part.kg * gwp.value(gas, part.kind)))
    return parts


def run_value(line: FactorLine | EmissionLine, gwp: GwpSet) -> Fraction:
    """kgCO2e per run of a line, all gases and kinds together."""
    return sum((value for _, _, value in line_parts(line, gwp)), Fraction(0))


def _direct(system: ProductSystem, gwp: GwpSet) -> dict[str, Fraction]:
    """kgCO2e per run of each process, from its own lines."""
    direct = {process: Fraction(0) for process in system.product_columns()}
    for line in system.direct_lines:
        direct[line.process] += run_value(line, gwp)
    return direct


def _atoms(system: ProductSystem, runs: dict[str, Fraction], gwp: GwpSet) -> list[Atom]:
    return [Atom(line, gas, kind, runs[line.process] * value) for line in system.direct_lines for gas, kind, value in line_parts(line, gwp)]


def _names(system: ProductSystem) -> list[str]:
    """What messages call each product: its process, and its own name where the process makes several."""
    of_process = system.product_columns()
    return [p.process if len(of_process[p.process]) == 1 else f"{p.process} ({p.name})" for p in system.products]
