"""Where instruments are used, the result with the grid mix stands beside it (ISO 14067:2018 6.4.9.4)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def electricity_sensitivity(case: Case) -> list[Finding]:
    """A note with the grid-mix total, or a warning where it could not be calculated."""
    special = [line for line in case.inputs if line.item.electricity is not None and line.item.electricity.kind != "grid"]
    if not special or not case.rule.electricity.value.sensitivity:
        return []
    other = case.result.grid_mix_total
    if other is None:
        message = Text(
            "使用了合同电力或专线电力，但没有给出按电网平均计算的对照结果。请在研究中写 grid_mix: 因子编号。",
            "Contractual or dedicated electricity is used without the result by grid mix beside it. State grid_mix: FACTOR in the study.",
        )
        return [case.finding("electricity.no-sensitivity", "warning", "grid_mix", message, "electricity")]
    message = Text(
        zh=f"若全部按电网平均计算，总量为 {other:.4f} kgCO2e，现为 {case.result.total:.4f} kgCO2e。报告须并列给出。",
        en=f"With the grid mix throughout the total would be {other:.4f} kgCO2e instead of {case.result.total:.4f} kgCO2e. The report shows both.",
    )
    return [case.finding("electricity.sensitivity", "info", "grid_mix", message, "electricity")]
