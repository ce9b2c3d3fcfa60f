"""A small shelf of factors and studies written as a user would write them, for the tests of the engine."""

import copy
import datetime
from fractions import Fraction
from typing import Any

from zuji.engine import Result, Study, calculate
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.impact import GwpSet
from zuji.engine.text import Text
from zuji.engine.units import parse_factor_unit

TODAY = datetime.date(2026, 11, 23)

AR6 = GwpSet(
    name="AR6",
    version="test",
    values={
        **{("CO2", kind): Fraction(1) for kind in ("fossil", "biogenic", "land_use_change", "aircraft", "unspecified")},
        ("CO2", "biogenic_removal"): Fraction(-1),
        ("CH4", "fossil"): Fraction("29.8"),
        ("CH4", "biogenic"): Fraction(27),
        ("CH4", "unspecified"): Fraction("27.9"),
        ("N2O", "fossil"): Fraction(273),
        ("N2O", "unspecified"): Fraction(273),
    },
    aliases={"co2": "CO2", "ch4": "CH4", "n2o": "N2O"},
    source="IPCC AR6 WG1 chapter 7",
    digest="0" * 64,
)


def factor(identifier: str, value: str, unit: str, **more: Any) -> FactorVersion:
    """A factor version with the given value; ``split`` says what all of it is."""
    parsed = parse_factor_unit(unit)
    split = more.pop("split", None)
    return FactorVersion(
        id=identifier,
        version=more.pop("version", "1"),
        name=Text(identifier, identifier),
        kind=more.pop("kind", "life-cycle"),
        value=Fraction(value),
        unit=unit,
        per=parsed.per.text,
        parts=more.pop("parts", (FactorPart(parsed.gas, split, Fraction(value) * parsed.kg_per),)),
        source="shelf",
        digest=f"{identifier}-{value}",
        **more,
    )


class Shelf:
    """A factor source over a few factors."""

    def __init__(self, *factors: FactorVersion) -> None:
        self.factors = factors

    def find(self, reference: str) -> FactorVersion | None:
        name, _, version = reference.partition("@")
        found = [f for f in self.factors if f.id == name and version in ("", f.version)]
        return max(found, key=lambda f: f.version) if found else None

    def nearest(self, reference: str) -> tuple[str, ...]:
        return tuple(f.id for f in self.factors if f.id[:2] == reference[:2])[:3]


SHELF = Shelf(
    factor("grid", "0.5777", "kgCO2e/kWh", category="electricity", year=2024),
    factor("wind", "0.0324", "kgCO2e/kWh"),
    factor("grid-direct", "0.4044", "kgCO2/kWh", kind="grid-co2", use_instead=("grid",)),
    factor("truck", "0.078", "kgCO2e/(t·km)"),
    factor("steel", "2050", "kgCO2e/t", split="fossil"),
    factor("ammonia", "6.131", "kgCO2e/kg N"),
    factor("gas", "2.2", "kgCO2e/Nm3", kind="direct", split="fossil"),
    factor("old", "1", "kgCO2e/kg", valid_to=datetime.date(2020, 12, 31)),
    factor("late", "1", "kgCO2e/kg", valid_from=datetime.date(2025, 1, 1)),
    factor("replaced", "1", "kgCO2e/kg", state="superseded", superseded_by="steel"),
    factor("careful", "1", "kgCO2e/kg", state="caution", note="慎用: 2009"),
    factor("by-ar5", "1", "kgCO2e/kg", gwp="AR5"),
    factor("money", "0.5", "kgCO2e/CNY", kind="spend-based"),
)

CEMENT: dict[str, Any] = {
    "zuji": "study/1",
    "id": "cement-example",
    "title": {"zh": "普通硅酸盐水泥", "en": "Ordinary Portland cement"},
    "boundary": "cradle-to-gate",
    "declared_unit": {"amount": "1", "unit": "t"},
    "gwp": "AR6",
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "geography": "CN-HB",
    "reference": "grinding",
    "parameters": {"clinker_ratio": "0.70"},
    "processes": [
        {
            "id": "kiln",
            "stage": "production",
            "output": {"product": "clinker", "amount": "1", "unit": "t"},
            "inputs": [
                {"name": {"zh": "电", "en": "electricity"}, "amount": "60", "unit": "kWh", "factor": "grid"},
                {
                    "name": "coal",
                    "amount": "0.15",
                    "unit": "t",
                    "factor": {"value": "2071.5", "unit": "kgCO2e/t", "kind": "life-cycle", "source": "fuel table"},
                },
                {"name": "grinding aid", "amount": "0.4", "unit": "kg", "factor": None, "reason": "no factor found"},
            ],
            "emissions": [{"gas": "CO2", "kind": "fossil", "amount": "0.53", "unit": "t"}],
            "data": {
                "type": "primary",
                "quality": {"technology": 1, "geography": 1, "time": 2, "completeness": 2, "reliability": 2},
                "uncertainty": {"distribution": "lognormal", "gsd": "1.10"},
            },
        },
        {
            "id": "grinding",
            "stage": "production",
            "output": {"product": "cement", "amount": "1", "unit": "t"},
            "inputs": [
                {"name": "clinker", "amount": "=clinker_ratio", "unit": "t", "process": "kiln"},
                {"name": "truck", "transport": {"mass": "0.3", "distance": "50"}, "factor": "truck", "stage": "raw_materials"},
            ],
        },
    ],
}


def cement(**changes: Any) -> dict[str, Any]:
    """The cement study as a user's mapping, with top-level fields changed."""
    return copy.deepcopy(CEMENT) | changes


def run(written: dict[str, Any]) -> Result:
    """Calculate a study as written."""
    return calculate(Study.model_validate(written), SHELF, AR6, today=TODAY)


def one(*inputs: dict[str, Any], emissions: tuple[dict[str, Any], ...] = (), **process: Any) -> dict[str, Any]:
    """A study of one process that makes 1 kg."""
    return cement(
        reference="p",
        declared_unit={"amount": "1", "unit": "kg"},
        parameters=process.pop("parameters", {}),
        processes=[
            {
                "id": "p",
                "stage": "production",
                "output": {"product": "x", "amount": "1", "unit": "kg"},
                "inputs": list(inputs),
                "emissions": list(emissions),
                **process,
            }
        ],
    )


def line(amount: str = "1", unit: str = "kg", use: Any = "steel", **more: Any) -> dict[str, Any]:
    """An input as a user writes it."""
    return {"name": "it", "amount": amount, "unit": unit, "factor": use, **more}
