"""What is done of footprints in the background."""

from collections.abc import Mapping

from zuji.documents import build_report, to_docx, to_pdf
from zuji.engine.text import Language
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.footprints import queries
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import WrittenDocument, keep_reports
from zuji.registry.jobs.operations import Argument, Change

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def reports(arguments: Mapping[str, Argument]) -> Change:
    """The job that writes the reports of a footprint and keeps them."""
    code = str(arguments["footprint"])
    written = written_reports(code)
    return lambda: keep_reports(footprint=code, documents=written)


def written_reports(footprint: str) -> list[WrittenDocument]:
    """The reports of a stored footprint, PDF and DOCX in both languages; :func:`keep_reports` keeps them.

    Raises:
        NotFound: there is no such footprint.
    """
    sheet = queries.sheet(footprint, viewer=SYSTEM)
    of = sheet.calculated
    rule = Method.shipped().rulebook.get(of.study.rule)
    filing = queries.filing(footprint, viewer=SYSTEM)
    made = []
    for language in LANGUAGES:
        report = build_report(of.study, of.result, rule, language, issued=sheet.row.calculated_on, analyses=of.analyses, filing=filing)
        made += [
            WrittenDocument(format="pdf", language=language, content=to_pdf(report)),
            WrittenDocument(format="docx", language=language, content=to_docx(report)),
        ]
    return made
