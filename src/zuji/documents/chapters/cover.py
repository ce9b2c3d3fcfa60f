"""The cover: what product, whose, how much, per what, by which rule, and what this number is not."""

from zuji.documents.blocks import Cover
from zuji.documents.numerals import shown
from zuji.documents.wording import BOUNDARIES, clipped
from zuji.documents.writer import Writer


def short_hash(result_hash: str) -> str:
    """The first twelve digits of a hash, with its algorithm."""
    algorithm, colon, digits = result_hash.partition(":")
    return f"{algorithm}:{digits[:12]}" if colon else result_hash[:12]


def cover(w: Writer) -> Cover:
    """The first page of the report."""
    study, result, about = w.of.study, w.of.result, w.of.study.about
    facts = [
        *_filed(w),
        (_unit_word(w), declared(w)),
        (w.say("系统边界", "System boundary"), w.term(BOUNDARIES, study.boundary)),
        (w.say("核算规则", "Product rule"), rule_name(w)),
        (w.say("数据期间", "Data period"), w.say("{a} 至 {b}", "{a} to {b}").format(a=study.period.start, b=study.period.end)),
        (w.say("地域", "Geography"), study.geography),
        (w.say("报告日期", "Date of report"), w.of.issued.isoformat()),
        (w.say("结果哈希", "Result hash"), short_hash(result.result_hash)),
    ]
    return Cover(
        kicker=w.say("产品碳足迹报告", "Product carbon footprint report"),
        title=w.name(study.title, 80),
        product=w.name(about.model, 120) if about and about.model else "",
        producer=w.name(about.producer if about else None, 100),
        headline_label=w.say("产品碳足迹", "Product carbon footprint")
        if study.boundary == "cradle-to-grave"
        else w.say("产品部分碳足迹", "Partial product carbon footprint"),
        headline=shown(result.total),
        headline_unit=w.unit,
        facts=tuple(facts),
        statement=statement(w),
        mark=w.say("示范 · 企业与数据均为虚构", "DEMONSTRATION · invented plant and data") if about and about.demonstration else "",
    )


def _filed(w: Writer) -> list[tuple[str, str]]:
    """Whose product and which version it is, where the result stands in a register."""
    filing = w.of.filing
    if filing is None:
        return []
    return [
        (w.say("企业", "Enterprise"), f"{w.name(filing.enterprise, 80)}  {filing.uscc}"),
        (w.say("产品版本", "Product version"), w.name(filing.edition, 60)),
        (w.say("结果编号", "Number of the result"), filing.code),
    ]


def declared(w: Writer) -> str:
    """The declared (or functional) unit with what it is a quantity of."""
    about, result = w.of.study.about, w.of.result
    unit = f"{result.declared_amount} {clipped(result.declared_unit, 40)}"
    return f"{unit}  {w.name(about.product, 80)}" if about and about.product else unit


def _unit_word(w: Writer) -> str:
    return w.say("功能单位", "Functional unit") if w.of.study.boundary == "cradle-to-grave" else w.say("声明单位", "Declared unit")


def rule_name(w: Writer) -> str:
    """The rule with its version."""
    if w.of.rule is None:
        return w.of.result.rule or w.not_stated
    return f"{w.name(w.of.rule.title, 60)}  {w.of.rule.reference}"


def statement(w: Writer) -> str:
    """What the report is not. It stands on the cover and in chapter 4."""
    return w.say(
        "本报告由 Zuji 足迹 依据委托方提供的数据计算生成。截至报告日期，本结果未经第三方核查，未开展鉴定性评审，亦未取得产品碳足迹标识认证，不得作为已核查或已认证的声明使用。",
        "This report was calculated by Zuji from data supplied by the commissioner. At its date the result has not been verified by a third party, "
        "has not undergone critical review and carries no certification; it must not be used as a verified or certified claim.",
    )
