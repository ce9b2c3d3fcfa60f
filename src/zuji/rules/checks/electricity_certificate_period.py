"""The certificate behind contractual electricity is of the data period (ISO 14067:2018 6.4.9.4).

That there is a certificate and that it is cancelled the calculation itself demands; it refuses the study otherwise.
"""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def electricity_certificate_period(case: Case) -> list[Finding]:
    """A warning for each certificate of another period than the data; a note for each that states none."""
    return [finding for line in case.inputs for finding in _line(case, line)]


def _line(case: Case, line: InputLine) -> list[Finding]:
    certificate = line.item.electricity.certificate if line.item.electricity is not None else None
    if certificate is None:
        return []
    if certificate.period is None:
        message = Text(
            zh=f"证书 {certificate.number} 没有写明所属时段，无法核对是否与数据期相符。",
            en=f"Certificate {certificate.number} states no period, so it cannot be held against the data period.",
        )
        return [case.finding("electricity.certificate-undated", "info", line.where, message, "electricity")]
    if certificate.period.start <= case.study.period.end and case.study.period.start <= certificate.period.end:
        return []
    message = Text(
        zh=f"证书 {certificate.number} 的时段 {certificate.period.start} 至 {certificate.period.end} 与数据期不相交。",
        en=f"Certificate {certificate.number} covers {certificate.period.start} to {certificate.period.end}, outside the data period.",
    )
    return [case.finding("electricity.certificate-period", "warning", line.where, message, "electricity")]
