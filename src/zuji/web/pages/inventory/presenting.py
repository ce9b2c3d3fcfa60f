"""What the pages of a basic database show, made of what the queries found."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zuji.documents.chart_tables import NONE, SHARE, TOTAL, Entry, Figure, Table
from zuji.documents.charts import OTHER, UNIT
from zuji.documents.numerals import Column, Percentages, shown
from zuji.documents.supply_flow import Flow
from zuji.engine.sparse.background import PARTS
from zuji.engine.text import Language, Text
from zuji.formats.gate.assembly import SETS
from zuji.registry.inventory.queries import Behind, DatasetSheet, Intensities, ReleaseRow, ReleaseSheet

PART_NAMES = {
    "fossil": Text("化石源（含来源未说明的气体）", "fossil (and gases whose origin is not stated)"),
    "biogenic": Text("生物源排放", "biogenic emissions"),
    "removal": Text("生物源去除", "biogenic removals"),
    "land-use-change": Text("直接土地利用变化", "direct land use change"),
    "aircraft": Text("航空运输", "aircraft"),
}
COVERAGE = {
    "datasets": Text("数据集", "datasets"),
    "exchanges": Text("交换", "exchanges"),
    "greenhouse_gases": Text("温室气体交换有增温潜势", "exchanges of greenhouse gases with a GWP"),
    "supplied_inputs": Text("产品投入有供应数据集", "inputs of products with a supplier"),
    "complete": Text("供应链无缺口的数据集", "datasets without a gap in their supply"),
}
LACKS = {
    "none": Text("缺口：库中没有供应数据集", "gap: no dataset supplies it"),
    "several": Text("缺口：有多个可能的供应数据集，规则不作选择", "gap: several could supply it and the rule does not choose"),
    "refused": Text("缺口：供应数据集未被采用", "gap: its supplier was kept out"),
    "unit": Text("缺口：与供应数据集的单位不符", "gap: its unit does not fit its supplier's"),
    "rule": Text("缺口：文件没有写明供应数据集，规则不作链接", "gap: the file names no supplier and the rule makes no link"),
    "direction": Text("缺口：供应数据集的基准流方向相反", "gap: its supplier's reference is turned round"),
    "allocation": Text("未计入：分配没有涉及此项", "not counted: the allocation does not mention it"),
    "gas": Text("未计入：没有相应的增温潜势", "not counted: no global warming potential"),
}
HOW = {
    "stated": Text("文件写明", "stated by the file"),
    "only": Text("库中唯一", "the only one"),
    "location": Text("同一地域", "same place"),
    "share by volume": Text("按产量分摊", "shared by volume"),
    "share equally": Text("平均分摊", "shared equally"),
}
EXPORTS = (("ilcd", "ILCD"), ("tidas", "TIDAS"))
FLOW_KINDS = {
    "product": Text("产品", "product"),
    "waste": Text("废物", "waste"),
    "elementary": Text("基元流", "elementary flow"),
    "other": Text("其他", "other"),
    "missing": Text("文件中缺失", "missing from the files"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A line of the coverage: how many of how many."""

    name: Text
    part: int
    of: int
    percent: str | None


def coverage(sheet: ReleaseSheet) -> list[Share]:
    held = sheet.summary["coverage"]
    return [Share(name, held[key]["part"], held[key]["of"], held[key]["percent"]) for key, name in COVERAGE.items() if key in held]


def reasons(sheet: ReleaseSheet) -> list[tuple[str, int]]:
    """Why datasets were kept out, the most frequent first."""
    held: Mapping[str, int] = sheet.summary["reasons"]
    return sorted(held.items(), key=lambda item: (-item[1], item[0]))


def loops(sheet: ReleaseSheet) -> list[Mapping[str, Any]]:
    """The loops that gain, which were refused."""
    return [loop for loop in sheet.summary["loops"] if float(loop["gain"]) >= 1]


