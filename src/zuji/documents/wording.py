"""The terms of the field in both languages, as the glossary fixes them, and how names and identifiers are shown."""

import re

from zuji.documents.lettering import text_width
from zuji.engine.text import Language, Text

STAGES = {
    "raw_materials": Text("原材料获取", "Raw materials"),
    "production": Text("生产制造", "Production"),
    "distribution": Text("分销运输", "Distribution"),
    "use": Text("使用", "Use"),
    "end_of_life": Text("寿命终止", "End of life"),
}
BOUNDARIES = {
    "cradle-to-gate": Text("摇篮到大门（产品部分碳足迹）", "Cradle to gate (partial footprint)"),
    "cradle-to-grave": Text("摇篮到坟墓（全生命周期）", "Cradle to grave (full life cycle)"),
    "gate-to-gate": Text("大门到大门（产品部分碳足迹）", "Gate to gate (partial footprint)"),
}
KINDS = {
    "fossil": Text("化石源排放", "Fossil emissions"),
    "biogenic": Text("生物源排放", "Biogenic emissions"),
    "biogenic_removal": Text("生物源去除", "Biogenic removals"),
    "land_use_change": Text("直接土地利用变化", "Direct land-use change"),
    "aircraft": Text("航空运输排放", "Aircraft emissions"),
    "unspecified": Text("未拆分（来源未说明）", "Not split (origin not stated)"),
}
GASES = {
    "CO2": Text("二氧化碳 CO₂", "Carbon dioxide CO₂"),
    "CH4": Text("甲烷 CH₄", "Methane CH₄"),
    "N2O": Text("氧化亚氮 N₂O", "Nitrous oxide N₂O"),
    "SF6": Text("六氟化硫 SF₆", "Sulphur hexafluoride SF₆"),
    "NF3": Text("三氟化氮 NF₃", "Nitrogen trifluoride NF₃"),
    "unspecified": Text("未按气体拆分（CO₂e 总值）", "Not split by gas (CO₂e sum)"),
    "CO2e": Text("未按气体拆分（CO₂e 总值）", "Not split by gas (CO₂e sum)"),
}
INDICATORS = {
    "technology": Text("技术代表性", "Technology"),
    "geography": Text("地域代表性", "Geography"),
    "time": Text("时间代表性", "Time"),
    "completeness": Text("完整性", "Completeness"),
    "reliability": Text("可靠性", "Reliability"),
}
ALLOCATION_METHODS = {
    "mass": Text("按质量（物理关系）", "By mass (physical relation)"),
    "energy": Text("按能量（物理关系）", "By energy (physical relation)"),
    "economic": Text("按经济价值", "By economic value"),
    "custom": Text("自定义份额", "Stated shares"),
    "system_expansion": Text("系统扩展（替代）", "System expansion (substitution)"),
}
ALLOCATION_CHOICES = {
    "mass": ALLOCATION_METHODS["mass"],
    "energy": ALLOCATION_METHODS["energy"],
    "economic": ALLOCATION_METHODS["economic"],
    "all_on_product": Text("负荷全部归主产品", "All burden on the reference product"),
}
DATA_TYPES = {
    "primary": Text("初级数据", "Primary"),
    "secondary": Text("次级数据", "Secondary"),
    "unspecified": Text("未说明", "not stated"),
}
ELECTRICITY = {
    "grid": Text("公共电网", "Public grid"),
    "direct_line": Text("专线直供或自发自用", "Direct line or own generation"),
    "contract": Text("合同工具（绿色电力证书等）", "Contractual instrument"),
}
CERTIFICATE_STATES = {
    "cancelled": Text("已核销", "cancelled"),
    "issued": Text("已核发", "issued"),
    "transferred": Text("已划转", "transferred"),
    "expired": Text("已失效", "expired"),
}
FACTOR_KINDS = {
    "life-cycle": Text("产品碳足迹因子（生命周期）", "life-cycle factor"),
    "direct": Text("直接排放（燃烧）因子", "direct (combustion) factor"),
    "grid-co2": Text("电力二氧化碳排放因子", "grid CO₂ emission factor"),
    "process": Text("工艺过程排放因子", "process emission factor"),
    "spend-based": Text("按金额计的因子", "spend-based factor"),
}
SEVERITIES = {
    "error": Text("错误", "Error"),
    "warning": Text("警告", "Warning"),
    "info": Text("说明", "Note"),
}
CLAUSE_STATES = {
    "sourced": Text("有出处", "sourced"),
    "unverified": Text("未核实", "unverified"),
}
NOT_STATED = Text("未说明", "not stated")
LONGEST_NAME = 120
_FORMULA = re.compile(r"(?:CO2|CH4|N2O|SF6|NF3|C\d?F\d+)(?!\d)")

_SUBSTANCE = re.compile(r"\b(?:P2O5|K2O|HNO3)\b")
_POWER = re.compile(r"m([23])\b")


def term(terms: dict[str, Text], key: str, language: Language) -> str:
    """The term for a key; a key that has none is shown as it is."""
    found = terms.get(key)
    return found.in_(language) if found else key


def gas_name(gas: str, language: Language) -> str:
    """A gas with its formula."""
    return term(GASES, gas, language)


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def formula_signs(text: str) -> str:
    """Formulas of gases with their figures below the line: ``kgCO2e/kWh`` becomes ``kgCO₂e/kWh``, ``HFC-134a`` stays."""
    return _FORMULA.sub(lambda found: found[0].translate(_SUBSCRIPTS), text)


def unit_signs(text: str) -> str:
    """A unit as documents print it: gases and reference substances with their figures below the line, volumes with theirs above it.

    >>> unit_signs("kgCO2e/kg P2O5"), unit_signs("kgCO2e/Nm3")
    ('kgCO₂e/kg P₂O₅', 'kgCO₂e/Nm³')
    """
    signed = _SUBSTANCE.sub(lambda found: found[0].translate(_SUBSCRIPTS), formula_signs(text))
    return _POWER.sub(lambda found: "m" + "²³"[int(found[1]) - 2], signed)


def clipped(text: str, longest: int = LONGEST_NAME) -> str:
    """A name on one line, cut with an ellipsis where it is longer than a table can bear; control characters are left out."""
    plain = " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text[: longest * 4]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def prose(text: str) -> str:
    """A text of any length without control characters; lines are kept apart."""
    return "\n".join(line for line in ("".join(c for c in part if c.isprintable()).strip() for part in text.splitlines()) if line)


def chart_name(text: str, width: float, size: float = 11) -> str:
    """A name for a label of a chart, no wider than ``width`` pixels. Braces, which ECharts reads as templates, become full-width ones."""
    name = clipped(text, 400).replace("{", "｛").replace("}", "｝")
    if text_width(name, size) <= width:
        return name
    while name and text_width(name + "…", size) > width:
        name = name[:-1]
    return name.rstrip() + "…"
