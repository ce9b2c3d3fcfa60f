"""Cases for the checks: a small study in which nothing is wrong, of which a test writes only what it is about."""

import datetime
from fractions import Fraction
from functools import cache

import yaml

from zuji.engine import calculate
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.study import FactorKind, Study
from zuji.engine.text import Text
from zuji.formats.gwp import load_gwp
from zuji.rules import Rulebook, load_rules
from zuji.rules.case import Case
from zuji.rules.checks import Check

TODAY = datetime.date(2026, 11, 23)

GOOD = "{technology: 1, geography: 1, time: 1, completeness: 1, reliability: 1}"

SOUND = f"""
zuji: study/1
id: sound
title: {{zh: 无误的研究, en: a sound study}}
boundary: cradle-to-gate
declared_unit: {{amount: "1", unit: t}}
period: {{start: 2025-01-01, end: 2025-12-31}}
geography: CN-HB
reference: plant
processes:
  - id: plant
    stage: production
    output: {{product: brick, amount: "1", unit: t}}
    inputs:
      - {{name: {{zh: 用电, en: electricity}}, amount: "10", unit: kWh, factor: POWER, electricity: {{kind: grid}}}}
      - {{name: {{zh: 用电输配电, en: transmission of electricity}}, amount: "10", unit: kWh, factor: LOSSES}}
      - {{name: {{zh: 原料, en: material}}, stage: raw_materials, amount: "1", unit: t, factor: MATERIAL}}
      - {{name: {{zh: 原料运输, en: freight of material}}, stage: raw_materials, transport: {{mass: "1", distance: "100"}}, factor: TRUCK}}
    data: {{type: primary, quality: {GOOD}}}
excluded_stages:
  - {{stage: distribution, reason: 到厂门为止}}
  - {{stage: use, reason: 中间产品}}
  - {{stage: end_of_life, reason: 中间产品}}
"""


def factor(
    id_: str,
    name: Text,
    value: str,
    per: str,
    *,
    kind: FactorKind = "life-cycle",
    category: str = "",
    year: int = 2025,
    geography: str = "CN",
) -> FactorVersion:
    """A factor version for a test: of China and of the data period unless said, in CO2e."""
    return FactorVersion(
        id=id_,
        version="1",
        name=name,
        kind=kind,
        value=Fraction(value),
        unit=f"kgCO2e/{per}",
        per=per,
        parts=(FactorPart("CO2e", None, Fraction(value)),),
        source="test",
        digest="0" * 64,
        category=category,
        year=year,
        geography=geography,
    )


FACTORS = (
    factor("POWER", Text("电力", "grid power"), "0.5", "kWh", category="electricity"),
    factor("LOSSES", Text("输配电", "transmission and distribution"), "0.05", "kWh", category="electricity"),
    factor("WIND", Text("风电", "wind power"), "0.03", "kWh", category="electricity"),
    factor("OLD-POWER", Text("旧电力", "old power"), "0.9", "kWh", category="electricity", year=2018),
    factor("MATERIAL", Text("原料", "material"), "20", "t", category="materials"),
    factor("OLD-MATERIAL", Text("旧原料", "old material"), "20", "t", category="materials", year=2001),
    factor("US-MATERIAL", Text("美国原料", "material of the US"), "20", "t", category="materials", geography="US"),
    factor("TRUCK", Text("货车", "truck"), "0.1", "t·km", category="transport"),
    factor("PLANE", Text("航空运输", "air freight"), "1", "t·km", category="transport"),
    factor("COAL", Text("烟煤燃烧", "coal combustion"), "2000", "t", kind="direct", category="fuel-combustion"),
    factor("COAL-UP", Text("煤炭上游", "coal mining, upstream"), "80", "t", category="fuel-upstream"),
)


class Factors:
    """The factors of the tests, as the calculation asks for them."""

    def __init__(self, factors: tuple[FactorVersion, ...] = FACTORS) -> None:
        self._by_name = {name: each for each in factors for name in (each.id, each.reference)}

    def find(self, reference: str) -> FactorVersion | None:
        return self._by_name.get(reference)

    def nearest(self, reference: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self._by_name if name[:3] == reference[:3])[:3])


@cache
def rulebook() -> Rulebook:
    """The shipped rulebook, read once."""
    return load_rules()


def study(changes: str = "") -> Study:
    """The sound study with some of its top-level fields replaced."""
    return Study.model_validate({**yaml.safe_load(SOUND), **(yaml.safe_load(changes) or {})})


def case(changes: str = "", rule: str | None = None) -> Case:
    """The calculated sound study with some of its top-level fields replaced, under a rule (the general one if none is named)."""
    made = study(changes)
    return Case(made, calculate(made, Factors(), load_gwp(made.gwp), today=TODAY), rulebook().get(rule), Factors())


def found(check: Check, changes: str = "", rule: str | None = None) -> list[tuple[str, str, str]]:
    """What a check says of a case: code, severity, place."""
    return [(f.code, f.severity, f.where) for f in check(case(changes, rule))]


def said(check: Check, changes: str = "", rule: str | None = None) -> Finding:
    """The only finding of a check on a case."""
    (only,) = check(case(changes, rule))
    return only


def plant(lines: str = "", emissions: str = "[]", data: str = f"{{type: primary, quality: {GOOD}}}", more: str = "") -> str:
    """A replacement of the sound study's processes: the same plant with other lines."""
    return f"""
processes:
  - id: plant
    stage: production
    output: {{product: brick, amount: "1", unit: t}}
    inputs: [{lines}]
    emissions: {emissions}
    data: {data}
    {more}
"""
