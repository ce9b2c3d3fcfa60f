"""Every gap is named beside the total: a missing factor is never zero (ISO 14067:2018 7.3)."""

from zuji.engine.findings import Finding
from zuji.engine.results import Gap
from zuji.engine.text import Text
from zuji.rules.case import Case


def gaps_listed(case: Case) -> list[Finding]:
    """A warning for each gap, with its possible size where a bound is stated. A gap is never an error: the result stands without it."""
    return [_gap(gap) for gap in case.result.gaps]


def _gap(gap: Gap) -> Finding:
    if gap.low is not None and gap.high is not None:
        size = Text(
            zh=f"可能大小 {float(gap.low):.4g} 至 {float(gap.high):.4g} kgCO2e",
            en=f"possible size {float(gap.low):.4g} to {float(gap.high):.4g} kgCO2e",
        )
    else:
        size = Text("大小未知", "size unknown")
    message = Text(
        zh=f"“{gap.label.zh}”没有因子，未计入总量（{size.zh}）。可填写企业自有因子及其来源。",
        en=f"“{gap.label.en}” has no factor and is not in the total ({size.en}). Supply a factor of your own with its source.",
    )
    return Finding("gap.no-factor", "warning", f"{gap.process} / {gap.label.zh}", message, "ISO 14067:2018 7.3")
