"""Every gas has a value in every GWP set that a product rule may ask for."""

from zuji.engine.errors import UnknownGas
from zuji.engine.findings import Finding
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def gas_known(case: Case) -> list[Finding]:
    """A warning for a gas that one of the sets does not characterise: no footprint under that set can be calculated with it."""
    found = []
    for part in case.factor.parts:
        lacking = [name for name, each in case.context.gwp.items() if part.gas != CO2E and not _has(each, part.gas, part.kind)]
        if lacking:
            message = Text(
                f"{part.gas}（{part.kind or '未分类'}）在 {'、'.join(lacking)} 中没有增温潜势，用这些 GWP 时无法核算。",
                f"{part.gas} ({part.kind or 'unspecified'}) has no GWP in {', '.join(lacking)}: nothing can be calculated with it there.",
            )
            found.append(case.found("gate.gas-unknown", "warning", "gases", message))
    return found


def _has(gwp: GwpSet, gas: str, kind: str | None) -> bool:
    try:
        gwp.value(gas, kind)
    except UnknownGas:
        return False
    return True
