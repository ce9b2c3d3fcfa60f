"""Chapter 2, life cycle inventory (ISO 14067:2018 6.4; 7.3 c, d, f, g, i, k)."""

from decimal import Decimal

from zuji.documents.blocks import Row, TableColumn
from zuji.documents.chapters import energy
from zuji.documents.lines import UsedFactor, amount_text, data_of, factor_sources, formula_text, output_text, quality_text, used_factor
from zuji.documents.numerals import entered, percent, shown
from zuji.documents.wording import ALLOCATION_METHODS, KINDS, STAGES, clipped, formula_signs
from zuji.documents.writer import Writer
from zuji.engine.study import Emission, Input, Process


def write(w: Writer) -> None:
    """The chapter."""
    w.chapter("生命周期清单", "Life cycle inventory")
    _processes(w)
    _lines(w)
    _allocation(w)
    _cut_off(w)
    energy.electricity(w)
    energy.transport(w)


def _processes(w: Writer) -> None:
    w.section("单元过程", "Unit processes")
    rows = []
    for process in w.of.study.processes:
        outside = sum(1 for line in process.inputs if line.process is None)
        links = sum(1 for line in process.inputs if line.process is not None)
        rows.append(
            Row(
                (
                    w.process(process.id),
                    w.term(STAGES, process.stage),
                    f"{output_text(w, process)}  {clipped(process.output.product, 60)}",
                    str(outside),
                    str(links),
                    str(len(process.emissions)),
                )
            )
        )
    w.table(
        w.say("单元过程一览", "List of unit processes"),
        [
            TableColumn(w.say("单元过程", "Unit process"), width=2.2),
            TableColumn(w.say("阶段", "Stage"), width=1.2),
            TableColumn(w.say("基准产出", "Reference output"), width=2),
            TableColumn(w.say("外部输入", "Inputs"), "end", 0.8),
            TableColumn(w.say("内部输入", "From within"), "end", 0.9),
            TableColumn(w.say("直接排放", "Emissions"), "end", 0.9),
        ],
        rows,
    )
    for process in w.of.study.processes:
        if process.note is not None:
            w.paragraph(f"{w.process(process.id)}：{w.prose(process.note)}", f"{w.process(process.id)}: {w.prose(process.note)}", "note")


def _lines(w: Writer) -> None:
    w.section("活动数据、因子与来源", "Activity data, factors and sources")
    w.paragraph(
        "数量按填报原样列出（公式列出计算值，原式附于项目名下），均对应该单元过程的基准产出。"
        "方括号内为本节末“因子来源”表的编号；“数据”栏的数字为五项质量指标的平均值，1 最好，5 最差。",
        "Amounts are as entered (of a formula its value, with the formula under the name) and refer to the reference output of the unit process. "
        "Numbers in brackets are those of the table of factor sources at the end of this section; the figure under “data” is the mean of five quality "
        "indicators, 1 best to 5 worst.",
    )
    numbers = factor_sources(w)
    columns = [
        TableColumn(w.say("项目", "Item"), width=2.1),
        TableColumn(w.say("数量", "Amount"), "end", 1.1),
        TableColumn(w.say("因子", "Factor"), width=1.9),
        TableColumn(w.say("来源", "Source"), width=1.6),
        TableColumn(w.say("数据", "Data"), width=0.85 if w.of.language == "zh" else 1.1),
    ]
    for process in w.of.study.processes:
        w.subsection(w.process(process.id))
        rows = [_input_row(w, process, item, numbers) for item in process.inputs]
        rows += [_emission_row(w, process, item) for item in process.emissions]
        caption = w.say(
            f"{w.process(process.id)}的数据（每 {output_text(w, process)} 产出）",
            f"Data of {w.process(process.id)} (per {output_text(w, process)} of output)",
        )
        origin = w.name(process.data.source if process.data else None, 400)
        note = w.say(f"活动数据来源：{origin}", f"Source of activity data: {origin}")
        w.table(caption, columns, rows or [Row((w.say("没有输入与排放", "no inputs, no emissions"), "—", "—", "—", "—"))], note, dense=True)
    if numbers:
        w.subsection(w.say("因子来源", "Sources of factors"))
        _factor_table(w, numbers)


