"""Which clauses of the rule rest on no source that was seen: said once for every result."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def unverified_clauses(case: Case) -> list[Finding]:
    """One note that lists the clauses whose value is a parameter of status unverified (未核实)."""
    open_ = [(name, clause) for name, clause in case.rule.clauses.items() if not clause.verified]
    if not open_:
        return []
    names = ", ".join(name for name, _ in open_)
    message = Text(
        zh=f"规则 {case.rule.reference} 有 {len(open_)} 条参数未见到原文依据（未核实）：{names}。主管部门可设定，设定前据此得出的提示仅供参考。",
        en=f"Rule {case.rule.reference} has {len(open_)} parameters for which no source was seen (unverified): {names}. "
        "An authority can set them; until then findings that rest on them are guidance only.",
    )
    return [Finding("rule.unverified-clauses", "info", "rule", message, case.rule.reference)]
