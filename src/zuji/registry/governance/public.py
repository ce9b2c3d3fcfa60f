"""What everybody may read of the process: rounds with seeds, lists and draws, how submitters do, and how a published version came about."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Min

from zuji.engine.quantities import round_half_even
from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.models import Duty, Enterprise
from zuji.registry.factors.models import FactorVersion, Standing
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, Publication, Round, Step
from zuji.registry.governance.risk import ERRORS
from zuji.registry.refusals import NotFound
from zuji.workflow.factor import Act, State
from zuji.workflow.spot_check import draw, list_digest


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A spot check. ``listed`` maps the public numbers of the dossiers to their weights; ``again`` says that the draw comes out the same here."""

    number: str
    seed: str
    origin: str
    percent: int
    announced: datetime.datetime
    draw_at: datetime.datetime
    drawn_at: datetime.datetime | None
    listed: Mapping[str, int]
    list_digest: str
    drawn: tuple[str, ...]
    found: Mapping[str, str]
    again: bool | None


def rounds() -> tuple[RoundRow, ...]:
    """Every spot check that was announced, the newest first."""
    return tuple(_round(each) for each in Round.objects.select_related("draw"))


def spot_check(number: str) -> RoundRow:
    """One spot check. Raises :class:`NotFound`."""
    found = Round.objects.select_related("draw").filter(pk=number).first()
    if found is None:
        raise NotFound
    return _round(found)


@dataclass(frozen=True, slots=True)
class Record:
    """How a submitter did. ``rate`` is the share of submissions that the gate, a reviewer or an inspector sent back, to four decimals."""

    enterprise: Text
    uscc: str
    demonstration: bool
    dossiers: int
    submissions: int
    stopped: int
    returned: int
    rejected: int
    published: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The process in numbers. ``days`` is the median of whole days from the last submission to publication, None where nothing was published."""

    submitters: tuple[Record, ...]
    states: Mapping[str, int]
    overdue: int
    published: int
    days: int | None


def statistics(*, now: datetime.datetime) -> Statistics:
    """The process in numbers, with the error rate of every submitter. A draft that was never submitted counts nowhere."""
    steps: dict[int, dict[str, int]] = {}
    counted = Step.objects.values_list("dossier__enterprise", "act").annotate(n=Count("pk")).order_by()
    for enterprise, act, n in counted:
        steps.setdefault(enterprise, {})[act] = n
    dossiers = dict(Dossier.objects.filter(cycle__gte=1).values_list("enterprise").annotate(n=Count("pk")).order_by())
    rows = [_record(each, steps.get(each.pk, {}), dossiers[each.pk]) for each in Enterprise.objects.filter(pk__in=dossiers)]
    states = dict(Dossier.objects.filter(cycle__gte=1).values_list("state").annotate(n=Count("pk")).order_by())
    took = sorted(
        (at - submitted).days for at, submitted in Publication.objects.values_list("at", "dossier__submitted") if submitted is not None
    )
    ours = [State.TRACING, State.REVIEWING, State.SPOT_CHECK, State.AWAITING, State.SIGNED_ONCE, State.APPEALED]
    return Statistics(
        submitters=tuple(sorted(rows, key=lambda row: (-row.submissions, row.uscc))),
        states=states,
        overdue=Dossier.objects.filter(state__in=[state.value for state in ours], due__lt=now).count(),
        published=Publication.objects.count(),
        days=took[len(took) // 2] if took else None,
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """How a published version came about: everything that is public of its dossier. ``fields`` are those as they were published."""

    number: str
    enterprise: Text
    uscc: str
    fields: Mapping[str, str]
    evidence: tuple[tuple[str, str, str], ...]
    digest: str
    preview: str
    reviewers: tuple[tuple[str, str, str], ...]
    replaces: str
    submitted: datetime.datetime | None
    published: datetime.datetime


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a published version."""

    state: str
    superseded_by: str
    reason_code: str
    reason: str
    at: datetime.datetime


