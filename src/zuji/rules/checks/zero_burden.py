"""A factor of zero is a choice of method, not a measurement: it must rest on the rule's waste boundary."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def zero_burden(case: Case) -> list[Finding]:
    """A note for each line whose own factor is zero, naming the clause that must allow it."""
    return [_line(case, line) for line in case.inputs if line.factor is not None and line.factor.own and line.factor.value == 0]


def _line(case: Case, line: InputLine) -> Finding:
    message = Text(
        zh=f"“{line.label.zh}”按零负荷计入。只有废弃物在收集点之前不承担负荷的做法适用时才可以；若有市场价格，应改为分配。",
        en=f"“{line.label.en}” counts with no burden. That holds only where the rule lets waste start without burden at the point of collection; "
        "what is sold at a price is allocated instead.",
    )
    return case.finding("factor.zero-burden", "info", line.where, message, "waste_boundary")