def _factor_table(w: Writer, numbers: dict[UsedFactor, int]) -> None:
    w.table(
        w.say(f"所用因子及其来源（{len(numbers)} 个）", f"Factors used, with their sources ({len(numbers)})"),
        [
            TableColumn(w.say("编号", "No."), width=0.4),
            TableColumn(w.say("因子", "Factor"), width=1.7),
            TableColumn(w.say("数值", "Value"), width=1.1),
            TableColumn(w.say("地域与年份", "Place, year"), width=0.7),
            TableColumn(w.say("发布者与来源", "Publisher and source"), width=3.1),
        ],
        [
            Row(
                (
                    f"[{k}]",
                    f"{f.name}\n{f.reference}",
                    f.value,
                    f.place or w.not_stated,
                    f.source + (f"\n{f.boundary}" if f.boundary else ""),
                )
            )
            for f, k in numbers.items()
        ],
        dense=True,
    )


def _input_row(w: Writer, process: Process, item: Input, numbers: dict[UsedFactor, int]) -> Row:
    factor = used_factor(w, item)
    data = data_of(process, item)
    origin = w.name(item.data.source, 160) if item.data and item.data.source else ""
    if item.process is not None:
        middle = (w.say("本研究的过程", "process of this study"), w.process(item.process))
    elif factor is not None:
        middle = (f"{factor.value}\n{factor.reference}", f"[{numbers[factor]}]")
    elif item.cut_off is not None:
        middle = (w.say("取舍，见 2.4 节", "cut off: section 2.4"), w.name(item.cut_off.source, 160))
    else:
        middle = (w.say("缺口：无因子", "gap: no factor"), w.say("见 4.6 节", "section 4.6"))
    formula = formula_text(item)
    name = _named(w, item) + (f"\n{formula}" if formula else "")
    return Row((name, amount_text(w, item), middle[0], "  ".join(part for part in (middle[1], origin) if part), quality_text(w, data)))


def _named(w: Writer, item: Input) -> str:
    note = f"\n{clipped(w.prose(item.note), 200)}" if item.note is not None else ""
    ratios = [
        (w.say("密度", "density"), item.density),
        (w.say("热值", "heating value"), item.heating_value),
        (w.say("含量", "content"), item.content),
    ]
    stated = [f"\n{word} {entered(r.value)} {clipped(r.unit, 40)}（{clipped(r.source, 100)}）" for word, r in ratios if r is not None]
    return w.name(item.name) + note + "".join(stated)


def _emission_row(w: Writer, process: Process, item: Emission) -> Row:
    label = w.name(item.name) if item.name is not None else item.gas
    formula = formula_text(item)
    kind = f"{w.say('直接排放', 'direct emission')} {formula_signs(clipped(item.gas, 30))}\n{w.term(KINDS, item.kind)}"
    note = f"\n{clipped(w.prose(item.note), 200)}" if item.note is not None else ""
    origin = w.name(item.data.source, 160) if item.data and item.data.source else w.say("同表注", "as noted below")
    if not (item.data and item.data.source) and not (process.data and process.data.source):
        origin = w.not_stated
    name = label + note + (f"\n{formula}" if formula else "")
    return Row((name, amount_text(w, item), kind, origin, quality_text(w, data_of(process, item))))


