"""The stated uncertainty of an exchange, in a few words below its amount."""

from collections.abc import Mapping
from typing import Any

from zuji.engine.text import Text
from zuji.registry.inventory.queries import DatasetSheet

_NAMES = {
    "lognormal": Text("对数正态", "lognormal"),
    "normal": Text("正态", "normal"),
    "triangular": Text("三角", "triangular"),
    "uniform": Text("均匀", "uniform"),
    "other": Text("其他分布", "other"),
}
_NOT_DRAWN = {
    "incomplete": Text("缺少参数，不抽样", "a parameter is missing: not drawn"),
    "impossible": Text("参数不可能成立，不抽样", "impossible parameters: not drawn"),
    "unsupported": Text("不抽样", "not drawn"),
    "contradiction": Text("与数量矛盾", "contradicts the amount"),
    "zero": Text("数量为零，不抽样", "about zero: not drawn"),
    "none": Text("没有离散", "no spread"),
}


def lines(sheet: DatasetSheet) -> tuple[Mapping[str, Any], ...]:
    """The exchanges of a dataset, each that states an uncertainty with ``spread``: what it states."""
    return tuple({**line, "spread": _told(line["uncertainty"])} if "uncertainty" in line else line for line in sheet.exchanges)


def _told(stated: Mapping[str, str]) -> Text:
    name = _NAMES[stated["distribution"]]
    size = stated.get("spread", "")
    numbers = {"lognormal": f" GSD {size}", "normal": f" SD {size}"}.get(stated["distribution"], "") if size else ""
    if "min" in stated and "max" in stated:
        numbers = f" {stated['min']}–{stated['max']}"
    why = _NOT_DRAWN.get(stated["use"])
    return Text(f"{name.zh}{numbers}" + (f"（{why.zh}）" if why else ""), f"{name.en}{numbers}" + (f" ({why.en})" if why else ""))
