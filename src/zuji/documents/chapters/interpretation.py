"""Chapter 4, interpretation (ISO 14067:2018 6.6; 7.3 h, m; annex A; clause 8)."""

from decimal import Decimal

from zuji.documents import charts
from zuji.documents.blocks import Row, TableColumn
from zuji.documents.chapters.cover import statement
from zuji.documents.chapters.summary import unknown_share
from zuji.documents.numerals import Percentages, entered, percent, shown
from zuji.documents.wording import ALLOCATION_CHOICES, INDICATORS, STAGES, clipped, term
from zuji.documents.writer import Writer

_HOTSPOT = Decimal("0.8")
_WORST = 10


def write(w: Writer) -> None:
    """The chapter."""
    w.chapter("结果解释", "Interpretation")
    _hotspots(w)
    _sensitivity(w)
    _quality(w)
    _primary(w)
    _uncertainty(w)
    _gaps(w)
    _limitations(w)
    _review(w)


def _hotspots(w: Writer) -> None:
    result = w.of.result
    w.section("重点环节", "Hotspots")
    rows = sorted(result.contributions, key=lambda c: (-abs(c.value), c.item))
    size = sum((abs(c.value) for c in rows), Decimal(0))
    few, so_far = [], Decimal(0)
    for row in rows:
        if size and so_far / size >= _HOTSPOT:
            break
        few.append(row)
        so_far += abs(row.value)
    if not few or not size:
        w.paragraph("结果没有可分析的贡献项。", "There are no contributions to analyse.")
        return
    names = w.listed([f"{w.name(c.label)} {shown(c.value)}" for c in few[:8]])
    stage, value = max(result.by_stage.items(), key=lambda pair: abs(pair[1]))
    share = Percentages({"": value}, result.total).text("") or w.not_stated
    w.paragraph(
        f"{term(STAGES, stage, 'zh')}阶段贡献最大，为 {shown(value)} {w.unit}（{share}）。{len(result.contributions)} 项中有 {len(few)} 项"
        f"合计达到结果绝对量的 {percent(so_far / size)}：{names}{'等' if len(few) > 8 else ''}（{w.unit}）。减排应首先着眼于这些环节。",
        f"{term(STAGES, stage, 'en')} weighs most with {shown(value)} {w.unit} ({share}). {len(few)} of {len(result.contributions)} lines make up "
        f"{percent(so_far / size)} of the absolute size of the result: {names}{' and others' if len(few) > 8 else ''} ({w.unit}). "
        "Reductions should look there first.",
    )


def _sensitivity(w: Writer) -> None:
    rows, result = (w.of.analyses.sensitivity if w.of.analyses else ()), w.of.result
    w.section("敏感性分析", "Sensitivity analysis")
    if not rows:
        w.paragraph("未随本报告提供敏感性分析。", "No sensitivity analysis was supplied with this report.")
        return
    w.paragraph(
        "逐一将下列输入或参数减少与增加 10 %，其余不变，重新计算总量。",
        "Each input or parameter below was lowered and raised by 10 % with all else equal, and the total calculated again.",
    )
    plain = [(w.name(row.label), row.low, row.high) for row in rows]
    height = 66 + 30 * len(plain)
    w.figure(
        w.say(f"输入变动 ±10 % 时的结果（{w.unit}）", f"Result when an input moves by ±10 % ({w.unit})"),
        charts.svg(charts.sensitivity_bars(result, plain), 720, height),
        w.say(
            "区间条形图：各输入变动时总量的低值与高值；数值见下表。",
            "Range bars: low and high total for each input; the table below has the numbers.",
        ),
        720,
        height,
    )
    w.table(
        w.say("敏感性", "Sensitivity"),
        [
            TableColumn(w.say("变动的输入或参数", "Input or parameter moved"), width=3),
            TableColumn(w.say(f"−10 %，{w.unit}", f"−10 %, {w.unit}"), "end", 1.3),
            TableColumn(w.say(f"+10 %，{w.unit}", f"+10 %, {w.unit}"), "end", 1.3),
            TableColumn(w.say("幅度", "Swing"), "end", 0.9),
        ],
        [
            Row((name, shown(low), shown(high), (percent((high - low) / result.total) if result.total else None) or w.not_stated))
            for name, low, high in plain
        ],
    )
    _other_allocations(w)


