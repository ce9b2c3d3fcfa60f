"""The CO2 of a fuel is its carbon times 44/12 times the share that oxidises (IPCC 2006 Vol. 2 Ch. 1; NDRC sector guides)."""

from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.engine.units import parse_unit
from zuji.rules.factor_checks.case import Case, number
from zuji.rules.factor_checks.context import FuelDefault, plain

_MIXED = ("生物", "乙醇", "biofuel", "bio", "ethanol", "混合")


def fuel_carbon(case: Case) -> list[Finding]:
    """Held against every default of the fuel that the name tells of, per mass, per normal volume or per energy; nothing is said of others."""
    if case.factor.kind != "direct" or case.factor.category not in ("fuel-combustion", "") or not case.intensity or case.has(*_MIXED):
        return []
    bounds = [each for fuel in _fuels(case) if (each := _default(fuel, case)) is not None]
    if not bounds:
        return []
    limits, value = case.context.limits, case.intensity
    low, high = min(bounds), max(bounds)
    where = f"{number(low)}–{number(high)}" if low != high else number(low)
    unit = f"kgCO2/{case.unit.per.canonical_text}" if case.unit else ""
    names = "、".join(sorted({fuel.id for fuel in _fuels(case)}))
    if value > high * limits["fuel_refused"] or value < low / limits["fuel_refused"]:
        severity, limit = "error", "fuel_refused"
    elif value > high * limits["fuel_high"] or value < low * limits["fuel_low"]:
        severity, limit = "warning", "fuel_high" if value > high else "fuel_low"
    else:
        return []
    message = Text(
        f"按含碳量 × 44/12 × 氧化率，该燃料为 {where} {unit}（{names}），本值为 {number(value)}，碳不平衡。",
        f"By carbon content × 44/12 × oxidation this fuel gives {where} {unit} ({names}); the value is {number(value)}: the carbon does not balance.",
    )
    return [case.found("gate.fuel-carbon", "error" if severity == "error" else "warning", "value", message, limit)]


def _fuels(case: Case) -> list[FuelDefault]:
    """The defaults whose name is the longest that stands in the candidate's Chinese name: 液化天然气 before 天然气."""
    name = plain(case.factor.name.zh)
    fitting = [fuel for fuel in case.context.fuels if plain(fuel.name.zh) in name]
    longest = max((len(plain(fuel.name.zh)) for fuel in fitting), default=0)
    return [fuel for fuel in fitting if len(plain(fuel.name.zh)) == longest]


def _default(fuel: FuelDefault, case: Case) -> Fraction | None:
    """Kilograms of CO2 per canonical unit of the candidate, None where the units have nothing to do with each other."""
    if case.unit is None:
        return None
    if case.unit.per.dimension == "energy":
        return fuel.per_energy / parse_unit("GJ").scale
    per = parse_unit(fuel.unit)
    return fuel.co2 / per.scale if per.powers == case.unit.per.powers else None
