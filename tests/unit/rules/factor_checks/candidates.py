"""Candidates for the gate's checks: one in which nothing is wrong, of which a test changes only what it is about, and its surroundings."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from zuji.engine.candidate import Candidate, EvidenceFile
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.quantities import parse_number
from zuji.engine.study import Quality
from zuji.engine.text import Text
from zuji.engine.units import parse_factor_unit
from zuji.formats.factors import geographies
from zuji.formats.fuels import load_fuels
from zuji.formats.gwp import load_gwp
from zuji.rules.factor_checks import Check, Context, FuelDefault, Known, Shelf, known
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.context import fuel_default

TODAY = datetime.date(2026, 11, 27)
SHA = "5" * 64


def version(value: str = "2.713", unit: str = "kgCO2e/kg", **changed: Any) -> FactorVersion:
    """A sound factor version: ammonium phosphate of a paper, as an association would hand it in."""
    read = parse_factor_unit(unit)
    number = Fraction(value)
    plain: dict[str, Any] = {
        "id": "HB-MAP",
        "version": "1",
        "name": Text("磷酸一铵", "Monoammonium phosphate"),
        "kind": "life-cycle",
        "value": number,
        "unit": unit,
        "per": read.per.text,
        "parts": (FactorPart(read.gas, None, number * read.kg_per),),
        "source": "中国化肥生产的温室气体排放",
        "digest": "0" * 64,
        "category": "chemicals",
        "geography": "CN",
        "year": 2023,
        "boundary": "cradle-to-gate",
        "publisher": "生态学报",
        "address": "https://doi.org/10.5846/stxb201402090213",
        "licence": "单个数值，注明出处",
        "confidence": "verified",
        "gwp": "AR6",
        "gsd": Fraction("1.2"),
    }
    return FactorVersion(**{**plain, **changed})


def candidate(factor: FactorVersion | None = None, written: Mapping[str, str] | None = None, **changed: Any) -> Candidate:
    """A sound candidate around a factor version."""
    plain: dict[str, Any] = {
        "document_number": "10.5846/stxb201402090213",
        "document_page": "表 4",
        "quality": Quality(technology=2, geography=1, time=2, completeness=2, reliability=2),
        "evidence": (EvidenceFile("E1", "陈舜2015.pdf", SHA, 1000, "表 4"),),
    }
    return Candidate(factor=factor or version(), written={"source_year": "2024", **(written or {})}, **{**plain, **changed})


@cache
def fuels() -> tuple[FuelDefault, ...]:
    """The fuels of the library as the gate takes them."""
    return tuple(
        fuel_default(
            id_=fuel.id,
            of=fuel.set,
            name=fuel.name,
            unit=fuel.unit,
            ncv=parse_number(fuel.ncv),
            carbon=parse_number(fuel.carbon) * (1000 if fuel.carbon_unit == "tC/GJ" else 1),
            oxidation=parse_number(fuel.oxidation_percent) / 100,
        )
        for fuel in load_fuels()
    )


def published(*rows: FactorVersion, subject: str = "磷酸一铵") -> tuple[Known, ...]:
    """Factor versions as published ones of one subject."""
    return tuple(known(row, subject) for row in rows)


def context(*rows: FactorVersion, subject: str = "磷酸一铵", more: tuple[Known, ...] = (), **changed: Any) -> Context:
    """Surroundings with the shipped GWP sets, fuels and geographies."""
    plain: dict[str, Any] = {
        "shelf": Shelf((*published(*rows, subject=subject), *more)),
        "subject": subject,
        "today": TODAY,
        "fuels": fuels(),
        "gwp": {name: load_gwp(name) for name in ("AR5", "AR6")},
        "geographies": frozenset(geographies()),
        "held": frozenset({SHA}),
    }
    return Context(**{**plain, **changed})


def found(check: Check, of: Candidate, within: Context | None = None) -> list[tuple[str, str, str]]:
    """Code, severity and field of what a check finds."""
    return [(finding.code, finding.severity, finding.where) for finding in findings(check, of, within)]


def findings(check: Check, of: Candidate, within: Context | None = None) -> list[Finding]:
    """What a check finds; both languages must be there."""
    all_ = check(Case(of, within or context()))
    assert all(finding.message.zh and finding.message.en and finding.code.startswith("gate.") for finding in all_)
    return all_


def changed(factor: FactorVersion, **fields: Any) -> FactorVersion:
    """The version with some fields changed."""
    return replace(factor, **fields)
