"""What everybody may read of the process: rounds with seeds, lists and draws, and how submitters do."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count

from zuji.engine.quantities import round_half_even
from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise
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
    "Record",
    "RoundRow",
    "Statistics",
    "rounds",
    "spot_check",
    "statistics",
]
