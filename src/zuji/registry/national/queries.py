"""The divergence report, for those who decide on factors."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.national.models import Comparison, Row, Run
from zuji.registry.refusals import NotFound
from zuji.rules.precedence import Rule, load_precedence
from zuji.workflow.duties import Duty

PAGE = 50
OFFICIALS = frozenset(duty.value for duty in Duty if duty is not Duty.AUDITOR)


@dataclass(frozen=True, slots=True)
class Divergence:
    """A national value beside ours. ``ours`` is empty where nothing of the same thing is published here."""

    number: str
    version: str
    name: Text
    geography: str
    year: str
    their_value: str
    ours: str
    our_value: str
    ratio: str
    takes: str
    rule: str
    why: Text


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row with errors: its number and what is wrong with it, each with field and words."""

    number: str
    version: str
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The last finished synchronisation: what came, what is wrong with rows, and the comparisons of a page, the farthest apart first."""

    run: Run | None
    rules: tuple[Rule, ...]
    rows: tuple[Divergence, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    faulty: tuple[Faulty, ...]
    told: tuple[Mapping[str, Any], ...]
    began: datetime.datetime | None


def report(*, viewer: Viewer, takes: str = "", page: int = 1, size: int = PAGE) -> Report:
    """The divergence report. The number of database queries is fixed. Raises :class:`NotFound` for who decides on no factors."""
    if not viewer.system and not viewer.duties & OFFICIALS:
        raise NotFound
    precedence = load_precedence()
    run = Run.objects.filter(state="finished").order_by("-pk").first()
    if run is None:
        return Report(None, precedence.rules, (), 0, 1, 1, {}, (), (), None)
    of_run = Comparison.objects.filter(run=run)
    counted = of_run.aggregate(
        of_ours=Count("pk", filter=Q(takes="ours")),
        of_national=Count("pk", filter=Q(takes="national") & ~Q(ours="")),
        of_alone=Count("pk", filter=Q(ours="")),
    )
    counts = {name.removeprefix("of_"): n for name, n in counted.items()}
    chosen = {
        "ours": of_run.filter(takes="ours"),
        "national": of_run.filter(takes="national").exclude(ours=""),
        "alone": of_run.filter(ours=""),
    }
    fitting = chosen.get(takes, of_run)
    total = fitting.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    words = {rule.code: rule.words for rule in precedence.rules}
    return Report(
        run=run,
        rules=precedence.rules,
        rows=tuple(_divergence(each, words) for each in fitting.select_related("row")[(page - 1) * size : page * size]),
        total=total,
        page=page,
        pages=pages,
        counts=counts,
        faulty=tuple(
            Faulty(row.number, row.version, tuple(each for each in json.loads(row.findings) if each["severity"] == "error"))
            for row in Row.objects.filter(errors__gt=0).order_by("-pk")[:size]
        ),
        told=tuple(json.loads(run.told))[:size],
        began=run.began,
    )


def _divergence(one: Comparison, words: Mapping[str, Text]) -> Divergence:
    fields = json.loads(one.row.fields)
    zh, en = fields.get("name_zh", ""), fields.get("name_en", "")
    return Divergence(
        number=one.row.number,
        version=one.row.version,
        name=Text(zh or en, en or zh),
        geography=fields.get("geography", ""),
        year=fields.get("year", ""),
        their_value=one.their_value,
        ours=one.ours,
        our_value=one.our_value,
        ratio=f"{float(one.ratio):.3g}" if one.ratio else "",
        takes=one.takes,
        rule=one.rule,
        why=words.get(one.rule, Text(one.rule, one.rule)),
    )
