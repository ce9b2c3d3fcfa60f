"""Which kind a factor is, decided from its unit, boundary and name, where its file does not say.

The rule is the one by which the shipped library was sorted (library/factors/README.md says it in words).
"""

from zuji.engine.study import FactorKind

_DIRECT = (
    "combustion",
    "tank-to-wheel",
    "gate-to-grave (use",
    "release to air",
    "incineration",
    "direct",
    "gate-to-gate (direct",
    "gate-to-gate (as listed",
    "supply of heat (combustion)",
    "generation (stack)",
)
_PROCESS = ("process", "field emission")
_GRID_NAMES = ("电力二氧化碳排放因子", "电力平均二氧化碳排放因子", "grid co2", "electricity co2 factor")


def kind_of(*, unit: str, boundary: str, category: str, names: str) -> FactorKind:
    """The kind of a factor. ``names`` holds its names in both languages.

    >>> kind_of(unit="kgCO2/kWh", boundary="generation (grid average)", category="electricity", names="")
    'grid-co2'
    """
    plain_unit = unit.replace(" ", "")
    if any(money in plain_unit for money in ("/USD", "/CNY", "/EUR", "/元", "/万元")):
        return "spend-based"
    per_energy = plain_unit.endswith(("/kWh", "/MWh", "/度"))
    if per_energy and ("CO2/" in plain_unit or any(name in names.lower() for name in _GRID_NAMES)):
        return "grid-co2"
    edge = boundary.lower()
    if edge.startswith(_PROCESS) or edge == "gate-to-gate":
        return "process"
    if edge.startswith(_DIRECT):
        return "direct"
    return "process" if category.lower().startswith("process") and not edge else "life-cycle"
