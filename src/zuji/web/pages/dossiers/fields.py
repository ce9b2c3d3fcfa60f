"""The fields of a proposed factor as people read and fill them in, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.engine.findings import Finding
from zuji.engine.quality import INDICATORS
from zuji.engine.text import Text
from zuji.web import labels
from zuji.web.forms import Form, Line

_NOT_CHOSEN = ("", Text("（不填）", "(not stated)"))


def _choice(table: str, codes: Sequence[str] | None = None) -> tuple[tuple[str, Text], ...]:
    known = labels.TABLES[table]
    return (_NOT_CHOSEN, *((code, known[code].name) for code in (codes or known) if code in known))


def _line(
    name: str, zh: str, en: str, help_: Text | None = None, *, kind: str = "text", options: tuple[tuple[str, Text], ...] = ()
) -> Line:
    return Line(
        name, Text(zh, en), help_, kind="select" if options else kind, needed=False, most=None if options else 4000, options=options
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are filled in together."""

    id: str
    title: Text
    lines: tuple[Line, ...]


GROUPS: tuple[Group, ...] = (
    Group(
        "what",
        Text("名称与分类", "What it is"),
        (
            _line("name_zh", "中文名称", "Name in Chinese"),
            _line("name_en", "英文名称", "Name in English"),
            _line(
                "synonyms",
                "别名",
                "Other names",
                Text("用分号分开，如：纯碱；碳酸钠。", "With semicolons between: soda ash;sodium carbonate."),
            ),
            _line("cas", "CAS 登记号", "CAS number"),
            _line("hs", "HS 编码", "HS code"),
            _line("gbt4754", "国民经济行业分类代码", "Industry code (GB/T 4754)"),
            _line("cpc", "产品总分类代码", "Product code (CPC)"),
            _line("category", "类别", "Category", options=_choice("category")),
            _line("kind", "因子类型", "Kind", options=_choice("kind")),
        ),
    ),
    Group(
        "value",
        Text("数值", "Value"),
        (
            _line(
                "value", "因子值", "Value", Text("照文件原样填写，不要换算或修约。", "As the document has it: not converted, not rounded.")
            ),
            _line("unit", "单位", "Unit", Text("如 kgCO2e/kg、kgCO2e/kWh。", "Such as kgCO2e/kg or kgCO2e/kWh.")),
            _line(
                "gases",
                "分气体数值",
                "By gas",
                Text(
                    "如：CO2 fossil 2.1 kg; CH4 fossil 0.004 kg。各气体须合成总值。",
                    "Such as: CO2 fossil 2.1 kg; CH4 fossil 0.004 kg. The gases are to come to the value.",
                ),
                kind="area",
            ),
            _line(
                "split",
                "未分气体时的性质",
                "Where gases are not split",
                options=_choice("emission"),
            ),
            _line("gwp", "GWP 版本", "GWP set", options=(_NOT_CHOSEN, *((name, Text(name, name)) for name in ("AR4", "AR5", "AR6")))),
            _line(
                "upstream",
                "其中：上游",
                "Of it: upstream",
                Text("与因子值同单位；没有说明的不填，不要填零。", "In the unit of the value; leave out what is not stated."),
            ),
            _line("downstream", "其中：下游", "Of it: downstream"),
            _line("waste", "其中：废弃", "Of it: waste"),
            _line("gsd", "几何标准差", "Geometric standard deviation", Text("来源给出时填写。", "Where the source gives one.")),
        ),
    ),
    Group(
        "scope",
        Text("代表性", "What it stands for"),
        (
            _line("geography", "地域", "Geography", options=_choice("geography")),
            _line("year", "数据年份", "Reference year"),
            _line("technology", "技术路线", "Technology", kind="area"),
            _line(
                "boundary",
                "系统边界",
                "System boundary",
                Text("从哪里到哪里，如：从摇篮到大门。", "From where to where, such as cradle to gate."),
            ),
            _line("valid_from", "生效日期", "Valid from", kind="date"),
            _line("valid_to", "失效日期", "Valid to", kind="date"),
        ),
    ),
    Group(
        "source",
        Text("来源", "Source"),
        (
            _line(
                "source",
                "来源文件",
                "Source",
                Text("作者、题名、出版处、年份，写全。", "Author, title, place and year in full."),
                kind="area",
            ),
            _line("publisher", "发布者", "Publisher"),
            _line("source_year", "文件年份", "Year of the document"),
            _line("document_number", "文号或 DOI", "Document number or DOI"),
            _line("document_page", "页码或表号", "Page or table"),
            _line("address", "网址", "Address", kind="url"),
            _line("licence", "许可", "Licence"),
            _line("confidence", "可信程度", "Confidence", options=_choice("confidence")),
        ),
    ),
    Group(
        "quality",
        Text("数据质量", "Data quality"),
        (
            *(
                Line(
                    f"quality_{name}",
                    labels.TABLES["indicator"][name].name,
                    kind="select",
                    needed=False,
                    options=(_NOT_CHOSEN, *((str(n), Text(f"{n}", f"{n}")) for n in range(1, 6))),
                )
                for name in INDICATORS
            ),
            _line("note", "说明", "Note", Text("使用者须知道的局限。", "Limits that users are to know of."), kind="area"),
        ),
    ),
    Group(
        "identity",
        Text("编号与更正", "Identity and correction"),
        (
            _line(
                "id",
                "因子编号",
                "Id of the factor",
                Text("发布后不再改变；更正沿用原编号。", "It never changes once published; a correction keeps it."),
            ),
            _line("version", "版本号", "Version"),
            _line(
                "supersedes",
                "取代的版本",
                "Replaces",
                Text("如 CN-EL-CF-2024-national@1；新因子不填。", "Such as CN-EL-CF-2024-national@1; empty for a new factor."),
            ),
            _line("reason", "更正原因", "Reason of the correction", options=(_NOT_CHOSEN, *labels.CORRECTION.items())),
            _line("group", "同类因子组", "Group of like factors"),
            _line("use_instead", "建议改用", "Use instead"),
        ),
    ),
)

