"""The process of a factor as a page: its states, who takes which step, and how long each has."""

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text
from zuji.workflow.factor import FACTOR, NAMES, PARTY_NAMES, TERMS, State

_TITLE = Text("因子的流程", "The process of a factor")
_LEAD = Text(
    "由 `zuji.workflow.factor` 的表生成：在哪个状态，谁可以做什么，之后到哪个状态。表中没有的一律不能做。“平台自动”的步骤由之前各人的办理决定。",
    "Written from the table in `zuji.workflow.factor`: in which state who may do what, and where it leads. What is not in the table is not done. "
    "Steps of the platform follow from what people did before.",
)
_TERMS = Text(
    "期限为平台自定，未见规定原文（未核实）；双方都看得到剩余天数。",
    "Terms are the platform's own: no text that sets them was seen (unverified). Both sides see the days that are left.",
)


def write(language: Language) -> str:
    """The page."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).in_(language)

    def name(code: str) -> str:
        return NAMES[code].in_(language)

    steps = [
        [
            name(source.value),
            PARTY_NAMES[each.permission].in_(language),
            name(each.action.value),
            name(each.target.value),
            "✓" if each.reasoned else "",
        ]
        for source in State
        for each in FACTOR.transitions
        if source in each.sources
    ]
    terms = [[name(state.value), str(days)] for state, days in TERMS.items()]
    head = [said("状态", "State"), said("办理", "Who"), said("步骤", "Step"), said("之后", "Then"), said("须写理由", "Needs a reason")]
    body = [
        table(head, steps),
        f"## {said('期限', 'Terms')}\n\n{_TERMS.in_(language)}",
        table([said("状态", "State"), said("天", "Days")], terms),
    ]
    return page(_TITLE, _LEAD, body, language)
