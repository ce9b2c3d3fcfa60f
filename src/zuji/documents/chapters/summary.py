"""The summary: the numbers first, and beside them what is missing from them."""

from decimal import Decimal

from zuji.documents import charts
from zuji.documents.blocks import KeyFigure, Row, TableColumn
from zuji.documents.numerals import Column, Percentages, percent, shown
from zuji.documents.wording import BOUNDARIES, STAGES, clipped
from zuji.documents.writer import Writer
from zuji.engine.study import STAGES as STAGE_ORDER

_SHOWN_GAPS = 6
_SHOWN_WARNINGS = 5
_TOP = 4


def write(w: Writer) -> None:
    """The summary chapter."""
    w.front("摘要", "Summary")
    _opening(w)
    w.key_figures(key_figures(w))
    _stages(w)
    _largest(w)
    _missing(w)
    _warnings(w)


def key_figures(w: Writer) -> list[KeyFigure]:
    """Total, range, primary data share, data quality and gaps: none of them without what it rests on."""
    result, spread, quality = w.of.result, w.of.result.uncertainty, w.of.result.data_quality
    ranged = spread.low is not None and spread.high is not None
    return [
        KeyFigure(w.say("产品碳足迹", "Product carbon footprint"), shown(result.total), w.unit),
        KeyFigure(
            w.say("95 % 区间", "95 % range"),
            f"{shown(spread.low)} – {shown(spread.high)}" if spread.low is not None and spread.high is not None else w.not_stated,
            w.unit if ranged else "",
            w.say("覆盖结果的 {c}", "covers {c} of the result").format(c=percent(spread.coverage) or w.not_stated),
        ),
        _primary(w),
        KeyFigure(
            w.say("数据质量", "Data quality"),
            shown(quality.overall, 3) if quality.overall is not None else w.not_stated,
            "",
            w.say("1 最好，5 最差；覆盖 {c}", "1 best to 5 worst; covers {c}").format(c=percent(quality.coverage) or w.not_stated),
        ),
        KeyFigure(
            w.say("数据缺口", "Data gaps"),
            str(len(result.gaps)),
            "",
            w.say("项，未计入总量，也不等于零", "not in the total, and not zero") if result.gaps else "",
        ),
    ]


def _primary(w: Writer) -> KeyFigure:
    """The primary data share; where nothing says what any line rests on, it is not stated rather than zero."""
    unknown = unknown_share(w)
    share = w.of.result.primary_data_share
    value = w.not_stated if share is None or unknown == 1 else percent(share) or w.not_stated
    counted = w.say("按活动数据计", "by activity data")
    note = w.say("{c}，另有 {s} 未说明", "{c}; not stated for {s}").format(c=counted, s=percent(unknown)) if unknown else counted
    return KeyFigure(w.say("初级数据占比", "Primary data share"), value, "", note)


def unknown_share(w: Writer) -> Decimal:
    """The share of the result, by size, whose data are not said to be primary or secondary."""
    sizes = [(abs(c.value), c.data) for c in w.of.result.contributions]
    whole = sum((size for size, _ in sizes), Decimal(0))
    return sum((size for size, data in sizes if data == "unspecified"), Decimal(0)) / whole if whole else Decimal(0)


def _opening(w: Writer) -> None:
    study, result = w.of.study, w.of.result
    about = study.about
    product = w.name(about.product if about and about.product else study.title)
    w.paragraph(
        f"本报告量化{product}的{_what(w)}。按“{w.term(BOUNDARIES, study.boundary)}”边界，以 {result.declared_amount} {result.declared_unit} 为声明单位，"
        f"{study.period.start} 至 {study.period.end} 期间的结果为 {shown(result.total)} {w.unit}，采用 {study.gwp} 的 100 年全球增温潜势。",
        f"This report quantifies the {_what(w)} of {product}. Within the boundary “{w.term(BOUNDARIES, study.boundary)}” and per "
        f"{result.declared_amount} {result.declared_unit}, the result for {study.period.start} to {study.period.end} is {shown(result.total)} {w.unit}, "
        f"with the 100-year global warming potentials of {study.gwp}.",
    )
    if about and about.demonstration:
        w.callout(
            "demonstration",
            w.say("示范报告", "Demonstration"),
            [
                w.say(
                    "企业、计量数据与质量评分均为虚构，仅用于演示方法；排放因子真实，来源逐条列出。结果不得用于任何真实产品。",
                    "Plant, meter data and quality scores are invented to show the method; emission factors are real, each with its source. "
                    "The result must not be used for any real product.",
                )
            ],
        )


def _what(w: Writer) -> str:
    whole = w.of.study.boundary == "cradle-to-grave"
    return w.say("产品碳足迹", "product carbon footprint") if whole else w.say("产品部分碳足迹", "partial product carbon footprint")


