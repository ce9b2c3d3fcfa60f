"""Building a report: study and result in, block model out. The only place that knows the order of the chapters."""

import datetime

from zuji.documents.blocks import Contents, Report
from zuji.documents.chapters import annexes, assessment, goal, interpretation, inventory, summary
from zuji.documents.chapters.cover import cover, short_hash
from zuji.documents.writer import Filing, Material, Writer
from zuji.engine.analyses import Analyses, analyse
from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorSource
from zuji.engine.impact import GwpSet
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.engine.text import Language
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import Rule

_CHAPTERS = (summary, goal, inventory, assessment, interpretation, annexes)


def build_report(  # noqa: PLR0913  # what a report is made of, each by its name
    study: Study,
    result: Result,
    rule: Rule | None,
    language: Language,
    *,
    issued: datetime.date,
    factors: FactorSource | None = None,
    gwp: GwpSet | None = None,
    analyses: Analyses | None = None,
    filing: Filing | None = None,
) -> Report:
    """The report of a result, with the chapters of GB/T 24067-2024 and ISO 14067:2018 7.3.

    ``issued`` is the date on the report; nothing else in it depends on when it is made. ``factors`` is where the study's factors are looked up
    to show them with their source (the shipped library if left out; a factor whose content is not that of the result shows as not stated), ``gwp``
    the characterization set, ``analyses`` what :func:`zuji.engine.analyses.analyse` found (made here if left out), ``filing`` where the
    result stands in a register.
    Every number comes from ``result`` or is as entered in ``study``.
    """
    library = load_library() if factors is None else factors
    values = load_gwp(study.gwp) if gwp is None else gwp
    explored = _analysed(study, library, values, issued) if analyses is None else analyses
    w = Writer(Material(study, result, rule, language, issued, library, values, explored, filing))
    front = cover(w)
    w.blocks.append(Contents(w.say("目录", "Contents")))
    for chapter in _CHAPTERS:
        chapter.write(w)
    return Report(
        language=language,
        title=f"{front.title} — {front.kicker}" if language == "en" else f"{front.title}　{front.kicker}",
        author=front.producer,
        subject=front.kicker,
        keywords=(w.say("产品碳足迹", "product carbon footprint"), "GB/T 24067", "ISO 14067", result.study),
        issued=issued,
        result_hash=result.result_hash,
        running_title=w.name(study.title, 30 if language == "zh" else 32) + "  ·  " + front.kicker,
        running_mark=short_hash(result.result_hash) + (f"  ·  {w.say('示范', 'DEMONSTRATION')}" if front.mark else ""),
        page_words=("第", "页，共", "页") if language == "zh" else ("Page", "of", ""),
        cover=front,
        blocks=tuple(w.blocks),
    )


def _analysed(study: Study, factors: FactorSource, gwp: GwpSet, today: datetime.date) -> Analyses | None:
    """None where the study cannot be calculated again with these factors: the report then says that no analyses were supplied."""
    try:
        return analyse(study, factors, gwp, today=today)
    except StudyRefused:
        return None
