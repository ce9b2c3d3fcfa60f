"""A kind is stated per what it is about: grid CO2 per energy, spend-based per money, transport per mass and distance."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def unit_of_kind(case: Case) -> list[Finding]:
    """An error where the dimension of the unit is impossible for the kind or the category."""
    if case.unit is None:
        return []
    factor, dimension = case.factor, case.unit.per.dimension
    money = dimension.startswith("currency")
    wrong = ""
    if factor.kind == "grid-co2" and dimension != "energy":
        wrong = "grid-co2: kWh, MWh"
    elif (factor.kind == "spend-based") != money:
        wrong = "spend-based: CNY, USD" if not money else "life-cycle, direct, process: kg, kWh, t·km"
    elif factor.category == "electricity" and dimension != "energy":
        wrong = "electricity: kWh, MWh"
    elif factor.category == "transport" and dimension not in ("mass*length", "length", "count_person*length", "energy"):
        wrong = "transport: t·km, km, pkm"
    if not wrong:
        return []
    message = Text(
        f"单位“{factor.unit}”的量纲（{dimension}）与类型“{factor.kind}”、类别“{factor.category}”不符；应为 {wrong}。",
        f"The unit “{factor.unit}” is per {dimension}, which does not fit the kind {factor.kind} and the category {factor.category}; expected {wrong}.",
    )
    return [case.found("gate.unit-of-kind", "error", "unit", message)]
