"""Molar masses and the CO2 that a carbonate can set free, from the atomic weights of ``library/gate/atomic-weights.csv`` (CIAAW 2021)."""

import csv
import io
import re
from fractions import Fraction
from functools import cache
from importlib import resources

from zuji.engine.quantities import parse_number

_TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|(\))(\d*)")


@cache
def atomic_weights() -> dict[str, Fraction]:
    """Standard atomic weights by symbol, as published in 2021."""
    text = resources.files("zuji.library").joinpath("gate", "atomic-weights.csv").read_text(encoding="utf-8")
    return {row["symbol"]: parse_number(row["weight"]) for row in csv.DictReader(io.StringIO(text))}


def atoms(formula: str) -> dict[str, int]:
    """The atoms of a formula. Raises ``ValueError`` where it cannot be read.

    >>> atoms("CaMg(CO3)2")
    {'Ca': 1, 'Mg': 1, 'C': 2, 'O': 6}
    """
    stack: list[dict[str, int]] = [{}]
    end = 0
    for found in _TOKEN.finditer(formula):
        if found.start() != end:
            raise ValueError(formula)
        end = found.end()
        symbol, count, opened, closed, times = found.groups()
        if opened:
            stack.append({})
        elif closed:
            if len(stack) < 2:
                raise ValueError(formula)
            inner = stack.pop()
            for element, n in inner.items():
                stack[-1][element] = stack[-1].get(element, 0) + n * int(times or 1)
        else:
            stack[-1][symbol] = stack[-1].get(symbol, 0) + int(count or 1)
    if end != len(formula) or len(stack) != 1 or not stack[0]:
        raise ValueError(formula)
    return stack[0]


@cache
def carbonate_co2(formula: str) -> Fraction:
    """Kilograms of CO2 per kilogram of a carbonate whose carbon is all set free (IPCC 2006 Vol. 3 table 2.1). ``KeyError``: an unknown element.

    >>> round(float(carbonate_co2("CaCO3")), 4), round(float(carbonate_co2("CaMg(CO3)2")), 4)
    (0.4397, 0.4773)
    """
    weights, counted = atomic_weights(), atoms(formula)
    whole = sum((weights[element] * n for element, n in counted.items()), Fraction(0))
    return counted["C"] * (weights["C"] + 2 * weights["O"]) / whole


CARBONATES: dict[str, tuple[str, ...]] = {
    "CaMg(CO3)2": ("白云石", "dolomite", "camg(co3)2"),
    "NaHCO3": ("碳酸氢钠", "小苏打", "bicarbonate", "nahco3"),
    "CaCO3": ("碳酸钙", "方解石", "calcite", "calcium carbonate", "caco3", "文石", "aragonite"),
    "MgCO3": ("碳酸镁", "菱镁", "magnesite", "magnesium carbonate", "mgco3"),
    "FeCO3": ("碳酸亚铁", "菱铁", "siderite", "iron carbonate", "feco3"),
    "MnCO3": ("碳酸锰", "菱锰", "rhodochrosite", "manganese carbonate", "mnco3"),
    "Na2CO3": ("碳酸钠", "纯碱", "soda ash", "sodium carbonate", "na2co3"),
    "K2CO3": ("碳酸钾", "potassium carbonate", "k2co3"),
    "Li2CO3": ("碳酸锂", "lithium carbonate", "li2co3"),
    "SrCO3": ("碳酸锶", "strontium carbonate", "srco3"),
}
"""Carbonates by formula, and the words by which a name tells of them; the more particular first."""
