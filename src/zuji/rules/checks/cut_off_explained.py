"""A line left out says why, and where its estimate comes from (ISO 14067:2018 6.3.4.3: the effect is assessed and explained)."""

from zuji.engine.errors import EngineError
from zuji.engine.findings import Finding
from zuji.engine.quantities import parse_number
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def cut_off_explained(case: Case) -> list[Finding]:
    """A warning where the estimate of a line left out has no source, or is zero."""
    return [finding for line in case.inputs if line.item.cut_off is not None for finding in _line(case, line)]


def _line(case: Case, line: InputLine) -> list[Finding]:
    cut = line.item.cut_off
    if cut is None:
        return []
    found: list[Finding] = []
    if cut.source is None or not cut.source.zh.strip():
        message = Text(
            zh=f"取舍项“{line.label.zh}”的估计值没有写来源。请在 cut_off.source 写明如何估计。",
            en=f"The estimate of “{line.label.en}”, which is left out, has no source. State in cut_off.source how it was made.",
        )
        found.append(case.finding("cut-off.no-source", "warning", line.where, message, "cut_off"))
    if _is_zero(cut.estimate):
        message = Text(
            zh=f"取舍项“{line.label.zh}”估计为零；未知不等于零。请给出上限估计，或改列为缺口。",
            en=f"“{line.label.en}” is left out with an estimate of zero; unknown is never zero. Estimate an upper bound, or list it as a gap.",
        )
        found.append(case.finding("cut-off.zero-estimate", "warning", line.where, message, "cut_off"))
    return found


def _is_zero(estimate: str) -> bool:
    try:
        return parse_number(estimate) == 0
    except EngineError:
        return False
