"""Chapter 3, impact assessment (ISO 14067:2018 6.5; 7.2 a-e, 7.3 e)."""

from decimal import Decimal

from zuji.documents import charts
from zuji.documents.blocks import Row, TableColumn
from zuji.documents.chapters.summary import stage_rows
from zuji.documents.numerals import Column, Percentages, entered, shown
from zuji.documents.sankey import sankey
from zuji.documents.wording import KINDS, STAGES, formula_signs, gas_name
from zuji.documents.writer import Writer
from zuji.engine.quantities import decimal_text

_KINDS = ("fossil", "biogenic", "biogenic_removal", "land_use_change", "aircraft", "unspecified")
_SHOWN = 15


def write(w: Writer) -> None:
    """The chapter."""
    w.chapter("影响评价", "Impact assessment")
    _method(w)
    _stages(w)
    _kinds(w)
    _gases(w)
    _contributions(w)


def _method(w: Writer) -> None:
    result, gwp = w.of.result, w.of.gwp
    w.section("方法与特征化因子", "Method and characterization factors")
    source = w.say(f"（{formula_signs(gwp.source)}）", f" ({formula_signs(gwp.source)})")
    w.paragraph(
        f"影响类别为气候变化，采用 100 年全球增温潜势（GWP100），数据集 {gwp.reference}{source}。"
        "以 CO₂e 总值发布的因子按发布值使用，其所用增温潜势以发布者说明为准。排放与去除发生的时间未作折算，延迟排放不打折扣。",
        f"The impact category is climate change, by the global warming potential over 100 years, set {gwp.reference}{source}. "
        "Factors published as CO₂e sums are used as published, with the potentials that their publisher used. "
        "The time at which emissions and removals happen is not weighted; delayed emissions are not discounted.",
    )
    used = {(gas, kind) for c in result.contributions for gas in c.by_gas for kind in c.by_kind if gas != "unspecified"}
    rows = []
    for gas in result.by_gas:
        for kind in _KINDS:
            value = gwp.values.get((gas, kind))
            if (gas, kind) in used and value is not None:
                rows.append(Row((gas_name(gas, w.of.language), w.term(KINDS, kind), entered(decimal_text(value, 4)))))
    if rows:
        w.table(
            w.say("本结果用到的特征化因子", "Characterization factors used in this result"),
            [
                TableColumn(w.say("气体", "Gas"), width=2),
                TableColumn(w.say("排放类别", "Kind"), width=2),
                TableColumn(w.say("GWP100，kgCO₂e/kg", "GWP100, kgCO₂e/kg"), "end", 1.4),
            ],
            rows,
        )


def _stages(w: Writer) -> None:
    w.section("按生命周期阶段的结果", "Result by life cycle stage")
    w.table(
        w.say("各阶段的温室气体排放与占比", "Emissions of each stage, absolute and share"),
        [TableColumn(w.say("阶段", "Stage"), width=2.4), TableColumn(w.unit, "end"), TableColumn(w.say("占比", "Share"), "end")],
        stage_rows(w),
        w.say("占比相对于合计；抵减与去除为负值。", "Shares are relative to the total; credits and removals are negative."),
    )
    names = {p.id: w.process(p.id) for p in w.of.study.processes}
    w.figure(
        w.say(f"温室气体沿产品系统的流向（{w.unit}）", f"Where the footprint comes from, through the product system ({w.unit})"),
        charts.svg(sankey(w.of.result, names, w.of.language), 760, 420),
        w.say(
            "桑基图：从各项输入与直接排放经单元过程到产品，宽度与数值成比例；数值见本章与附录 B 的表。",
            "Sankey diagram from inputs and direct emissions through the unit processes to the product; widths are proportional to the numbers, "
            "which stand in the tables of this chapter and of annex B.",
        ),
        760,
        420,
    )


