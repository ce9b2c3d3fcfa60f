"""CO2 is fossil or biogenic: a factor that does not say which is shown as unspecified, and never counts as biogenic."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_BIOMASS = ("生物质", "秸秆", "木材", "木屑", "沼气", "biomass", "straw", "wood", "biogas")


def gas_origin(case: Case) -> list[Finding]:
    """A warning for combustion CO2 without origin; an error where a biomass fuel is declared fossil."""
    carbon = [part for part in case.factor.parts if part.gas in ("CO2", "CO2e")]
    if case.factor.kind not in ("direct", "process") or not carbon:
        return []
    if (
        case.factor.category == "fuel-combustion"
        and case.has(*_BIOMASS)
        and any(part.gas == "CO2" and part.kind == "fossil" for part in carbon)
    ):
        message = Text(
            "生物质燃料的 CO2 不是化石源。请改为 biogenic，并另列其化石部分。",
            "The CO2 of a biomass fuel is not fossil. Write biogenic, and list a fossil part apart.",
        )
        return [case.found("gate.gas-origin", "error", "split", message, reference="ISO 14067:2018 6.4.9.2")]
    if all(part.kind is None for part in carbon):
        message = Text(
            "直接排放没有写明 CO2 是化石源还是生物源，结果中将列为“未分类”。",
            "This direct emission does not say whether its CO2 is fossil or biogenic; results will show it as unspecified.",
        )
        return [case.found("gate.gas-origin", "info", "split", message, reference="ISO 14067:2018 6.4.9.2")]
    return []
