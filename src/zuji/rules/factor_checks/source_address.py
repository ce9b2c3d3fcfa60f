"""An address leads somewhere: a link, a DOI, a standard's number, or a described place."""

import re

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_LEADS = re.compile(r"https?://\S+\.\S+|10\.\d{4,9}/\S+|github\.com/|GB/T? ?\d|ISO ?\d|\w+\.(?:cn|com|org|gov|net|eu|uk)\b", re.IGNORECASE)
_LOCAL = re.compile(r"file:|localhost|127\.0\.0\.1|\\\\|[a-z]:\\", re.IGNORECASE)


def source_address(case: Case) -> list[Finding]:
    """An error for a place on somebody's own machine; a note where no link, DOI or number can be seen."""
    address = case.factor.address
    if not address:
        return []
    if _LOCAL.search(address):
        message = Text("地址指向某台电脑上的文件，别人打不开。", "The address is a file on one machine; nobody else can open it.")
        return [case.found("gate.source-address", "error", "address", message)]
    if _LEADS.search(address):
        return []
    message = Text(
        "地址里没有链接、DOI 或标准号，他人难以找到原文。",
        "The address has no link, DOI or standard number; others will not find the document.",
    )
    return [case.found("gate.source-address", "info", "address", message)]