def _kinds(w: Writer) -> None:
    result = w.of.result
    w.section("按排放类别分列的结果", "Result by kind of emission")
    w.paragraph(
        "化石源、生物源排放、生物源去除、直接土地利用变化与航空运输分别报告（ISO 14067:2018 7.2）。"
        "只有因子或填报写明类别的部分才予拆分，其余归入“未拆分”；“未说明”不等于零。",
        "Fossil emissions, biogenic emissions, biogenic removals, direct land-use change and aircraft are reported apart (ISO 14067:2018 7.2). "
        "Only what a factor or the study states is split; the rest stands as not split. “Not stated” is not zero.",
    )
    column, shares = Column(result.by_kind, result.total), Percentages(result.by_kind, result.total)
    unsplit = bool(result.by_kind.get("unspecified"))
    rows = []
    for kind in [*_KINDS, *(k for k in result.by_kind if k not in _KINDS)]:
        value = result.by_kind.get(kind, Decimal(0))
        if kind == "unspecified" and not value:
            continue
        rows.append(Row((w.term(KINDS, kind), *_kind_cells(w, kind, value, column, shares, unsplit))))
    rows.append(Row((w.say("合计", "Total"), column.total, "100.0 %" if result.total else w.not_stated), "total"))
    emitted, removed = (result.by_kind.get(kind, Decimal(0)) for kind in ("biogenic", "biogenic_removal"))
    # Two kinds that nobody stated do not make a net of zero.
    net = w.not_stated if unsplit and not emitted and not removed else f"{shown(emitted + removed)} {w.unit}"
    w.table(
        w.say("各类别的排放与去除", "Emissions and removals by kind"),
        [TableColumn(w.say("类别", "Kind"), width=2.4), TableColumn(w.unit, "end", 1.2), TableColumn(w.say("占比", "Share"), "end", 0.9)],
        rows,
        w.say(
            f"生物源净值（排放减去除）：{net}。产品中储存的碳：未说明，未计入。",
            f"Biogenic net (emissions less removals): {net}. Carbon stored in the product: not stated, not counted.",
        ),
    )


def _kind_cells(w: Writer, kind: str, value: Decimal, column: Column, shares: Percentages, unsplit: bool) -> tuple[str, str]:
    if value:
        return column.text(kind), shares.text(kind) or w.not_stated
    if unsplit:
        return w.not_stated, "—"
    return "0", shares.text(kind) or "—"


def _gases(w: Writer) -> None:
    result = w.of.result
    w.section("按温室气体的结果", "Result by gas")
    column, shares = Column(result.by_gas, result.total), Percentages(result.by_gas, result.total)
    rows = [Row((formula_signs(gas_name(g, w.of.language)), column.text(g), shares.text(g) or w.not_stated)) for g in result.by_gas]
    rows.append(Row((w.say("合计", "Total"), column.total, "100.0 %" if result.total else w.not_stated), "total"))
    w.table(
        w.say("各温室气体的排放", "Emissions by gas"),
        [TableColumn(w.say("温室气体", "Gas"), width=2.4), TableColumn(w.unit, "end"), TableColumn(w.say("占比", "Share"), "end")],
        rows,
    )


def _contributions(w: Writer) -> None:
    result = w.of.result
    w.section("主要贡献", "Main contributions")
    height = 84 + 29 * min(len(result.contributions), 11)
    w.figure(
        w.say("贡献最大的项目与累计占比", "Largest contributions and their cumulative share"),
        charts.svg(charts.top_contributions(result, w.of.language), 720, height),
        w.say(
            "条形图：贡献最大的十项及其余；数值见下表。",
            "Bar chart of the ten largest contributions and the rest; the table below has the numbers.",
        ),
        720,
        height,
    )
    rows = sorted(result.contributions, key=lambda c: (-abs(c.value), c.item))
    top, rest = rows[:_SHOWN], rows[_SHOWN:]
    values = {c.item: c.value for c in top} | ({"": sum((c.value for c in rest), Decimal(0))} if rest else {})
    column, shares = Column(values, result.total), Percentages(values, result.total)
    cells = [
        Row((w.name(c.label), w.process(c.process), w.term(STAGES, c.stage), column.text(c.item), shares.text(c.item) or w.not_stated))
        for c in top
    ]
    if rest:
        label = w.say(f"其余 {len(rest)} 项（见附录 B）", f"{len(rest)} others (annex B)")
        cells.append(Row((label, "", "", column.text(""), shares.text("") or w.not_stated)))
    cells.append(Row((w.say("合计", "Total"), "", "", column.total, "100.0 %" if result.total else w.not_stated), "total"))
    w.table(
        w.say("贡献表", "Contributions"),
        [
            TableColumn(w.say("项目", "Item"), width=2.2),
            TableColumn(w.say("单元过程", "Unit process"), width=1.6),
            TableColumn(w.say("阶段", "Stage"), width=1.1),
            TableColumn(w.unit, "end", 1.1),
            TableColumn(w.say("占比", "Share"), "end", 0.8),
        ],
        cells,
        dense=True,
    )
