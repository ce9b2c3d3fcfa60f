"""The report: the first PDF of a process, then warm, and DOCX."""

import datetime
from collections.abc import Iterator

from zuji.bench.figures import Figure, median_seconds
from zuji.bench.studies import example
from zuji.documents import build_report, to_docx, to_pdf
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import assess, load_rules

TODAY = datetime.date(2026, 12, 31)


def report_figures() -> Iterator[Figure]:
    """The figures of the report, on the example study of cement."""
    study, rules, library = example(), load_rules(), load_library()
    sets = {str(study.gwp): load_gwp(study.gwp)}
    result = assess(study, library, rules, sets, today=TODAY)
    report = build_report(study, result, rules.get(study.rule), "zh", issued=TODAY)
    yield Figure("report as PDF/A, first of the process", median_seconds(lambda: to_pdf(report), runs=1), 1, aim=5)
    yield Figure("report as PDF/A, warm", median_seconds(lambda: to_pdf(report), runs=5), 5)
    yield Figure("report as DOCX, warm", median_seconds(lambda: to_docx(report), runs=3), 3)