NAMES: Mapping[str, Text] = (
    {line.name: line.label for group in GROUPS for line in group.lines}
    | {
        f"quality_{name}": Text(f"数据质量：{label.zh}", f"Data quality: {label.en.lower()}")
        for name in INDICATORS
        for label in (labels.TABLES["indicator"][name].name,)
    }
    | {"evidence": Text("佐证文件", "Documents")}
)
_SHOWN: Mapping[str, Mapping[str, Text]] = {line.name: dict(line.options) for group in GROUPS for line in group.lines if line.options}


def name_of(key: str) -> Text:
    """What a field is called; its key where it is none."""
    return NAMES.get(key, Text(key, key))


def value_of(key: str, text: str) -> Text:
    """What a field says, as it is shown: the name of a chosen code, else the text."""
    return _SHOWN.get(key, {}).get(text) or Text(text, text)


@dataclass(frozen=True, slots=True)
class Filled:
    """A group of a form with what stands in it."""

    group: Group
    form: Form


def forms(values: Mapping[str, str], faults: Sequence[Finding]) -> list[Filled]:
    """The whole form, with every fault at its field."""
    wrong = {finding.where: finding.message for finding in faults}
    return [
        Filled(
            group,
            Form(
                group.lines,
                values={line.name: values.get(line.name, "") for line in group.lines},
                faults={line.name: wrong[line.name] for line in group.lines if line.name in wrong},
            ),
        )
        for group in GROUPS
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """A field as a sheet shows it."""

    key: str
    name: Text
    value: Text


def said(values: Mapping[str, str]) -> list[tuple[Group, list[Said]]]:
    """The fields that are filled in, by group; groups without any are left out."""
    found = []
    for group in GROUPS:
        rows = [Said(line.name, line.label, value_of(line.name, values[line.name])) for line in group.lines if values.get(line.name)]
        if rows:
            found.append((group, rows))
    return found
