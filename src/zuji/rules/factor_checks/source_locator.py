"""Each value is opened against its page: the page, table or row where it stands is stated."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def source_locator(case: Case) -> list[Finding]:
    """An error without a page, table or row; a warning without the number of the document."""
    found = []
    if not case.candidate.document_page.strip():
        message = Text(
            "须写明数值所在的页码、表号或行，溯源核对时要逐值打开。",
            "State the page, table or row where the value stands: the traceability check opens each value there.",
        )
        found.append(case.found("gate.source-page", "error", "document_page", message))
    if not case.candidate.document_number.strip():
        message = Text(
            "请写明文号、标准号、DOI 或报告编号；确无编号的写“无”。",
            "State the document, standard or report number or the DOI; write “none” if it has none.",
        )
        found.append(case.found("gate.source-number", "warning", "document_number", message))
    return found
