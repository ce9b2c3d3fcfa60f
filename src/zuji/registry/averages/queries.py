import datetime
import json
from dataclasses import dataclass

from django.db.models import Count

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.averages.models import Call, Contribution, Release
from zuji.registry.averages.releasing import rounded
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.footprints.models import Submission
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty
from zuji.workflow.footprint import State
from zuji.workflow.permissions import Permission

OFFICE = frozenset({Duty.SECRETARY.value, Duty.PUBLISHER.value})
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A call in a list, with its newest release of all contributions: ``value`` None where there is none or it is withheld."""

    code: str
    name: Text
    unit: str
    category: str
    geography: str
    start: datetime.date
    end: datetime.date
    quarter: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Released:
    """A release as everybody sees it. A withheld one has no value and no commitments."""

    quarter: str
    filter: str
    subset: Text | None
    published: bool
    value: str
    commitments: tuple[str, ...]
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A call with all that was released of it."""

    row: Row
    kind: str
    boundary: str
    per: str
    filters: tuple[tuple[str, Text], ...]
    releases: tuple[Released, ...]
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Own:
    """An enterprise's own contribution to a call; ``salt`` opens its commitment."""

    value: str
    volume: str
    group: str
    filter: str
    record: str
    commitment: str
    salt: str
    at: datetime.datetime
    retracted: bool


@dataclass(frozen=True, slots=True)
class ForOffice:
    """A call as those see it who open and release: how many enterprises contributed, and nothing of what they said."""

    row: Row
    contributors: int
    last: str


@dataclass(frozen=True, slots=True)
class Named:
    """A contribution in the list of an auditor, without its value."""

    code: str
    enterprise: Text
    uscc: str
    number: int
    commitment: str
    at: datetime.datetime
    retracted: bool


def _row(found: Call, newest: Release | None) -> Row:
    return Row(
        code=found.code,
        name=Text(found.name_zh, found.name_en),
        unit=found.unit,
        category=found.category,
        geography=found.geography,
        start=found.period_start,
        end=found.period_end,
        quarter=newest.quarter if newest is not None else "",
        value=rounded(newest.value) if newest is not None and newest.published else None,
    )


def _newest(calls: list[Call]) -> dict[str, Release]:
    """The newest release of all contributions, by the code of the call."""
    rows = Release.objects.filter(call__in=calls, filter="").order_by("quarter")
    return {row.call_id: row for row in rows}


def calls() -> list[Row]:
    """The calls, newest first. Open to everybody."""
    found = list(Call.objects.all()[:_MOST])
    newest = _newest(found)
    return [_row(each, newest.get(each.code)) for each in found]


def call(code: str) -> Sheet:
    """A call with its releases. Open to everybody. Raises :class:`NotFound`."""
    found = Call.objects.filter(pk=code).first()
    if found is None:
        raise NotFound
    filters = tuple((name, Text(zh, en)) for name, zh, en in json.loads(found.filters))
    names = dict(filters)
    rows = found.releases.prefetch_related("members__contribution").order_by("-quarter", "filter")
    return Sheet(
        row=_row(found, _newest([found]).get(code)),
        kind=found.kind,
        boundary=found.boundary,
        per=found.per,
        filters=filters,
        releases=tuple(
            Released(
                quarter=row.quarter,
                filter=row.filter,
                subset=names.get(row.filter),
                published=row.published,
                value=rounded(row.value) if row.published else "",
                commitments=tuple(sorted(member.contribution.commitment for member in row.members.all())),
                at=row.at,
            )
            for row in rows
        ),
        at=found.at,
    )


def own(enterprise: int, *, viewer: Viewer) -> tuple[list[Row], dict[str, Own]]:
    """The calls, and by their codes what the enterprise contributed to them.

    Raises:
        NotFound: the enterprise is not this person's.
    """
    if not viewer.may(Permission.VIEW, enterprise=enterprise):
        raise NotFound
    rows = calls()
    found: dict[str, Own] = {}
    for each in Contribution.objects.filter(enterprise=enterprise).select_related("retraction").order_by("number"):
        found[each.call_id] = Own(
            value=each.value,
            volume=each.volume,
            group=each.group,
            filter=each.filter,
            record=each.record,
            commitment=each.commitment,
            salt=each.salt,
            at=each.at,
            retracted=hasattr(each, "retraction"),
        )
    return rows, found


def records(enterprise: int, *, viewer: Viewer) -> tuple[tuple[str, Text], ...]:
    """What a contribution may rest on: submitted cases, then evidence files, newest first. Raises :class:`NotFound`."""
    if not viewer.may(Permission.VIEW, enterprise=enterprise):
        raise NotFound
    cases = Submission.objects.filter(version__product__enterprise=enterprise, version__state=State.SUBMITTED.value)[:_MOST]
    names = cases.values_list("case_number", "version__product__name_zh", "version__product__name_en")
    files = EvidenceFile.objects.filter(enterprise=enterprise)[:_MOST].values_list("code", "name")
    return (
        *((f"case:{number}", Text(f"{number} {zh}", f"{number} {en}")) for number, zh, en in names),
        *((f"evidence:{code}", Text(f"文件：{name}", f"file: {name}")) for code, name in files),
    )


def office(*, viewer: Viewer) -> list[ForOffice]:
    """The calls with how many enterprises contributed. Raises :class:`NotFound` where the viewer neither opens nor releases."""
    if not (viewer.system or viewer.duties & OFFICE):
        raise NotFound
    found = list(Call.objects.annotate(contributors=Count("contributions__enterprise", distinct=True))[:_MOST])
    newest = _newest(list(found))
    return [
        ForOffice(
            row=_row(each, newest.get(each.code)),
            contributors=each.contributors,
            last=newest[each.code].quarter if each.code in newest else "",
        )
        for each in found
    ]


def contributions(code: str, *, viewer: Viewer) -> list[Named]:
    """Who contributed to a call, without the values. Raises :class:`NotFound` where the viewer is no auditor, or there is no such call."""
    if Duty.AUDITOR.value not in viewer.duties or not Call.objects.filter(pk=code).exists():
        raise NotFound
    rows = Contribution.objects.filter(call=code).select_related("enterprise", "retraction").order_by("-at", "code")[:_MOST]
    return [_named(row) for row in rows]


def contribution(code: str, *, viewer: Viewer) -> tuple[Named, str]:
    """One of them, and the code of its call. Raises :class:`NotFound` as above."""
    rows = Contribution.objects.select_related("enterprise", "retraction")
    found = rows.filter(pk=code).first() if Duty.AUDITOR.value in viewer.duties else None
    if found is None:
        raise NotFound
    return _named(found), found.call_id


def _named(row: Contribution) -> Named:
    return Named(
        code=row.code,
        enterprise=Text(row.enterprise.name_zh, row.enterprise.name_en),
        uscc=row.enterprise.uscc,
        number=row.number,
        commitment=row.commitment,
        at=row.at,
        retracted=hasattr(row, "retraction"),
    )
