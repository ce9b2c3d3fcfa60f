"""Taking in what the national database delivers, and making drafts of it. Nothing of ours is changed, and nothing is published."""

import datetime
import json
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from zuji.connectors.national import NationalDatabase, Page
from zuji.engine.text import Text
from zuji.registry.accounts.queries import enterprise_by_uscc
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.factors import gate
from zuji.registry.governance import handing_over
from zuji.registry.governance.handing_over import Handed, Provenance
from zuji.registry.national.comparing import compare
from zuji.registry.national.judging import about, fields_of, judged, proposed, sealed, written
from zuji.registry.national.models import Row, Run
from zuji.registry.national.queries import OFFICIALS
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.rules.factor_checks import Context

MOST_PAGES = 10_000
MOST_TOLD = 2000


@dataclass(frozen=True, slots=True)
class Synchronised:
    """What a synchronisation did; ``resumed`` where it went on from an interrupted one."""

    run: int
    resumed: bool
    pages: int
    received: int
    added: int
    known: int
    faulty: int


def synchronise(source: NationalDatabase, *, viewer: Viewer, now: datetime.datetime | None = None) -> Synchronised:
    """Take in all pages of a source, page by page, each in a transaction of its own with the place to go on from; then compare.

    A second run with the same content adds nothing. An interrupted one is gone on with. What the source raises is passed on; what was
    taken in until then stays.

    Raises:
        NotAllowed: only the platform itself synchronises (a command or a job).
        Refused: the source never ends.
    """
    if not viewer.system:
        raise NotAllowed(Text("同步由平台自动进行。", "The platform synchronises by itself."))
    at = now or datetime.datetime.now(datetime.UTC)
    run, resumed = _running(source.name, at)
    surroundings = gate.whole(today=at.astimezone().date())
    following: str | None = run.cursor
    while following is not None:
        if run.pages >= MOST_PAGES:
            raise Refused(Text("数据源的页数没有尽头。", "The source has no last page."))
        page = source.page(following)
        if page.next is not None and page.next == following:
            raise Refused(Text("数据源重复给出同一页。", "The source gives the same page again."))
        following = page.next
        _take(run, page, surroundings, viewer, at)
    _finish(run, surroundings, viewer, at)
    return Synchronised(run.pk, resumed, run.pages, run.received, run.added, run.known, run.faulty)


def _running(source: str, now: datetime.datetime) -> tuple[Run, bool]:
    found = Run.objects.filter(source=source, state="running").first()
    if found is not None:
        return found, True
    try:
        with transaction.atomic():
            return Run.objects.create(source=source, began=now), False
    except IntegrityError:  # another process began at this moment
        return Run.objects.get(source=source, state="running"), True


@transaction.atomic
def _take(run: Run, page: Page, surroundings: Context, viewer: Viewer, now: datetime.datetime) -> None:
    """One page: rows that are new come in, each judged, with an event of their own; those that are here already are counted."""
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.state != "running" or held.cursor != run.cursor or held.pages != run.pages:
        raise Refused(Text("另一个进程正在同步。", "Another process is synchronising."))
    told = json.loads(run.told)
    fresh: dict[tuple[str, str, str], Row] = {}
    keys = {}
    for row in page.rows:
        fields = fields_of(row)
        where = f"{run.pages + 1}/{row.position}"
        if row.fault:
            told.append(
                {"where": where, "number": "", "code": "national.row", "zh": f"不是一行数据：{row.fault}", "en": f"no row: {row.fault}"}
            )
            run.faulty += 1
            continue
        text, seal = sealed(fields)
        key = (fields.get("id", "")[:120], (fields.get("version") or "1")[:40], seal)
        if key in keys:
            told.append({"where": where, "number": key[0], "code": "national.twice", "zh": "同一行重复", "en": "the same row twice"})
            run.faulty += 1
            continue
        keys[key] = (fields, text)
    numbers = {number for number, _, _ in keys}
    here = {(row.number, row.version, row.digest) for row in Row.objects.filter(number__in=numbers).only("number", "version", "digest")}
    versions = {(number, version) for number, version, _ in here}
    for key, (fields, text) in keys.items():
        if key in here:
            run.known += 1
            continue
        candidate, findings = judged(fields, surroundings)
        errors = sum(each.severity == "error" for each in findings)
        if key[:2] in versions:
            told.append({
                "where": f"{run.pages + 1}", "number": f"{key[0]}@{key[1]}", "code": "national.changed",
                "zh": "同一编号和版本的内容改变了；两者都保留", "en": "another content under the same number and version; both are kept",
            })  # fmt: skip
        versions.add(key[:2])
        run.faulty += bool(errors)
        fresh[key] = Row(
            number=key[0], version=key[1], digest=key[2], fields=text, findings=written(findings), errors=errors,
            subject=about(candidate, surroundings) if candidate else "", run=run, received=now,
        )  # fmt: skip
    Row.objects.bulk_create(fresh.values(), batch_size=500)
    run.added += len(fresh)
    run.received += len(page.rows)
    run.pages += 1
    run.cursor, run.as_of, run.told = page.next or "", page.as_of, json.dumps(told[:MOST_TOLD], ensure_ascii=False)
    run.save()
    if fresh:
        details: dict[str, str | int | bool | None] = {"run": run.pk, "page": run.pages, "added": len(fresh), "as_of": run.as_of}
        record(action=Action.NATIONAL_SYNCHRONISED, actor=viewer.name, subject=f"national:{run.source}"[:300], details=details)


@transaction.atomic
def _finish(run: Run, surroundings: Context, viewer: Viewer, now: datetime.datetime) -> None:
    run.precedence = compare(run, surroundings)
    run.state, run.finished = "finished", now
    run.save()
    record(
        action=Action.NATIONAL_SYNCHRONISED,
        actor=viewer.name,
        subject=f"national:{run.source}"[:300],
        details={"run": run.pk, "received": run.received, "added": run.added, "known": run.known, "faulty": run.faulty, "as_of": run.as_of},
    )


def draft(*, viewer: Viewer, number: str, version: str, uscc: str, now: datetime.datetime | None = None) -> Handed:
    """A draft dossier of an enterprise from a national row in its last content, once. It takes every step that any proposal takes.

    Raises:
        NotFound: there is no such row, no such enterprise for this person, or they decide on no factors.
        Refused: the row has errors.
    """
    if not viewer.system and not viewer.duties & OFFICIALS:
        raise NotFound
    row = Row.objects.select_related("run").filter(number=number, version=version).order_by("-pk").first()
    enterprise = enterprise_by_uscc(uscc)
    if row is None or enterprise is None:
        raise NotFound
    if row.errors:
        raise Refused(Text("这一行有错误，不能作为候选。", "The row has errors and makes no candidate."))
    given = json.loads(row.fields)
    fields = proposed(given)
    lines = (
        f"国家数据库记录 row of the national database: {row.number}@{row.version}",
        f"内容 SHA-256 digest of its content: {row.digest}",
        f"来自 from: {row.run.source}",
        f"收到 received: {row.received.isoformat()}",
        *(f"{name}: {text}" for name, text in sorted(given.items())),
    )
    provenance = Provenance(f"national-{row.number}-{row.version}"[:80], lines)
    return handing_over.hand_over(viewer=viewer, enterprise=enterprise, fields=fields, provenance=provenance, now=now)
