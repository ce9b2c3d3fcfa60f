"""Contractual electricity has a certificate, cancelled, and of the data period (ISO 14067:2018 6.4.9.4)."""

from zuji.engine.findings import Finding
from zuji.engine.study import Certificate
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def electricity_contract(case: Case) -> list[Finding]:
    """A warning for each contract line without certificate, with one in a state the rule does not take, or of another period."""
    return [
        finding
        for line in case.inputs
        if line.item.electricity is not None and line.item.electricity.kind == "contract"
        for finding in _line(case, line)
    ]


def _line(case: Case, line: InputLine) -> list[Finding]:
    certificate = line.item.electricity.certificate if line.item.electricity is not None else None
    if certificate is None:
        message = Text(
            zh=f"“{line.label.zh}”按合同电力计算，但没有证书编号。没有证书的部分应按电网平均计算。",
            en=f"“{line.label.en}” counts as contractual electricity but names no certificate. Without one it counts as grid mix.",
        )
        return [case.finding("electricity.no-certificate", "warning", line.where, message, "electricity")]
    return [*_state(case, line, certificate), *_period(case, line, certificate)]


def _state(case: Case, line: InputLine, certificate: Certificate) -> list[Finding]:
    if certificate.state in case.rule.electricity.value.states:
        return []
    message = Text(
        zh=f"证书 {certificate.number} 的状态为 {certificate.state}，未注销；环境权益可能被重复主张。请注销后再用，否则按电网平均计算。",
        en=f"Certificate {certificate.number} is {certificate.state}, not cancelled: its attribute may be claimed twice. Cancel it first, or use the grid mix.",
    )
    return [case.finding("electricity.not-cancelled", "warning", line.where, message, "electricity")]


def _period(case: Case, line: InputLine, certificate: Certificate) -> list[Finding]:
    if certificate.period is None:
        message = Text(
            zh=f"证书 {certificate.number} 没有写明所属时段，无法核对是否与数据期相符。",
            en=f"Certificate {certificate.number} states no period, so it cannot be held against the data period.",
        )
        return [case.finding("electricity.certificate-period", "info", line.where, message, "electricity")]
    if certificate.period.start <= case.study.period.end and case.study.period.start <= certificate.period.end:
        return []
    message = Text(
        zh=f"证书 {certificate.number} 的时段 {certificate.period.start} 至 {certificate.period.end} 与数据期不相交。",
        en=f"Certificate {certificate.number} covers {certificate.period.start} to {certificate.period.end}, outside the data period.",
    )
    return [case.finding("electricity.certificate-period", "warning", line.where, message, "electricity")]
