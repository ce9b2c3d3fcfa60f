"""A rule's clauses as its page shows them."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from zuji.engine.text import Text
from zuji.rules import Rule

TITLES = {
    "validity": Text("有效期", "Validity"),
    "declared_unit": Text("声明单位", "Declared unit"),
    "boundary": Text("系统边界", "System boundary"),
    "stages": Text("生命周期阶段", "Life cycle stages"),
    "data_period": Text("数据期间", "Data period"),
    "mandatory_primary": Text("必须为初级数据", "Mandatory primary data"),
    "cut_off": Text("取舍准则", "Cut-off"),
    "allocation": Text("分配次序", "Order of allocation"),
    "data_quality": Text("数据质量", "Data quality"),
    "primary_share": Text("初级数据占比", "Primary data share"),
    "electricity": Text("电力", "Electricity"),
    "factor_age": Text("因子年龄", "Age of factors"),
    "geography": Text("地域", "Geography"),
    "fuel_upstream": Text("燃料上游", "Fuel upstream"),
    "transport": Text("运输", "Transport"),
    "waste_boundary": Text("废物边界", "Waste boundary"),
    "biogenic": Text("生物源碳", "Biogenic carbon"),
    "aircraft": Text("航空", "Aircraft"),
    "comparability": Text("可比性", "Comparability"),
}


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause: what it requires in words, the parameter that the check uses, and how sure its source is."""

    name: str
    title: Text
    text: Text
    parameter: str
    status: str
    grade: str
    source: str


def shown(rule: Rule) -> tuple[ShownClause, ...]:
    """Every clause of ``rule`` in its order."""
    return tuple(
        ShownClause(
            name=name,
            title=TITLES.get(name, Text(name, name)),
            text=clause.text.text,
            parameter=_parameter(clause.value),
            status=clause.status,
            grade=clause.grade,
            source=clause.source,
        )
        for name, clause in rule.clauses.items()
    )


def _parameter(value: Any) -> str:
    """The value that the check uses, in one line; structures that the text says in words are not repeated."""
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, BaseModel):
        plain = {name: item for name, item in value.model_dump(mode="json").items() if isinstance(item, str | int | bool) and item != ""}
        return " · ".join(f"{name} = {item}" for name, item in plain.items())
    if isinstance(value, tuple):
        if all(isinstance(item, str) for item in value):
            return " · ".join(value)
        if all(isinstance(item, tuple) for item in value):
            return " → ".join(" / ".join(str(method) for method in step) for step in value)
        return " · ".join(str(item.id) for item in value if hasattr(item, "id"))
    return str(value)