def origin(reference: str) -> Origin | None:
    """How the version ``id@version`` came about: evidence as (name, SHA-256, page), reviewers as (part, name, organisation). None for shipped ones."""
    factor_id, _, version = reference.rpartition("@")
    made = (
        Publication.objects.select_related("dossier__enterprise", "replaces")
        .filter(factor__factor_id=factor_id, factor__version=version)
        .first()
    )
    if made is None:
        return None
    content = Content.of(made.content)
    people = json.loads(made.reviewers)
    called = accounts.names({f"user:{each['user']}" for each in people})
    works_for: dict[tuple[int, str], str] = {
        (user, duty): organisation
        for user, duty, organisation in Duty.objects.filter(user__in=[each["user"] for each in people])
        .order_by("pk")
        .values_list("user_id", "duty", "organisation")
    }
    enterprise = made.dossier.enterprise
    return Origin(
        number=made.dossier.number,
        enterprise=Text(enterprise.name_zh, enterprise.name_en),
        uscc=enterprise.uscc,
        fields=content.fields,
        evidence=tuple((each.name, each.sha256, each.page) for each in content.evidence),
        digest=made.digest,
        preview=made.preview,
        reviewers=tuple(
            (each["party"], called.get(f"user:{each['user']}", ""), works_for.get((each["user"], each["party"]), "")) for each in people
        ),
        replaces=str(made.replaces) if made.replaces is not None else "",
        submitted=made.dossier.submitted,
        published=made.at,
    )


def became(reference: str) -> tuple[Became, ...]:
    """What became of the version ``id@version`` since it was written down, the oldest first."""
    factor_id, _, version = reference.rpartition("@")
    rows = Standing.objects.filter(factor__factor_id=factor_id, factor__version=version).order_by("pk")
    return tuple(Became(each.state, each.superseded_by, each.reason_code, each.reason, each.at) for each in rows)


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the public record of changes of the factor base: a version, and what became of it when."""

    reference: str
    name: Text
    value: str
    unit: str
    state: str
    superseded_by: str
    reason_code: str
    at: datetime.datetime


def changes(*, limit: int = 100, before: datetime.datetime | None = None) -> tuple[Change, ...]:
    """What was published, superseded, revoked or expired, the newest first."""
    rows = Standing.objects.select_related("factor").order_by("-pk")
    if before is not None:
        rows = rows.filter(at__lt=before)
    return tuple(
        Change(
            str(each.factor), Text(each.factor.name_zh, each.factor.name_en), each.factor.value, each.factor.unit, each.state,
            each.superseded_by, each.reason_code, each.at,
        )
        for each in rows[:limit]
    )  # fmt: skip


def governed_since() -> datetime.datetime | None:
    """When the first version was published through this process; None where none was."""
    found: datetime.datetime | None = Standing.objects.filter(state="published").aggregate(first=Min("at"))["first"]
    return found


def is_governed(reference: str) -> bool:
    """Whether a version came through this process."""
    factor_id, _, version = reference.rpartition("@")
    return FactorVersion.objects.filter(factor_id=factor_id, version=version, standings__state="published").exists()


def _round(found: Round) -> RoundRow:
    made = getattr(found, "draw", None)
    listed: dict[str, int] = json.loads(made.listed) if made is not None else {}
    drawn = tuple(json.loads(made.drawn)) if made is not None else ()
    outcome = dict(Dossier.objects.filter(number__in=drawn).values_list("number", "state"))
    again = None if made is None else draw(found.seed, listed, len(drawn)) == drawn and list_digest(listed) == made.list_digest
    return RoundRow(
        number=found.number,
        seed=found.seed,
        origin=found.origin,
        percent=found.percent,
        announced=found.announced,
        draw_at=found.draw_at,
        drawn_at=made.at if made is not None else None,
        listed=listed,
        list_digest=made.list_digest if made is not None else "",
        drawn=drawn,
        found=outcome,
        again=again,
    )


def _record(enterprise: Enterprise, steps: Mapping[str, int], dossiers: int) -> Record:
    submissions = steps.get(Act.SUBMIT.value, 0)
    wrong = sum(steps.get(act, 0) for act in ERRORS)
    return Record(
        enterprise=Text(enterprise.name_zh, enterprise.name_en),
        uscc=enterprise.uscc,
        demonstration=enterprise.demonstration,
        dossiers=dossiers,
        submissions=submissions,
        stopped=steps.get(Act.STOP.value, 0),
        returned=steps.get(Act.RETURN.value, 0) + steps.get(Act.REVISE.value, 0),
        rejected=steps.get(Act.REJECT.value, 0),
        published=steps.get(Act.PUBLISH.value, 0),
        rate=round_half_even(Fraction(min(wrong, submissions), submissions), Fraction(1, 10_000)) if submissions else None,
    )


__all__ = [
    "Became",
    "Change",
    "Origin",
    "Record",
    "RoundRow",
    "Statistics",
    "became",
    "changes",
    "governed_since",
    "is_governed",
    "origin",
    "rounds",
    "spot_check",
    "statistics",
]
