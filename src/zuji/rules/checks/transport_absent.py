"""Transport is considered in every stage (ISO 14067:2018 6.3.4.1)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def transport_absent(case: Case) -> list[Finding]:
    """A warning where no line of the study is freight; a note for each process that buys materials and lists none of it."""
    if not case.rule.transport.value or case.study.boundary == "gate-to-gate":
        return []
    carried = {line.process.id for line in case.inputs if _freight(line)}
    if not carried:
        message = Text(
            "研究中没有任何运输。请补充主要原材料与燃料的运输（质量 × 距离），或说明为何可以不计。",
            "The study has no transport at all. Add that of the main materials and fuels (mass × distance), or say why it may be left out.",
        )
        return [case.finding("transport.none", "warning", "processes", message, "transport")]
    buying = {
        line.process.id
        for line in case.inputs
        if line.factor is not None and line.factor.kind == "life-cycle" and _material(line.factor.category)
    }
    return [_process(case, process) for process in sorted(buying - carried)]


def _freight(line: InputLine) -> bool:
    return line.item.transport is not None or (line.factor is not None and line.factor.category == "transport")


def _material(category: str) -> bool:
    return category not in ("transport", "electricity", "heat", "water", "waste", "waste-treatment", "fuel-combustion")


def _process(case: Case, process: str) -> Finding:
    message = Text(
        zh=f"过程“{process}”使用外购物料而没有列运输。若物料因子不含到厂运输，请补充。",
        en=f"Process “{process}” uses bought materials and lists no transport. Add it unless the factors of the materials contain delivery.",
    )
    return case.finding("transport.process", "info", process, message, "transport")
