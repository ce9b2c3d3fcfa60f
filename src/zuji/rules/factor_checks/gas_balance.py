"""The gases, each by its GWP, come to the value."""

from fractions import Fraction

from zuji.engine.errors import UnknownGas
from zuji.engine.findings import Finding
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number, percent


def gas_balance(case: Case) -> list[Finding]:
    """By the set that the candidate declares; where it declares none, by any of the sets that are known."""
    parts = case.factor.parts
    if case.unit is None or case.unit.gas != CO2E or not parts or all(part.gas == CO2E for part in parts):
        return []
    total = case.factor.value * case.unit.kg_per
    declared = case.factor.gwp
    sets = [case.context.gwp[declared]] if declared and declared in case.context.gwp else list(case.context.gwp.values())
    sums = [summed for each in sets if (summed := _sum(case, each)) is not None]
    allowed = case.context.limits["gas_balance"] * abs(total)
    if not sums or any(abs(summed - total) <= allowed for summed in sums):
        return []
    nearest = min(sums, key=lambda summed: abs(summed - total))
    share = percent(nearest / total - 1) if total else "∞"
    message = Text(
        f"各气体按{declared or '已知的'} GWP 合计为 {number(nearest)} kgCO2e，总值为 {number(total)}，相差 {share}。请补全气体或更正 GWP。",
        (
            f"By {declared or 'the known sets of'} GWP the gases come to {number(nearest)} kgCO2e, the value is {number(total)}: {share} apart. "
            "Complete the gases, or correct the GWP set."
        ),
    )
    return [case.found("gate.gas-balance", "error", "gases", message, "gas_balance")]


def _sum(case: Case, gwp: GwpSet) -> Fraction | None:
    try:
        return sum((p.kg if p.gas == CO2E else p.kg * gwp.value(p.gas, p.kind) for p in case.factor.parts), Fraction(0))
    except UnknownGas:
        return None
