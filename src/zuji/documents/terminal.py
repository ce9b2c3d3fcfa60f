"""The result as text for a terminal: the same numbers as every other output, to four significant figures, with the full total."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from zuji.documents.wording import DATA_TYPES, KINDS, SEVERITIES, STAGES
from zuji.engine.findings import Finding
from zuji.engine.results import Result
from zuji.engine.text import Language, Text

LABELS = {
    "total": Text("产品碳足迹", "Product carbon footprint"),
    "per": Text("每", "per"),
    "stage": Text("生命周期阶段", "Life cycle stage"),
    "kind": Text("排放类别", "Kind"),
    "gas": Text("气体", "Gas"),
    "contribution": Text("贡献", "Contribution"),
    "data": Text("数据", "Data"),
    "factor": Text("因子", "Factor"),
    "gaps": Text("缺口（未计入，不等于零）", "Gaps (not counted; not zero)"),
    "cut": Text("取舍（已声明）", "Cut off (declared)"),
    "findings": Text("发现", "Findings"),
    "refused": Text("拒绝计算：下列问题须先更正，未给出任何数值。", "Refused: correct the following first. No number was calculated."),
    "primary": Text("初级数据占比（按活动数据）", "Primary data share (by activity data)"),
    "quality": Text("数据质量（1 最好 – 5 最差）", "Data quality (1 best to 5 worst)"),
    "range": Text("95 % 区间", "95 % range"),
    "covers": Text("覆盖", "covers"),
    "grid": Text("以电网电力计", "With grid electricity"),
    "unspecified": Text("未说明", "not stated"),
}


def result_table(result: Result, language: Language) -> str:
    """The whole result as lines of text."""
    word = {name: text.in_(language) for name, text in LABELS.items()}
    unit = f"kgCO2e {word['per']} {result.declared_amount} {result.declared_unit}"
    lines = [result.title.in_(language), f"{word['total']}: {figure(result.total)} {unit}", f"  = {result.total:f}", ""]
    lines += _parts(word["stage"], {STAGES[k].in_(language): v for k, v in result.by_stage.items()}, result.total)
    lines += _parts(word["kind"], {KINDS[k].in_(language): v for k, v in result.by_kind.items()}, result.total)
    lines += _parts(word["gas"], {word["unspecified"] if k == "unspecified" else k: v for k, v in result.by_gas.items()}, result.total)
    rows = [
        [f"{c.process} / {c.label.in_(language)}", figure(c.value), percent(c.share), DATA_TYPES[c.data].in_(language), c.factor or "-"]
        for c in result.contributions
    ]
    lines += [*columns([[word["contribution"], "kgCO2e", "%", word["data"], word["factor"]], *rows], right={1, 2}), ""]
    if result.gaps:
        lines += [
            word["gaps"],
            *(f"  - {g.process} / {g.label.in_(language)}: {g.amount} {g.unit} ({g.reason.in_(language)})" for g in result.gaps),
            "",
        ]
    if result.cut_offs:
        lines += [word["cut"]]
        lines += [
            f"  - {c.process} / {c.label.in_(language)}: {figure(c.estimate)} kgCO2e, {percent(c.share)} % ({c.reason.in_(language)})"
            for c in result.cut_offs
        ]
        lines += [""]
    lines += _quality_lines(result, word)
    lines += findings_table(result.findings, language)
    return "\n".join([*lines, f"result_hash {result.result_hash}"])


def _quality_lines(result: Result, word: dict[str, str]) -> list[str]:
    none = word["unspecified"]
    quality, spread = result.data_quality, result.uncertainty
    lines = [f"{word['primary']}: {none if result.primary_data_share is None else percent(result.primary_data_share) + ' %'}"]
    overall = none if quality.overall is None else f"{quality.overall:f}"
    lines.append(f"{word['quality']}: {overall} ({word['covers']} {percent(quality.coverage)} %)")
    if spread.low is None or spread.high is None:
        lines.append(f"{word['range']}: {none}")
    else:
        lines.append(f"{word['range']}: {figure(spread.low)} – {figure(spread.high)} ({word['covers']} {percent(spread.coverage)} %)")
    if result.grid_mix_total is not None:
        lines.append(f"{word['grid']}: {figure(result.grid_mix_total)}")
    return [*lines, ""]


def refusal_table(findings: Sequence[Finding], language: Language) -> str:
    """What stands in place of a result where the study was refused."""
    return "\n".join([LABELS["refused"].in_(language), *findings_table(findings, language)])


def findings_table(findings: Sequence[Finding], language: Language) -> list[str]:
    """The findings, errors first, each with its place and code."""
    if not findings:
        return []
    lines = [f"  [{SEVERITIES[f.severity].in_(language)}] {f.where}: {f.message.in_(language)} ({f.code})" for f in findings]
    return [LABELS["findings"].in_(language), *lines, ""]


def _parts(title: str, parts: dict[str, Decimal], total: Decimal) -> list[str]:
    rows = [[name, figure(value), percent(value / total) if total else "-"] for name, value in parts.items()]
    return [*columns([[title, "kgCO2e", "%"], *rows], right={1, 2}), ""]


def figure(value: Decimal, digits: int = 4) -> str:
    """A value to some significant figures in plain notation: 0 stays 0, large integers keep all their digits."""
    if value == 0:
        return "0"
    places = digits - 1 - value.adjusted()
    rounded = round(value, places) if places > 0 else round(value, 0)
    return format(rounded, "f")


def percent(share: Decimal | None) -> str:
    """A share as a percentage with one decimal; ``-`` where it is not known."""
    return "-" if share is None else f"{share * 100:.1f}"


def columns(rows: Sequence[Sequence[str]], right: set[int]) -> list[str]:
    """Rows as aligned text; a Han character is two cells wide."""
    widths = [max(_width(row[k]) for row in rows) for k in range(len(rows[0]))]
    return ["  ".join(_padded(cell, widths[k], k in right) for k, cell in enumerate(row)).rstrip() for row in rows]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