def _allocation(w: Writer) -> None:
    w.section("分配", "Allocation")
    w.paragraph(
        "按下列次序处理多产品过程：先以细分过程或系统扩展避免分配，其次按物理关系，再次按其他关系（如经济价值）（ISO 14067:2018 6.4.6）。份额之和为 1，否则不予计算。",
        "Processes with several products are treated in this order: avoid allocation by subdivision or system expansion, then physical relations, then others "
        "such as economic value (ISO 14067:2018 6.4.6). Shares sum to 1, or nothing is calculated.",
    )
    several = [p for p in w.of.study.processes if p.coproducts]
    if not several:
        w.paragraph(
            "本研究的单元过程均只有一种产品，未作分配。", "Every unit process of this study has one product; nothing was allocated."
        )
        return
    rows = []
    for process in several:
        products = w.listed([clipped(o.product, 60) for o in (process.output, *process.coproducts)])
        chosen = process.allocation
        method = w.term(ALLOCATION_METHODS, chosen.method) if chosen else w.not_stated
        basis = w.listed(_bases(process)) or "—"
        rows.append(
            Row(
                (
                    w.process(process.id),
                    products,
                    method,
                    basis,
                    w.name(chosen.reason if chosen else None, 300),
                )
            )
        )
    w.table(
        w.say("多产品过程的分配", "Allocation of processes with several products"),
        [
            TableColumn(w.say("单元过程", "Unit process"), width=1.3),
            TableColumn(w.say("产品", "Products"), width=1.3),
            TableColumn(w.say("方法", "Method"), width=1.2),
            TableColumn(w.say("依据", "Basis"), width=1.5),
            TableColumn(w.say("理由", "Reason"), width=2),
        ],
        rows,
        dense=True,
    )


def _bases(process: Process) -> list[str]:
    """What the shares rest on: the stated shares, or the property of each product that the method uses."""
    if process.allocation is None:
        return []
    if process.allocation.shares:
        return [f"{clipped(name, 60)}: {share}" for name, share in process.allocation.shares.items()]
    words = {"mass": ("mass", "kg"), "energy": ("energy", "MJ"), "economic": ("price", "")}
    if process.allocation.method not in words:
        return []
    field, unit = words[process.allocation.method]
    stated = [(o, getattr(o, field)) for o in (process.output, *process.coproducts)]
    return [f"{clipped(o.product, 60)}: {entered(value)} {unit}".rstrip() + f"/{o.unit}" for o, value in stated if value is not None]


def _cut_off(w: Writer) -> None:
    lines, rule, total = w.of.result.cut_offs, w.of.rule, w.of.result.total
    w.section("取舍及其影响", "Cut-off and its effect")
    if rule is not None:
        limits = rule.cut_off
        w.paragraph(
            f"取舍准则：单项不超过 {percent(Decimal(limits.value.line))}，合计不超过 {percent(Decimal(limits.value.total))}"
            f"（{rule.reference}，{'有出处' if limits.verified else '取值未核实，为规则参数'}）。",
            f"Cut-off criteria: at most {percent(Decimal(limits.value.line))} for one line and {percent(Decimal(limits.value.total))} for all "
            f"({rule.reference}; {'sourced' if limits.verified else 'unverified values, parameters of the rule'}).",
        )
    if not lines:
        w.paragraph("本研究没有取舍项。", "Nothing was cut off in this study.")
        return
    rows = [
        Row((w.name(c.label), w.process(c.process), w.name(c.reason, 200), shown(c.estimate), percent(c.share, 3) or w.not_stated))
        for c in lines
    ]
    whole = sum((c.estimate for c in lines), Decimal(0))
    share = percent(whole / total, 3) if total else None
    rows.append(Row((w.say("合计", "Total"), "", "", shown(whole), share or w.not_stated), "total"))
    w.table(
        w.say("取舍项及其估算大小", "Lines cut off and their estimated size"),
        [
            TableColumn(w.say("项目", "Item"), width=1.5),
            TableColumn(w.say("单元过程", "Unit process"), width=1.4),
            TableColumn(w.say("理由", "Reason"), width=2.2),
            TableColumn(w.say(f"估算 {w.unit}", f"Estimate, {w.unit}"), "end", 1.2),
            TableColumn(w.say("相当于结果的", "Relative to result"), "end", 1),
        ],
        rows,
    )
    w.paragraph(
        f"取舍项不计入总量。全部取舍项合计约 {shown(whole)} {w.unit}，相当于结果的 {share or w.not_stated}；若全部计入，结果将相应增加。",
        f"Lines cut off are not in the total. Together they come to about {shown(whole)} {w.unit}, {share or w.not_stated} relative to the result, "
        "which would rise by as much if they were counted.",
    )
