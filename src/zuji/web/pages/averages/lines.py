"""The fields of forms about averages, each described once."""

from zuji.engine.text import Text
from zuji.registry.averages.models import LONGEST_REASON
from zuji.registry.averages.queries import Sheet
from zuji.web.forms import Line
from zuji.web.labels import CATEGORY, KIND, printed_unit

CALL = (
    Line("name_zh", Text("产品或过程", "Product or process, in Chinese"), most=200),
    Line("name_en", Text("英文名称", "Name in English"), needed=False, most=200),
    Line(
        "kind",
        Text("因子种类", "Kind of factor"),
        kind="select",
        options=tuple((code, KIND[code].name) for code in ("life-cycle", "process")),
    ),
    Line("category", Text("类别", "Category"), kind="select", options=tuple((code, label.name) for code, label in CATEGORY.items())),
    Line(
        "unit",
        Text("单位", "Unit"),
        Text("如 kgCO2e/t。产量以分母的单位填写。", "Such as kgCO2e/t; volumes are in the unit below the stroke."),
        most=60,
    ),
    Line("boundary", Text("系统边界", "System boundary"), kind="area", most=500),
    Line("geography", Text("地域代码", "Code of the area"), Text("如 CN-HB。", "Such as CN-HB."), most=40),
    Line("start", Text("数据期开始", "First day of the data"), kind="date"),
    Line("end", Text("数据期结束", "Last day of the data"), kind="date"),
    Line(
        "filters",
        Text("预先声明的分组", "Subsets declared beforehand"),
        Text(
            "每行一组，中英文名称以 | 隔开，2 至 6 组；不分组则留空。以后不能增加。",
            "One a line, Chinese and English with | between them, two to six; empty: none. None can be added later.",
        ),
        kind="area",
        needed=False,
        most=1000,
    ),
)
REASON = (
    Line(
        "reason",
        Text("查阅理由", "Why it is read"),
        Text("企业会在操作记录中看到。", "The enterprise sees it in its history."),
        kind="area",
        most=LONGEST_REASON,
    ),
)


def contribution(sheet: Sheet, records: tuple[tuple[str, Text], ...]) -> tuple[Line, ...]:
    """A contribution to a call."""
    unit, per = printed_unit(sheet.row.unit), printed_unit(sheet.per)
    lines = [
        Line("value", Text(f"数值（{unit}）", f"Value ({unit})"), most=80),
        Line("volume", Text(f"产量（{per}）", f"Production ({per})"), Text("作为加权的权重。", "It weighs the value."), most=80),
        Line(
            "group",
            Text("实际控制企业的统一社会信用代码", "Code of the enterprise that controls yours"),
            Text(
                "同一控制人的企业合计为一个独立集团。没有上级控制企业的留空。",
                "Enterprises under one control count as one. Leave it empty where nobody controls yours.",
            ),
            needed=False,
            most=18,
        ),
        Line(
            "record",
            Text("依据", "What it rests on"),
            Text("已提交的案件或佐证文件，以其哈希绑定。", "A submitted case or an evidence file, bound by its hash."),
            kind="select",
            options=records,
        ),
    ]
    if sheet.filters:
        lines.append(Line("filter", Text("分组", "Subset"), kind="select", options=sheet.filters))
    return tuple(lines)
