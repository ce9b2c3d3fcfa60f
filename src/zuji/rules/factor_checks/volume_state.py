"""A cubic metre of a gas, or of a liquid in place of its mass, needs its state or its density."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_GASES = (
    "煤气",
    "天然气",
    "氢气",
    "氧气",
    "氮气",
    "沼气",
    "燃气",
    "natural gas",
    "hydrogen",
    "oxygen",
    "nitrogen",
    "biogas",
    "coke oven gas",
)
_STATE = ("标准状态", "0 °c", "0°c", "0℃", "20 °c", "20°c", "20℃", "15 °c", "15℃", "101.325", "stp", "ntp", "standard condition", "normal")
_DENSITY = ("密度", "density", "kg/m3", "kg/l")


def volume_state(case: Case) -> list[Finding]:
    """A warning where a volume could be any mass."""
    if case.unit is None or case.unit.per.dimension != "volume":
        return []
    names = " ".join(case.factor.name).lower()
    gas = any(word in names for word in _GASES) and "液化" not in names and "liquefied" not in names
    if case.unit.per.basis == "normal":
        if case.has(*_STATE):
            return []
        message = Text(
            "标准立方米须写明是 0 ℃ 还是 20 ℃（101.325 kPa），两者相差约 7 %。",
            "A normal cubic metre states 0 °C or 20 °C (101.325 kPa); the two differ by about 7 per cent.",
        )
        return [case.found("gate.volume-state", "info", "unit", message, reference="GB/T 19205")]
    if gas and not case.has(*_STATE):
        message = Text(
            "气体以立方米计而没有写明状态（温度、压力）。请用 Nm3，或写明状态。",
            "A gas per cubic metre without its state (temperature, pressure). Use Nm3, or state it.",
        )
        return [case.found("gate.volume-state", "warning", "unit", message, reference="GB/T 19205")]
    if not gas and case.factor.category.startswith("fuel") and not case.has(*_DENSITY):
        message = Text(
            "液体燃料以体积计，须写明密度，才能与以质量计的用量换算。",
            "A liquid fuel per volume states its density, or amounts by mass cannot use it.",
        )
        return [case.found("gate.volume-state", "warning", "unit", message)]
    return []
