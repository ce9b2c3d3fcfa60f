"""Claims on electricity: whose attribute is it, and is it claimed only once?

Source: ISO 14067:2018 6.4.9.4 (contractual instruments: unique claim, tracked, redeemed or cancelled on behalf of the user).
"""

from zuji.engine.findings import Findings
from zuji.engine.study import Electricity
from zuji.engine.text import Text

ELECTRICITY_CLAUSE = "ISO 14067:2018 6.4.9.4"


def check_claim(electricity: Electricity | None, where: str, findings: Findings) -> None:
    """A contractual instrument counts only with its certificate, and only once that is cancelled."""
    if electricity is None or electricity.kind != "contract":
        return
    certificate = electricity.certificate
    if certificate is None:
        findings.error(
            "electricity.certificate-missing",
            where,
            Text("合同电力须写明证书编号及注销状态。", "Contractual electricity needs its certificate number and cancellation state."),
            ELECTRICITY_CLAUSE,
        )
    elif certificate.state != "cancelled":
        findings.error(
            "electricity.certificate-not-cancelled",
            where,
            Text(
                zh=f"证书 {certificate.number} 未注销（状态 {certificate.state}），环境属性可能被重复声明。请注销后再用，或改用电网电力。",
                en=f"Certificate {certificate.number} is not cancelled (state {certificate.state}), so its attribute could be claimed twice. "
                "Cancel it first, or use grid electricity.",
            ),
            ELECTRICITY_CLAUSE,
        )
