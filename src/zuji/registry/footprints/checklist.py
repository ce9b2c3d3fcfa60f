"""What is looked at before a version is signed: one list, the same for the preparer, the approver and the record. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zuji.documents.numerals import percent, shown
from zuji.engine.results import Contribution, Result
from zuji.engine.text import Text
from zuji.registry.electricity.coverage import Coverage

Standing = Literal["ok", "attention", "blocking"]
WORST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. ``code`` is stable; ``detail`` says it in numbers and names."""

    code: str
    standing: Standing
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the list takes beside the result: whether the identity is confirmed, pages not finished, questions whose answer is out of its plausible
    range, warnings in all, keys of fields, keys with evidence; and how far green power is claimed, None where nothing counts as green.
    """

    identity_confirmed: bool
    unfinished: Sequence[Text]
    implausible: Sequence[Text]
    warnings: int
    evidenced: int
    answered: int
    same_person: bool | None = None
    green_power: Coverage | None = None


def checklist(result: Result, at: Circumstances) -> tuple[Item, ...]:
    """Every item, in a fixed order. Only ``blocking`` ones stop the submission; ``attention`` is for the approver to judge."""
    return (
        _identity(at),
        _pages(at),
        _plausible(at),
        _warnings(at),
        _gaps(result),
        _primary(result),
        _quality(result),
        _uncertainty(result),
        _evidence(at),
        *(() if at.green_power is None else (_green_power(at.green_power),)),
        *(() if at.same_person is None else (_persons(at.same_person),)),
    )


def worst_rows(result: Result, most: int = WORST_ROWS) -> tuple[Contribution, ...]:
    """The largest contributions among those with the worst or no data quality scores: unscored counts as worst."""
    carrying = [c for c in result.contributions if c.value]
    return tuple(sorted(carrying, key=lambda c: (-(c.quality if c.quality is not None else 6), -abs(c.value), c.item))[:most])


def _identity(at: Circumstances) -> Item:
    title = Text("企业身份", "Identity of the enterprise")
    if at.identity_confirmed:
        return Item("identity", "ok", title, Text("已确认。", "Confirmed."))
    return Item(
        "identity",
        "blocking",
        title,
        Text(
            "平台尚未确认企业身份：可以核算，不能提交。", "The platform has not confirmed it yet: calculating is open, submitting is not."
        ),
    )


def _pages(at: Circumstances) -> Item:
    title = Text("填报页面", "Pages of the questionnaire")
    if not at.unfinished:
        return Item("pages", "ok", title, Text("全部已填完。", "All are filled in."))
    zh, en = "、".join(each.zh for each in at.unfinished), ", ".join(each.en for each in at.unfinished)
    return Item("pages", "blocking", title, Text(f"还没有填完：{zh}。", f"Not filled in yet: {en}."))


def _plausible(at: Circumstances) -> Item:
    title = Text("数值是否合理", "Plausible answers")
    if not at.implausible:
        return Item("plausible", "ok", title, Text("没有超出合理范围的数值。", "No answer is outside its plausible range."))
    zh, en = "、".join(each.zh for each in at.implausible), ", ".join(each.en for each in at.implausible)
    return Item(
        "plausible",
        "attention",
        title,
        Text(f"不在合理范围，先核对单位：{zh}。", f"Outside the plausible range; check the units first: {en}."),
    )


def _warnings(at: Circumstances) -> Item:
    title = Text("规则核对", "Findings of the rule")
    if not at.warnings:
        return Item("findings", "ok", title, Text("没有警告。", "No warnings."))
    return Item("findings", "attention", title, Text(f"{at.warnings} 条警告，须逐条看过。", f"{at.warnings} warnings; look at each."))


def _gaps(result: Result) -> Item:
    title = Text("数据缺口", "Gaps")
    if not result.gaps:
        return Item("gaps", "ok", title, Text("没有缺口。", "None."))
    zh, en = "、".join(gap.label.zh for gap in result.gaps), ", ".join(gap.label.en for gap in result.gaps)
    return Item(
        "gaps",
        "attention",
        title,
        Text(
            f"{len(result.gaps)} 项没有因子，没有计入总量：{zh}。",
            f"{len(result.gaps)} lines have no factor and are not in the total: {en}.",
        ),
    )


def _primary(result: Result) -> Item:
    title = Text("初级数据占比", "Primary data share")
    share = result.primary_data_share
    if share is None:
        return Item("primary", "attention", title, Text("没有注明数据类型，无法计算。", "The types of the data are not stated."))
    return Item("primary", "ok", title, Text(f"按贡献计 {percent(share)}。", f"{percent(share)} by contribution."))


def _quality(result: Result) -> Item:
    title = Text("数据质量", "Data quality")
    quality = result.data_quality
    rows = worst_rows(result)
    zh, en = "、".join(row.label.zh for row in rows), ", ".join(row.label.en for row in rows)
    if quality.overall is None:
        return Item(
            "quality",
            "attention",
            title,
            Text(f"没有评分。贡献最大的未评分项：{zh}。", f"Not rated. The largest rows without a rating: {en}."),
        )
    return Item(
        "quality",
        "ok" if quality.coverage == 1 else "attention",
        title,
        Text(
            f"总评 {shown(quality.overall, 3)}（1 最好，5 最差），评分覆盖总量的 {percent(quality.coverage)}。最差的项：{zh}。",
            f"Overall {shown(quality.overall, 3)} (1 best, 5 worst); {percent(quality.coverage)} of the total is rated. Worst rows: {en}.",
        ),
    )


def _uncertainty(result: Result) -> Item:
    title = Text("不确定性", "Uncertainty")
    spread = result.uncertainty
    if spread.low is None or spread.high is None:
        return Item("uncertainty", "attention", title, Text("没有注明离散度，无法给出区间。", "No spread is stated, so there is no range."))
    return Item(
        "uncertainty",
        "ok" if spread.coverage == 1 else "attention",
        title,
        Text(
            f"95 % 区间 {shown(spread.low)} 至 {shown(spread.high)} kgCO₂e；注明离散度的数据占总量的 {percent(spread.coverage)}，其余按确定值。",
            f"95 % range {shown(spread.low)} to {shown(spread.high)} kgCO₂e; a spread is stated for {percent(spread.coverage)} of the total, "
            "the rest is taken as exact.",
        ),
    )


def _evidence(at: Circumstances) -> Item:
    title = Text("佐证文件", "Evidence")
    standing: Standing = "ok" if at.answered and at.evidenced == at.answered else "attention"
    return Item(
        "evidence",
        standing,
        title,
        Text(f"{at.answered} 项数量中 {at.evidenced} 项附有文件。", f"{at.evidenced} of {at.answered} amounts have a file behind them."),
    )


def _green_power(found: Coverage) -> Item:
    title = Text("绿电与证书", "Green power and certificates")
    amount = Text(f"绿电 {shown(found.used / 1000, 6)} MWh", f"{shown(found.used / 1000, 6)} MWh of green power")
    if found.covered:
        return Item(
            "green_power",
            "ok",
            title,
            Text(f"{amount.zh}，均有已登记证书的认领。", f"{amount.en}, all claimed of registered certificates."),
        )
    zh, en = "".join(fault.zh for fault in found.faults), " ".join(fault.en for fault in found.faults)
    return Item("green_power", "blocking", title, Text(zh, en))


def _persons(same: bool) -> Item:
    title = Text("编制人与签核人", "Preparer and approver")
    if same:
        return Item("persons", "attention", title, Text("为同一人，记录在案。", "They are the same person; this is recorded."))
    return Item("persons", "ok", title, Text("为不同的人。", "They are different people."))


def as_plain(items: Sequence[Item]) -> list[Mapping[str, str]]:
    """The list as it is frozen with a submission: plain texts in both languages."""
    return [
        {
            "code": item.code,
            "standing": item.standing,
            "title_zh": item.title.zh,
            "title_en": item.title.en,
            "detail_zh": item.detail.zh,
            "detail_en": item.detail.en,
        }
        for item in items
    ]
