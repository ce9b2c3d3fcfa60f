"""What is done of footprints in the background."""

from collections.abc import Mapping

from zuji.documents import build_report, to_docx, to_pdf
from zuji.engine.study import Study
from zuji.engine.text import Language
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.footprints import kept, queries
from zuji.registry.footprints.dependences import row_of, vector_of
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.models import Dependence, Footprint
from zuji.registry.footprints.operations import WrittenDocument, keep_reports
from zuji.registry.jobs.operations import Argument, Change, enqueue

LANGUAGES: tuple[Language, ...] = ("zh", "en")
DEPENDENCES = "footprint.dependences"
"""The kind of job that finds out what older footprints depend on. The migration that made their table enqueues the first; each the next."""
_AT_ONCE = 50


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


def dependences(arguments: Mapping[str, Argument]) -> Change:
    """Find out what the next footprints depend on that were kept before that was kept with them."""
    rows = Footprint.objects.filter(pk__gt=str(arguments["after"]), dependence=None).order_by("pk")
    found: list[Dependence] = []
    last = ""
    for row in rows.only("enterprise_id", "content", "result", "calculated_on")[:_AT_ONCE]:
        last = row.pk
        vector = vector_of(Study.model_validate_json(row.content), kept.read(row.result), row.calculated_on)
        if vector is not None:
            found.append(row_of(vector, footprint=row.pk, enterprise=row.enterprise_id))

    def change() -> None:
        Dependence.objects.bulk_create(found, ignore_conflicts=True)
        if last:
            enqueue(DEPENDENCES, {"after": last}, last)

    return change
