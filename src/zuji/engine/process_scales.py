"""How much of each process one declared unit takes, in two versions of a study and in their mixtures.

What allocation does to a footprint is found by solving each version with the shares of the other.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from zuji.engine.errors import EngineError
from zuji.engine.line_matching import output_unit
from zuji.engine.solution import Solution, scaling, technosphere
from zuji.engine.system import ProductSystem

_ZERO = Fraction(0)
Scales = dict[tuple[int, int], dict[str, Fraction]]


def mixed_scales(before: Solution, after: Solution) -> tuple[Scales, tuple[str, ...]]:
    """By (whose structure, whose shares): how much of each process's main product one unit of demand takes; and whose shares differ.

    Where the mixture cannot be solved, or shares agree, allocation has no effect of its own and all is structure.
    """
    sides = (before, after)
    shares = [_shares(solution.system) for solution in sides]
    common = sorted({p for p, _ in shares[0]} & {p for p, _ in shares[1]})
    apart = tuple(p for p in common if any(shares[0].get(k, _ZERO) != shares[1].get(k, _ZERO) for k in shares[0] | shares[1] if k[0] == p))
    own = {k: _per_demand(sides[k].system, sides[k].runs) for k in (0, 1)}
    found = {(s, a): own[s] for s in (0, 1) for a in (0, 1)}
    if apart:
        try:
            mixed = {k: _with_shares(sides[k].system, shares[1 - k], apart) for k in (0, 1)}
        except EngineError:
            return found, ()
        found |= {(k, 1 - k): mixed[k] for k in (0, 1)}
    return found, apart


def _shares(system: ProductSystem) -> dict[tuple[str, str], Fraction]:
    """The share of every product: the main one by its place, for it may be renamed, the others by name."""
    found = {}
    for process, columns in system.product_columns().items():
        for place, column in enumerate(columns):
            product = system.products[column]
            found[process, product.name if place else ""] = product.share
    return found


def _with_shares(system: ProductSystem, shares: Mapping[tuple[str, str], Fraction], apart: Collection[str]) -> dict[str, Fraction]:
    products = list(system.products)
    for process, columns in system.product_columns().items():
        if process in apart:
            for place, column in enumerate(columns):
                key = (process, products[column].name if place else "")
                products[column] = replace(products[column], share=shares.get(key, _ZERO))
    mixed = replace(system, products=products)
    _, runs = scaling(mixed, technosphere(mixed))
    return _per_demand(mixed, runs)


def _per_demand(system: ProductSystem, runs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    columns = system.product_columns()
    outputs = {process: output_unit(system.products[columns[process][0]])[1] for process in runs}
    return {process: count * outputs[process] / system.declared[0] for process, count in runs.items()}
