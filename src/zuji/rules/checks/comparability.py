"""What the result may be compared with is said with the result (ISO 14067:2018 6.3.3; ISO 14026)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def comparability(case: Case) -> list[Finding]:
    """One note: comparison needs the same rule version, unit, boundary and GWP set; a warning that gaps hinder it where there are gaps."""
    same = f"{case.rule.reference}, {case.study.declared_unit.unit}, {case.study.boundary}, {case.study.gwp}"
    gaps = len(case.result.gaps)
    short = Text(f"另有 {gaps} 处缺口未计入。", f"Gaps that are not counted: {gaps}.") if gaps else Text("", "")
    message = Text(
        zh=f"本结果只可与同一规则版本、声明单位、边界与 GWP 的结果比较（{same}）。{short.zh}",
        en=f"This result may be compared only with results of the same rule version, declared unit, boundary and GWP set ({same}). {short.en}".strip(),
    )
    return [case.finding("result.comparability", "info", "result", message, "comparability")]
