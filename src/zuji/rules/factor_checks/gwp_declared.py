"""A value in CO2 equivalent says with which GWP it was summed."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def gwp_declared(case: Case) -> list[Finding]:
    """An error for a set that is not known; a warning where a value in CO2e names none."""
    gwp = case.factor.gwp
    if gwp and gwp not in case.context.gwp:
        known = "、".join(case.context.gwp)
        message = Text(f"GWP 集合“{gwp}”未知；可用的有 {known}。", f"The GWP set “{gwp}” is not known; there are {known}.")
        return [case.found("gate.gwp-unknown", "error", "gwp", message)]
    if gwp or case.unit is None or case.unit.gas != "CO2e" or {part.gas for part in case.factor.parts} == {"CO2"}:
        return []
    message = Text(
        "以 CO2e 计的数值没有写明汇总所用的 GWP；发布者未说明的，请在说明中写“发布者未说明”。",
        "A value in CO2e does not name the GWP set behind it; where the publisher does not say, write so in the note.",
    )
    return [case.found("gate.gwp-missing", "warning", "gwp", message, reference="ISO 14067:2018 6.5")]