def parts(found: Intensities, language: Language) -> Table:
    """The solved number by part under each GWP set; parts as shown sum to the total as shown."""
    columns = {
        gwp: Column(
            {part: exact(found.values[f"{gwp}/{part}"]) for part in PARTS},
            sum((exact(found.values[f"{gwp}/{p}"]) for p in PARTS), Decimal(0)),
        )
        for gwp in SETS
    }
    heads = (Text("部分", "Part").in_(language), *(f"{gwp}, {UNIT}/{found.unit}" for gwp in SETS))
    rows: list[tuple[Entry, ...]] = []
    for part in PARTS:
        figures = (Figure(columns[gwp].text(part), exact(found.values[f"{gwp}/{part}"])) for gwp in SETS)
        rows.append((PART_NAMES[part].in_(language), *figures))
    total = tuple(Figure(columns[gwp].total, exact(found.values[f"{gwp}/total"])) for gwp in SETS)
    return Table(heads, tuple(rows), (TOTAL.in_(language), *total))


def contributions(found: Behind, unit: str, language: Language) -> Table:
    """The processes that emit most for the product, the rest as one line; they sum to the total."""
    values = {str(k): exact(one.value) for k, one in enumerate(found.contributions)}
    total = exact(found.total)
    rest = total - sum(values.values(), Decimal(0))
    listed = values | ({"rest": rest} if found.rest_count else {})
    column, shares = Column(listed, total), Percentages(listed, total)
    heads = tuple(
        text.in_(language)
        for text in (
            Text("过程", "Process"),
            Text("地域", "Place"),
            Text("为此生产", "Made for it"),
            Text(f"{UNIT}/{unit}", f"{UNIT}/{unit}"),
            SHARE,
        )
    )
    rows: list[tuple[Entry, ...]] = [
        (
            one.row.name.in_(language),
            one.row.location or NONE,
            Figure(f"{shown(exact(one.supply))} {one.row.unit}", exact(one.supply)),
            Figure(column.text(str(k)), values[str(k)]),
            Figure(shares.text(str(k)) or NONE),
        )
        for k, one in enumerate(found.contributions)
    ]
    if found.rest_count:
        name = Text(f"{OTHER.zh} {found.rest_count} 个过程", f"{found.rest_count} other processes").in_(language)
        rows.append((name, "", "", Figure(column.text("rest"), rest), Figure(shares.text("rest") or NONE)))
    return Table(heads, tuple(rows), (TOTAL.in_(language), "", "", Figure(column.total, total), ""))


def flow(found: Behind, sheet: DatasetSheet) -> Flow:
    """What the drawing is made of."""
    return Flow(
        nodes=tuple((number, own) for number, _, own in found.nodes),
        links=found.links,
        names={sheet.number: sheet.product, **{number: name for number, name in found.names.items() if number != sheet.number}},
        root=sheet.number,
        total=found.total,
        unit=sheet.unit,
    )


def provenance(sheet: DatasetSheet, found: Intensities, gwp: str, language: Language) -> tuple[str, ...]:
    """Where the numbers of a chart come from."""
    return sourced(sheet.release, found.background, gwp, found.residual, language)


def sourced(release: ReleaseRow, background: str, gwp: str, residual: float, language: Language) -> tuple[str, ...]:
    """The database, its licence, its solution and the GWP set behind some numbers."""
    words = (
        (Text("数据库", "Database"), f"{release.name} {release.edition}".strip()),
        (Text("许可", "Licence"), release.licence),
        (Text("求解", "Solved"), background[:16]),
        (Text("增温潜势", "GWP set"), gwp),
        (Text("残差", "Residual"), f"{residual:.1e}"),
    )
    first, *others = (f"{name.in_(language)}{'：' if language == 'zh' else ': '}{value}" for name, value in words)
    return first, " · ".join(others)


def exact(value: float) -> Decimal:
    """A float as the decimal of fifteen digits that it stands for."""
    return Decimal(f"{value:.14e}")
