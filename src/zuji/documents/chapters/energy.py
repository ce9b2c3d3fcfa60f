"""Chapter 2, electricity and transport (ISO 14067:2018 6.4.9.4; 7.3 k)."""

from zuji.documents.blocks import Row, TableColumn
from zuji.documents.lines import amount_text, inputs, used_factor
from zuji.documents.numerals import percent, shown
from zuji.documents.wording import CERTIFICATE_STATES, ELECTRICITY, clipped
from zuji.documents.writer import Writer
from zuji.engine.study import Input, Process


def electricity(w: Writer) -> None:
    """The section on electricity: kind, certificate, and what the grid mix would give (ISO 14067:2018 6.4.9.4)."""
    w.section("电力", "Electricity")
    w.paragraph(
        "产品碳足迹只使用全生命周期口径的电力碳足迹因子（含上游、发电与输配电损失，以所选因子的边界为准），不使用组织核算用的电网二氧化碳排放因子。",
        "Only life-cycle electricity factors are used (upstream, generation and grid losses, as far as the boundary of the chosen factor goes), "
        "never the grid CO₂ factors meant for organisations.",
    )
    rows = [_electricity_row(w, process, item) for process, item in inputs(w) if _is_electricity(w, item)]
    if not rows:
        w.paragraph("本研究没有填报电力输入。", "No electricity is stated as an input of this study.")
        return
    w.table(
        w.say("电力的来源与凭证", "Electricity, its kind and its certificates"),
        [
            TableColumn(w.say("项目", "Item"), width=1.9),
            TableColumn(w.say("数量", "Amount"), "end", 1),
            TableColumn(w.say("供电方式", "Kind"), width=1.4),
            TableColumn(w.say("因子", "Factor"), width=1.9),
            TableColumn(w.say("凭证与状态", "Certificate and state"), width=1.5),
        ],
        rows,
        dense=True,
    )
    _grid_mix(w)


def _is_electricity(w: Writer, item: Input) -> bool:
    factor = used_factor(w, item)
    return item.electricity is not None or bool(factor and factor.electricity)


def _electricity_row(w: Writer, process: Process, item: Input) -> Row:
    factor, supply = used_factor(w, item), item.electricity
    proof = supply.certificate if supply else None
    held = "—"
    if supply is not None and supply.kind == "contract":
        held = w.not_stated
    if proof is not None:
        held = f"{clipped(proof.number, 60)}\n{w.term(CERTIFICATE_STATES, proof.state)}"
        held += f"\n{proof.period.start} – {proof.period.end}" if proof.period else ""
    return Row(
        (
            f"{w.name(item.name)}\n{w.process(process.id)}",
            amount_text(w, item),
            w.term(ELECTRICITY, supply.kind) if supply else w.not_stated,
            f"{factor.value}\n{factor.reference}" if factor else "—",
            held,
        )
    )


def _grid_mix(w: Writer) -> None:
    result = w.of.result
    special = any(item.electricity and item.electricity.kind != "grid" for _, item in inputs(w))
    if result.grid_mix_total is None:
        if special:
            w.paragraph(
                "以电网电力替代的对照结果：未说明（没有可用的电网因子）。",
                "Result with grid electricity instead: not stated (no grid factor to compare with).",
            )
        else:
            w.paragraph(
                "全部电力来自公共电网，没有使用合同工具或专线，无需另作电网电力对照。",
                "All electricity is from the public grid; no contracts or direct lines, so no comparison with the grid mix is needed.",
            )
        return
    change = (result.grid_mix_total - result.total) / result.total if result.total else None
    w.paragraph(
        f"敏感性：若合同电力与专线电力改按电网电力计，结果为 {shown(result.grid_mix_total)} {w.unit}（变化 {percent(change) or w.not_stated}）。",
        f"Sensitivity: with grid electricity in place of contracts and direct lines the result is {shown(result.grid_mix_total)} {w.unit} "
        f"(change {percent(change) or w.not_stated}).",
    )


def transport(w: Writer) -> None:
    """The section on transport: mass times distance, line by line."""
    w.section("运输", "Transport")
    rows = []
    for process, item in inputs(w):
        if item.transport is not None:
            factor = used_factor(w, item)
            rows.append(
                Row(
                    (
                        f"{w.name(item.name)}\n{w.process(process.id)}",
                        amount_text(w, item),
                        factor.name if factor else "—",
                        f"{factor.value}\n{factor.reference}" if factor else w.say("缺口：无因子", "gap: no factor"),
                    )
                )
            )
    if not rows:
        w.paragraph("本研究没有以质量与距离填报的运输。", "No transport is stated by mass and distance in this study.")
        return
    w.table(
        w.say("运输（质量 × 距离）", "Transport (mass × distance)"),
        [
            TableColumn(w.say("项目", "Item"), width=1.8),
            TableColumn(w.say("质量 × 距离", "Mass × distance"), "end", 1.3),
            TableColumn(w.say("方式", "Means"), width=1.8),
            TableColumn(w.say("因子", "Factor"), width=1.8),
        ],
        rows,
        dense=True,
    )
