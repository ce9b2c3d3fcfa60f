"""A grid-CO2 factor is not a footprint factor, whatever its name says: taking one for the other undercounts electricity."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_FOOTPRINT = ("碳足迹因子", "carbon footprint", "life-cycle", "life cycle")
_GRID = ("电力二氧化碳排放因子", "电力平均二氧化碳排放因子", "grid electricity co2 factor", "grid emission factor")


def kind_and_name(case: Case) -> list[Finding]:
    """An error where name and kind of an electricity factor contradict each other, or where a life-cycle value counts CO2 only."""
    factor = case.factor
    names = " ".join(factor.name).lower()
    if factor.kind == "grid-co2" and any(word in names for word in _FOOTPRINT):
        message = Text("名称写的是碳足迹因子，类型却是电力 CO2 排放因子。", "It is named a footprint factor, but its kind is grid CO2.")
        return [case.found("gate.kind-name", "error", "kind", message)]
    if factor.kind == "life-cycle" and any(word in names for word in _GRID):
        message = Text(
            "名称是电力 CO2 排放因子（不含上游、CH4 和 N2O），不能作为全生命周期因子。",
            "By its name it is a grid CO2 factor (no upstream, CH4 or N2O); it is not a life-cycle factor.",
        )
        return [case.found("gate.kind-name", "error", "kind", message)]
    if factor.kind == "life-cycle" and case.unit is not None and case.unit.gas == "CO2":
        message = Text(
            "全生命周期因子应以 CO2e 计；只含 CO2 的值会漏计 CH4 和 N2O。",
            "A life-cycle factor is in CO2e; CO2 alone leaves out CH4 and N2O.",
        )
        return [case.found("gate.kind-gas", "error", "unit", message, reference="ISO 14067:2018 6.5")]
    return []
