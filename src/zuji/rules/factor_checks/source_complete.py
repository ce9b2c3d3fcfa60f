"""The source is stated whole: who published what, when, and where it is found."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def source_complete(case: Case) -> list[Finding]:
    """An error for each of publisher, title, year and address that is missing."""
    factor = case.factor
    needed = (
        ("publisher", factor.publisher, "发布者", "the publisher"),
        ("source", factor.source, "文件或出版物的题名", "the title of the document"),
        ("source_year", str(case.document_year or ""), "发布年份（四位）", "the year of publication, in four digits"),
        ("address", factor.address, "可以找到它的地址", "the address where it is found"),
    )
    return [
        case.found("gate.source-incomplete", "error", field, Text(f"来源须写明{zh}。", f"The source states {en}."))
        for field, value, zh, en in needed
        if not value.strip()
    ]
