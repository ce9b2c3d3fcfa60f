"""Claims on electricity: whose attribute is it, and is it claimed only once?

Source: ISO 14067:2018 6.4.9.4 (contractual instruments: unique claim, tracked, redeemed or cancelled on behalf of the user).
"""

from zuji.engine.findings import Findings
from zuji.engine.study import Electricity
from zuji.engine.text import Text
from zuji.engine.units import Unit, parse_unit

ELECTRICITY_CLAUSE = "ISO 14067:2018 6.4.9.4"


def check_claim(electricity: Electricity | None, unit: Unit | None, where: str, findings: Findings) -> None:
    """A claim is on an amount of energy; a contractual instrument counts only with its certificate, and only once that is cancelled."""
    if electricity is None:
        return
    if unit is not None and unit.powers != parse_unit("kWh").powers:
        findings.error(
            "electricity.not-energy",
            where,
            Text(
                f"此行写了 electricity，但用量以“{unit.text}”计，不是电量。请改用 kWh 等电量单位，或去掉 electricity。",
                f"This line says electricity, but its amount is in “{unit.text}”, which is no electricity. State it in kWh, or take electricity out.",
            ),
            ELECTRICITY_CLAUSE,
        )
    if electricity.kind != "contract":
        return
    certificate = electricity.certificate
    if certificate is not None and certificate.period is not None and certificate.period.start > certificate.period.end:
        findings.error(
            "period.reversed",
            f"{where} / electricity / certificate / period",
            Text(
                "证书时段的开始晚于结束。请对调或更正。", "The period of the certificate starts after its end. Swap or correct the dates."
            ),
            ELECTRICITY_CLAUSE,
        )
    if certificate is None or not certificate.number.strip():
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
