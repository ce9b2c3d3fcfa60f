"""Releases: each quarter once, each average judged beside everything that was ever published of its call."""

import datetime
import json
from collections.abc import Iterable
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from zuji.engine.averages import Share, independent_groups, publishable, weighted_average
from zuji.engine.canonical import digest
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.quantities import decimal_text, round_half_even
from zuji.engine.study import FactorKind
from zuji.engine.text import Text
from zuji.engine.units import parse_factor_unit
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, one_after_the_other, record
from zuji.registry.averages.models import Call, Contribution, Member, Release
from zuji.registry.averages.operations import demand
from zuji.registry.averages.quarters import end_of
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.duties import Duty

FIGURES = 4  # significant; what is published says no more, and the rounding is one more thing that an attacker does not know


@transaction.atomic
def release(*, viewer: Viewer, call: str, quarter: str, today: datetime.date | None = None) -> None:
    """Release the averages of a call for a quarter that is over: of all contributions, then of each subset that was declared beforehand.

    An average that the rules withhold is released as withheld: nothing of it, nor which rule did it, is kept or shown.

    Raises:
        NotFound, NotAllowed: there is no such call, or the viewer is no publisher.
        Refused: the quarter is not over, or it or a later one was released.
    """
    demand(viewer, Duty.PUBLISHER)
    wanted = Call.objects.filter(pk=call).first()
    if wanted is None:
        raise NotFound
    one_after_the_other()
    ended = end_of(quarter)
    if ended is None or ended >= (today or timezone.localdate()):
        raise Refused(Text("只能发布已结束的季度，如 2026Q3。", "Only a quarter that is over can be released, such as 2026Q3."))
    if Release.objects.filter(call=wanted, quarter__gte=quarter).exists():
        raise Refused(
            Text("该季度或其后的季度已发布：每季只发布一次。", "This quarter or a later one was released: each is released once.")
        )
    counted = _counted(wanted, ended)
    groups = _groups()
    published = [_shares((m.contribution for m in each), groups) for each in _published(wanted)]
    now = datetime.datetime.now(datetime.UTC)
    for cell in ("", *(each[0] for each in json.loads(wanted.filters))):
        members = [row for row in counted if not cell or row.filter == cell]
        shares = _shares(members, groups)
        free = publishable(shares, published)
        made = Release.objects.create(
            call=wanted,
            quarter=quarter,
            filter=cell,
            published=free,
            value=str(weighted_average(shares)) if free else "",
            by=viewer.name,
            at=now,
        )
        if free:
            Member.objects.bulk_create(Member(release=made, contribution=row) for row in members)
            published.append(shares)
        record(
            action=Action.AVERAGE_RELEASED if free else Action.AVERAGE_WITHHELD,
            actor=viewer.name,
            subject=f"average:{call}",
            details={"quarter": quarter, "filter": cell},
        )


def _counted(call: Call, ended: datetime.date) -> list[Contribution]:
    """The newest contribution of each enterprise at the end of the quarter, without those taken back since."""
    limit = datetime.datetime.combine(ended + datetime.timedelta(days=1), datetime.time(), timezone.get_default_timezone())
    newest: dict[int, Contribution] = {}
    for row in call.contributions.filter(at__lt=limit).select_related("enterprise", "retraction").order_by("number"):
        newest[row.enterprise_id] = row
    return [row for row in newest.values() if not hasattr(row, "retraction")]


def _groups() -> dict[str, str]:
    """The independent group of every enterprise that ever contributed, by its newest declaration to each call."""
    rows = Contribution.objects.order_by("number").values_list("call", "enterprise__uscc", "group")
    newest = {(call, code): group for call, code, group in rows}
    return independent_groups((code, group) for (_, code), group in newest.items())


def _published(call: Call) -> list[list[Member]]:
    rows = call.releases.filter(published=True).order_by("pk")
    return [list(row.members.select_related("contribution__enterprise")) for row in rows]


def _shares(rows: Iterable[Contribution], groups: dict[str, str]) -> list[Share]:
    return [Share(id=row.code, group=groups[row.enterprise.uscc], value=Fraction(row.value), volume=Fraction(row.volume)) for row in rows]


def rounded(value: str) -> str:
    """A released value as it is published: four significant figures, half to even.

    >>> rounded("12345/10000"), rounded("2/3")
    ('1.234', '0.6667')
    """
    exact = Fraction(value)
    places = FIGURES - 1
    while Fraction(10) ** (FIGURES - places) <= exact:
        places -= 1
    while Fraction(10) ** (FIGURES - 1 - places) > exact:
        places += 1
    quantum = Fraction(10) ** -places
    return decimal_text(Fraction(round_half_even(exact, quantum)), max(places, 0))


def candidate(*, viewer: Viewer, call: str, quarter: str, filter: str = "") -> FactorVersion:  # noqa: A002  # the field's name
    """A released average as a factor version, for reviewers to take or leave; nothing is published by it.

    Raises:
        NotFound: it was not released or withheld, or the viewer is neither secretary nor publisher.
    """
    if not (viewer.system or viewer.duties & {Duty.SECRETARY.value, Duty.PUBLISHER.value}):
        raise NotFound
    row = Release.objects.select_related("call").filter(call=call, quarter=quarter, filter=filter, published=True).first()
    if row is None:
        raise NotFound
    wanted = row.call
    subset = next((Text(zh, en) for code, zh, en in json.loads(wanted.filters) if code == filter), None)
    value = Fraction(rounded(row.value))
    unit = parse_factor_unit(wanted.unit)
    kind: FactorKind = "process" if wanted.kind == "process" else "life-cycle"
    commitments = sorted(row.members.values_list("contribution__commitment", flat=True))
    stated = {"id": f"ZUJI-AVG-{wanted.code[:12]}{'-' + filter if filter else ''}", "version": quarter, "value": decimal_text(value)}
    return FactorVersion(
        id=stated["id"],
        version=quarter,
        name=Text(
            f"{wanted.name_zh}{'（' + subset.zh + '）' if subset else ''} 企业平均",
            f"{wanted.name_en}{' (' + subset.en + ')' if subset else ''}, average of enterprises",
        ),
        kind=kind,
        value=value,
        unit=wanted.unit,
        per=unit.per.text,
        parts=(FactorPart(unit.gas, None, value * unit.kg_per),),
        source=f"Zuji average {wanted.code} {quarter}: volume-weighted mean of confidential contributions",
        digest=digest({**stated, "unit": wanted.unit, "commitments": commitments}),
        category=wanted.category,
        geography=wanted.geography,
        year=wanted.period_end.year,
        boundary=wanted.boundary,
        publisher="Zuji",
        note=f"{len(commitments)} salted commitments; rounded to {FIGURES} significant figures",
        confidence="secondary",
    )
