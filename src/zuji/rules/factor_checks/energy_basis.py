"""Energy of a fuel is net or gross: the two differ by 5 to 11 per cent."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_NET = ("低位", "净热值", "ncv", "lhv", "net cal", "lower heat")
_GROSS = ("高位", "总热值", "gcv", "hhv", "gross cal", "higher heat", "gross cv")


def energy_basis(case: Case) -> list[Finding]:
    """A warning for a fuel per energy that does not say which; an error where it says both."""
    if case.unit is None or case.unit.per.dimension != "energy" or not case.factor.category.startswith("fuel"):
        return []
    net, gross = case.has(*_NET), case.has(*_GROSS)
    if net != gross:
        return []
    if net:
        message = Text(
            "同时写了低位和高位热值，请只写所用的一种。",
            "Both net and gross calorific value are named; state the one that is used.",
        )
        return [case.found("gate.energy-basis", "warning", "boundary", message)]
    message = Text(
        "以能量计的燃料因子须写明按低位还是高位热值，两者相差 5 %–11 %。",
        "A fuel factor per energy states whether it is per net or gross calorific value; the two differ by 5 to 11 per cent.",
    )
    return [case.found("gate.energy-basis", "warning", "boundary", message, reference="IPCC 2006 Vol. 2 Ch. 1.4.1.2")]
