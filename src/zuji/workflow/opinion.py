"""The form on which experts give their opinion: what is scored, and what a verdict has to agree with."""

from collections.abc import Mapping

from zuji.engine.text import Text
from zuji.workflow.factor import Verdict

FORM = "expert/1"
"""The version of the form; an opinion names the one that it was given on."""

QUESTIONS: Mapping[str, Text] = {
    "source": Text("来源权威、可查，引用完整", "The source is authoritative, can be looked up and is cited in full"),
    "method": Text("核算方法与系统边界说明清楚、前后一致", "Method and system boundary are stated clearly and agree with each other"),
    "technology": Text("技术路线与所声明的产品一致", "The technology is that of the product as declared"),
    "geography": Text("地域与所声明的适用范围一致", "The geography is that of the declared scope"),
    "time": Text("数据年份适合当前使用", "The year of the data suits present use"),
    "plausibility": Text("数值合理，与同类数据可比", "The value is plausible and comparable with its like"),
    "uncertainty": Text("不确定性与数据质量评分可信", "Uncertainty and data-quality scores are credible"),
}
"""Each is scored from 1 (not at all) to 5 (fully)."""

SCORES = range(1, 6)
LOWEST_TO_ACCEPT = 3
"""Who scores a question lower than this asks for a revision at least."""


def faults(answers: Mapping[str, int], verdict: Verdict, comment: str) -> dict[str, Text]:
    """What is wrong with an opinion, by question, ``verdict`` or ``comment``; empty where it can be kept."""
    found: dict[str, Text] = {}
    for question in QUESTIONS:
        if answers.get(question) not in SCORES:
            found[question] = Text("请打 1 至 5 分。", "Give a score from 1 to 5.")
    low = [question for question in QUESTIONS if question not in found and answers[question] < LOWEST_TO_ACCEPT]
    if verdict == "accept" and low:
        zh, en = "、".join(QUESTIONS[each].zh for each in low), "; ".join(QUESTIONS[each].en for each in low)
        found["verdict"] = Text(f"有低于 3 分的项目，不能通过：{zh}。", f"One does not accept with a score below 3: {en}.")
    if not comment.strip():
        found["comment"] = Text("请写明评审意见。", "Write your remarks.")
    return found