def _other_allocations(w: Writer) -> None:
    """What other allocations would give, where a process has several products (ISO 14067:2018 6.4.6)."""
    if w.of.analyses is None or not any(p.coproducts for p in w.of.study.processes):
        return
    choices, total = w.of.analyses.allocations, w.of.result.total
    if not choices:
        w.paragraph(
            "多产品过程没有其他可由填报数据计算的分配方法，未作分配敏感性分析。",
            "No other allocation of the processes with several products can be calculated from the stated data; there is no sensitivity analysis of allocation.",
        )
        return
    w.table(
        w.say("改用其他分配方法时的结果", "Result under other allocation methods"),
        [
            TableColumn(w.say("单元过程", "Unit process"), width=2),
            TableColumn(w.say("改为", "Instead"), width=2),
            TableColumn(w.unit, "end", 1.2),
            TableColumn(w.say("变化", "Change"), "end", 0.9),
        ],
        [
            Row(
                (
                    w.process(choice.process),
                    w.term(ALLOCATION_CHOICES, choice.method),
                    shown(choice.total),
                    (percent((choice.total - total) / total) if total else None) or w.not_stated,
                )
            )
            for choice in choices
        ],
        w.say(
            "每行只改一个过程，其余不变；缺少所需质量、热值或价格的方法未列。",
            "Each row changes one process alone; methods whose mass, heating value or price is not stated for every product are not listed.",
        ),
    )


def _quality(w: Writer) -> None:
    quality, result = w.of.result.data_quality, w.of.result
    w.section("数据质量", "Data quality")
    overall = shown(quality.overall, 3) if quality.overall is not None else w.not_stated
    w.paragraph(
        f"按贡献加权的总体评分为 {overall}（1 最好，5 最差），有评分的贡献占结果的 {percent(quality.coverage)}；没有评分的部分既不计优也不计劣。",
        f"The contribution-weighted rating is {overall} (1 best to 5 worst). Scored rows make up {percent(quality.coverage)} of the result; "
        "rows without scores count neither way.",
    )
    w.table(
        w.say("各指标的加权评分", "Weighted rating by indicator"),
        [TableColumn(w.say("指标", "Indicator"), width=3), TableColumn(w.say("评分", "Rating"), "end")],
        [
            Row((w.term(INDICATORS, name), shown(quality.by_indicator[name], 3) if name in quality.by_indicator else w.not_stated))
            for name in INDICATORS
        ],
    )
    # The best rating is 1: what already has it cannot be improved, whatever its size.
    improvable = [(c, (c.quality - 1) * abs(c.value)) for c in result.contributions if c.quality is not None and c.quality > 1]
    worst = [c for c, room in sorted(improvable, key=lambda pair: (-pair[1], pair[0].item)) if room][:_WORST]
    if worst:
        shares = Percentages({c.item: c.value for c in worst}, result.total)
        w.table(
            w.say(
                "最值得改进的数据（评分超出最优值 1 的部分与贡献之积最大）",
                "Data most worth improving (largest distance from the best rating, 1, times contribution)",
            ),
            [
                TableColumn(w.say("项目", "Item"), width=2.4),
                TableColumn(w.say("单元过程", "Unit process"), width=1.8),
                TableColumn(w.say("评分", "Rating"), "end", 0.7),
                TableColumn(w.say("占比", "Share"), "end", 0.8),
            ],
            [
                Row(
                    (
                        w.name(c.label),
                        w.process(c.process),
                        shown(c.quality, 3) if c.quality is not None else "—",
                        shares.text(c.item) or w.not_stated,
                    )
                )
                for c in worst
            ],
            dense=True,
        )


def _primary(w: Writer) -> None:
    share, unknown = w.of.result.primary_data_share, unknown_share(w)
    shown_share = w.not_stated if share is None or unknown == 1 else percent(share) or w.not_stated
    w.section("初级数据占比", "Primary data share")
    w.paragraph(
        f"以贡献的绝对量计，以本系统实测活动数据（初级数据）为依据的部分占结果的比例：{shown_share}；"
        f"未说明数据类型的部分：{percent(unknown)}。因子本身是否为初级数据不在此列。",
        f"Share of the result, by the size of contributions, that rests on activity data measured for this system (primary data): {shown_share}; "
        f"type of data not stated: {percent(unknown)}. Whether the factors themselves are primary is not part of this share.",
    )


def _uncertainty(w: Writer) -> None:
    spread = w.of.result.uncertainty
    w.section("不确定性", "Uncertainty")
    ranged = f"{shown(spread.low)} – {shown(spread.high)} {w.unit}" if spread.low is not None and spread.high is not None else w.not_stated
    methods = {
        "analytic": w.say("一阶误差传递（解析法）", "first-order propagation (analytic)"),
        "monte-carlo": w.say("蒙特卡洛模拟", "Monte Carlo simulation"),
    }
    w.definitions(
        [
            (w.say("方法", "Method"), methods.get(spread.method, spread.method)),
            (w.say("95 % 区间", "95 % range"), ranged),
            (w.say("几何标准差", "Geometric standard deviation"), shown(spread.gsd) if spread.gsd is not None else w.not_stated),
            (w.say("覆盖范围", "Coverage"), percent(spread.coverage) or w.not_stated),
        ]
    )
    w.paragraph(
        "覆盖范围是指写明了离散程度的贡献占结果的比例；其余部分按确定值处理，因此区间偏窄。缺口、模型选择与分配方法带来的不确定性不在区间之内。",
        "Coverage is the share of the result whose spread is stated; the rest is taken as exact, so the range is too narrow rather than too wide. "
        "Gaps, choices of model and allocation are not in the range.",
    )
    _simulated(w)


