"""A carbonate sets free the CO2 of its formula, and no more (IPCC 2006 Vol. 3 table 2.1)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number
from zuji.rules.factor_checks.chemistry import CARBONATES, carbonate_co2


def carbonate_stoichiometry(case: Case) -> list[Finding]:
    """For process emissions per mass of a named carbonate: an error above stoichiometry, a warning below without a word on why."""
    factor = case.factor
    if factor.kind != "process" or case.unit is None or case.unit.per.dimension != "mass" or not case.intensity:
        return []
    names = " ".join((*factor.name, case.unit.per.basis or "")).lower()
    formula = next((formula for formula, words in CARBONATES.items() if any(word in names for word in words)), None)
    if formula is None or "制" in factor.name.zh:
        return []
    limits, most = case.context.limits, carbonate_co2(formula)
    if case.intensity > most * (1 + limits["stoichiometry"]):
        message = Text(
            f"{formula} 的碳全部放出也只有 {number(most, 5)} kgCO2/kg，本值为 {number(case.intensity, 5)}。",
            f"All the carbon of {formula} gives {number(most, 5)} kgCO2/kg; the value is {number(case.intensity, 5)}.",
        )
        return [case.found("gate.carbonate-stoichiometry", "error", "value", message, "stoichiometry")]
    if case.intensity < most * (1 - limits["stoichiometry_low"]) and not case.has(
        "煅烧率", "分解率", "纯度", "purity", "calcination fraction"
    ):
        message = Text(
            f"{formula} 按化学计量为 {number(most, 5)} kgCO2/kg，本值低至 {number(case.intensity, 5)}。请写明煅烧率或纯度。",
            f"By stoichiometry {formula} gives {number(most, 5)} kgCO2/kg; the value is only {number(case.intensity, 5)}. State calcination or purity.",
        )
        return [case.found("gate.carbonate-stoichiometry", "warning", "value", message, "stoichiometry_low")]
    return []
