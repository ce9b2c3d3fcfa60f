"""The reference year exists, lies before the document that states it, and is not of another age."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def year_plausible(case: Case) -> list[Finding]:
    """Errors for years that cannot be, warnings for one that is missing or old."""
    year, document, today = case.factor.year, case.document_year, case.context.today.year
    if document is not None and not 1900 <= document <= today:
        message = Text(f"文件年份 {document} 不可能。", f"The document cannot be of {document}.")
        return [case.found("gate.year-impossible", "error", "source_year", message)]
    if year is None:
        message = Text("没有写明数据的基准年。", "The reference year of the data is not stated.")
        return [case.found("gate.year-missing", "warning", "year", message, reference="ISO 14067:2018 6.3.5 a)")]
    if not 1900 <= year <= today:
        message = Text(f"基准年 {year} 不可能。", f"The reference year {year} cannot be.")
        return [case.found("gate.year-impossible", "error", "year", message)]
    if document is not None and year > document:
        message = Text(f"基准年 {year} 晚于文件年份 {document}。", f"The reference year {year} is later than the document of {document}.")
        return [case.found("gate.year-impossible", "error", "year", message)]
    if today - year > case.context.limits["oldest_year"]:
        message = Text(
            f"基准年 {year} 距今 {today - year} 年，请说明仍具代表性。",
            f"The reference year {year} lies {today - year} years back; say why it still stands.",
        )
        return [case.found("gate.year-old", "warning", "year", message, "oldest_year")]
    return []