def _simulated(w: Writer) -> None:
    """The seeded Monte Carlo beside the analytic range, where any spread is stated."""
    simulation = w.of.analyses.simulation if w.of.analyses else None
    if simulation is None or w.of.result.uncertainty.low is None:
        return
    draws = len(simulation.totals)
    low, middle, high = (shown(Decimal(repr(simulation.percentile(p))), 4) for p in (2.5, 50, 97.5))
    w.paragraph(
        f"作为对照，对同一研究做 {draws} 次蒙特卡洛抽样（随机种子 {simulation.seed}，可重复）：中位数 {middle} {w.unit}，95 % 的抽样在 {low} – {high} {w.unit} 之间。"
        "抽样用浮点数，只作对照，不改变声明的结果。",
        f"For comparison the study was drawn {draws} times (Monte Carlo, seed {simulation.seed}, repeatable): the median is {middle} {w.unit} and "
        f"95 % of the draws lie between {low} and {high} {w.unit}. The drawing uses floating-point numbers; it is a comparison and does not change the stated result.",
    )
    w.figure(
        w.say(f"{draws} 次抽样的分布（{w.unit}）", f"Distribution of {draws} draws ({w.unit})"),
        charts.svg(charts.histogram(w.of.result, simulation, w.of.language), 720, 240),
        w.say(
            f"直方图：总量抽样的分布，中位数 {middle}，95 % 在 {low} 与 {high} 之间。",
            f"Histogram of the drawn totals: median {middle}, 95 % between {low} and {high}.",
        ),
        720,
        240,
    )


def _gaps(w: Writer) -> None:
    gaps = w.of.result.gaps
    w.section("数据缺口", "Data gaps")
    if not gaps:
        w.paragraph("本研究没有数据缺口。", "The study has no data gaps.")
        return
    w.paragraph(
        "下列各项没有可用的因子，未计入总量；它们的排放不是零，补齐后结果将上升或改变。",
        "These lines have no factor and are not in the total. Their emissions are not zero; filling them changes the result.",
    )
    rows = []
    for gap in gaps:
        size = f"{shown(gap.low)} – {shown(gap.high)}" if gap.low is not None and gap.high is not None else w.not_stated
        cells = (
            w.name(gap.label),
            w.process(gap.process),
            f"{entered(gap.amount)} {clipped(gap.unit, 30)}",
            w.name(gap.reason, 200),
            size,
        )
        rows.append(Row(cells))
    w.table(
        w.say("数据缺口及其可能大小", "Data gaps and their possible size"),
        [
            TableColumn(w.say("项目", "Item"), width=1.5),
            TableColumn(w.say("单元过程", "Unit process"), width=1.3),
            TableColumn(w.say("数量（每基准产出）", "Amount (per run)"), "end", 1.1),
            TableColumn(w.say("原因", "Reason"), width=2.2),
            TableColumn(w.say(f"可能大小，{w.unit}", f"Possible size, {w.unit}"), "end", 1.2),
        ],
        rows,
        dense=True,
    )


def _limitations(w: Writer) -> None:
    about = w.of.study.about
    w.section("局限性与取值选择", "Limitations and value choices")
    if about and about.limitations:
        w.text(w.prose(about.limitations))
    w.bullets(
        [
            w.say(
                "单一影响类别：只评价气候变化。产品可能有其他更重要的环境影响，不能据此判断其总体环境表现（ISO 14067:2018 附录 A）。",
                "A single impact category: only climate change is assessed. Other impacts may matter more; overall environmental performance cannot be "
                "judged from it (ISO 14067:2018 annex A).",
            ),
            w.say(
                "方法局限：结果取决于声明单位、系统边界、数据来源、分配与取舍的选择；次级数据不代表特定供应商。",
                "Limits of method: the result depends on the choice of unit, boundary, data sources, allocation and cut-off; secondary data do not stand for "
                "particular suppliers.",
            ),
            w.say(
                "时间局限：结果代表所述数据期间，不预测未来。",
                "Limits of time: the result stands for the stated period and predicts nothing.",
            ),
            w.say(
                "取值选择：采用 100 年时间范围的增温潜势；间接土地利用变化、碳抵消与产品储碳不计入。",
                "Value choices: a time horizon of 100 years; indirect land-use change, offsets and carbon stored in the product are not counted.",
            ),
        ]
    )


def _review(w: Writer) -> None:
    w.section("评审与核查状态", "Review and verification")
    w.definitions(
        [
            (w.say("鉴定性评审", "Critical review"), w.say("未开展", "none")),
            (w.say("第三方核查", "Third-party verification"), w.say("未开展", "none")),
            (w.say("产品碳足迹标识认证", "Carbon label certification"), w.say("未取得", "none")),
        ]
    )
    w.text(statement(w))
