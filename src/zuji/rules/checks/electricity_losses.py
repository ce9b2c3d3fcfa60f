"""Transmission and distribution of electricity are in, or it is said that they may not be (ISO 14067:2018 6.4.9.4)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine

WORDS = ("输配电", "transmission")


def electricity_losses(case: Case) -> list[Finding]:
    """A note where grid electricity is used and no line of the same process is for transmission and distribution.

    The annex that was seen does not say whether the national factor contains them, so nothing is added silently.
    """
    covered = {line.process.id for line in case.inputs if _is_losses(line)}
    bare = sorted(
        {
            line.process.id
            for line in case.inputs
            if line.factor is not None and line.factor.category == "electricity" and not _is_losses(line)
        }
        - covered
    )
    if not bare:
        return []
    message = Text(
        zh=f"过程 {'、'.join(bare)} 的用电没有另列输配电（CN-EL-CF-2024-td-loss，0.0327 kgCO2e/kWh）。公告附件未说明全国因子是否已含输配电，报告须说明。",
        en=f"Processes {', '.join(bare)} list no transmission and distribution beside their electricity (CN-EL-CF-2024-td-loss, 0.0327 kgCO2e/kWh). "
        "The annex seen does not say whether the national factor contains them; the report must say what was done.",
    )
    return [case.finding("electricity.losses", "info", "electricity", message, "electricity")]


def _is_losses(line: InputLine) -> bool:
    return line.factor is not None and line.factor.says(WORDS)