def stage_rows(w: Writer) -> list[Row]:
    """All five stages with value and share; a stage outside the boundary says so and has no number."""
    result = w.of.result
    column, shares = Column(result.by_stage, result.total), Percentages(result.by_stage, result.total)
    rows = []
    for stage in [*STAGE_ORDER, *(s for s in result.by_stage if s not in STAGE_ORDER)]:
        if stage in result.by_stage:
            rows.append(Row((w.term(STAGES, stage), column.text(stage), shares.text(stage) or w.not_stated)))
        else:
            rows.append(Row((w.term(STAGES, stage), w.say("未包括", "not included"), "—")))
    rows.append(Row((w.say("合计", "Total"), column.total, "100.0 %" if result.total else w.not_stated), "total"))
    return rows


def stage_figure(w: Writer) -> None:
    """The stacked bar of the stages with its words."""
    result = w.of.result
    column = Column(result.by_stage, result.total)
    parts = w.say("；", "; ").join(f"{w.term(STAGES, s)} {column.text(s)}" for s in result.by_stage)
    w.figure(
        w.say("按生命周期阶段的产品碳足迹", "Footprint by life cycle stage"),
        charts.svg(charts.stage_bar(result, w.of.language), 720, 138),
        w.say(
            f"堆叠条形图，单位 {w.unit}：{parts}；合计 {column.total}。",
            f"Stacked bar, {w.unit}: {parts}; total {column.total}.",
        ),
        720,
        138,
    )


def _stages(w: Writer) -> None:
    stage_figure(w)
    w.table(
        w.say("结果概览", "Result at a glance"),
        [
            TableColumn(w.say("生命周期阶段", "Life cycle stage"), width=2.4),
            TableColumn(w.unit, "end"),
            TableColumn(w.say("占比", "Share"), "end"),
        ],
        stage_rows(w),
    )


def _largest(w: Writer) -> None:
    result = w.of.result
    rows = sorted(result.contributions, key=lambda c: (-abs(c.value), c.item))[:_TOP]
    if not rows:
        return
    shares = Percentages({c.item: c.value for c in rows}, result.total)
    w.paragraph("对结果影响最大的环节：", "What weighs most in the result:")
    w.bullets(
        [f"{w.name(c.label)}（{w.process(c.process)}）：{shown(c.value)} {w.unit}，{shares.text(c.item) or w.not_stated}" for c in rows]
        if w.of.language == "zh"
        else [f"{w.name(c.label)} ({w.process(c.process)}): {shown(c.value)} {w.unit}, {shares.text(c.item) or w.not_stated}" for c in rows]
    )


def _missing(w: Writer) -> None:
    gaps = w.of.result.gaps
    if not gaps:
        return
    items = [gap_line(w, index) for index in range(min(len(gaps), _SHOWN_GAPS))]
    if len(gaps) > _SHOWN_GAPS:
        items.append(w.say(f"另有 {len(gaps) - _SHOWN_GAPS} 项，见 4.6 节。", f"{len(gaps) - _SHOWN_GAPS} more: see section 4.6."))
    w.callout(
        "gap",
        w.say(f"数据缺口 {len(gaps)} 项：未计入总量，也不等于零", f"Data gaps: {len(gaps)}. They are not in the total, and not zero"),
        items,
    )


def gap_line(w: Writer, index: int) -> str:
    """One gap in words, with its possible size where that is stated."""
    gap = w.of.result.gaps[index]
    size = w.say("可能大小未说明", "possible size not stated")
    if gap.low is not None and gap.high is not None:
        size = w.say(
            f"可能为 {shown(gap.low)} – {shown(gap.high)} {w.unit}",
            f"possibly {shown(gap.low)} – {shown(gap.high)} {w.unit}",
        )
    name, process = w.name(gap.label), w.process(gap.process)
    return w.say(f"{name}（{process}）：{size}", f"{name} ({process}): {size}")


def _warnings(w: Writer) -> None:
    # the gaps have just been listed one by one
    warnings = [f for f in w.of.result.findings if f.severity in {"error", "warning"} and f.code != "gap.no-factor"]
    if not warnings:
        return
    items = [f"{clipped(f.message.in_(w.of.language), 240)}  [{f.code}]" for f in warnings[:_SHOWN_WARNINGS]]
    if len(warnings) > _SHOWN_WARNINGS:
        items.append(
            w.say(f"另有 {len(warnings) - _SHOWN_WARNINGS} 条，见附录 C。", f"{len(warnings) - _SHOWN_WARNINGS} more: see annex C.")
        )
    w.callout("warning", w.say(f"警告 {len(warnings)} 条", f"Warnings: {len(warnings)}"), items)
