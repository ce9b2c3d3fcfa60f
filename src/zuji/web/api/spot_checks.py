"""Spot checks, which anybody can draw again, and the process in numbers."""

import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from zuji.registry.governance import operations, public
from zuji.web.api.acting import program
from zuji.web.api.public_shapes import Announced, AnnounceIn, GovernanceNumbers, SpotCheckOut, SubmitterOut
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import Both
from zuji.web.api.signing_in import ANYBODY
from zuji.web.api.throttles import READING
from zuji.workflow.spot_check import ALGORITHM

router = Router(tags=["spot checks"])
Number = Annotated[str, Path(max_length=20)]


@router.get(
    "/spot-checks", response=list[SpotCheckOut], auth=ANYBODY, throttle=list(READING), operation_id="spot_checks", url_name="spot-checks"
)
def rounds(request: HttpRequest) -> list[SpotCheckOut]:
    """Every spot check that was announced, the newest first. Its seed is public from the announcement on, the draw comes later."""
    del request
    return [_round(row) for row in public.rounds()]


@router.post("/spot-checks/announce", response={201: Announced}, operation_id="announce", url_name="spot-check-announce")
def announce(request: HttpRequest, sent: AnnounceIn, key: Key) -> HttpResponse:
    """An inspector publishes the seed of a draw to come. Only what was submitted before is drawn from."""
    viewer = program(request)

    def work() -> tuple[int, Announced]:
        number = operations.announce_round(viewer=viewer, draw_at=sent.draw_at, percent=sent.percent, seed=sent.seed, origin=sent.origin)
        return 201, Announced(number=number)

    return answer_once(request, viewer, key, work)


@router.get(
    "/spot-checks/{number}", response=SpotCheckOut, auth=ANYBODY, throttle=list(READING), operation_id="spot_check", url_name="spot-check"
)
def one(request: HttpRequest, number: Number) -> SpotCheckOut:
    """A spot check with all that it takes to draw it again: algorithm, seed, list with weights, and how many were drawn of each kind."""
    del request
    return _round(public.spot_check(number))


@router.post("/spot-checks/{number}/draw", response={201: SpotCheckOut}, operation_id="draw", url_name="spot-check-draw")
def draw(request: HttpRequest, number: Number) -> Status[SpotCheckOut]:
    """Make the draw once its time has come. It is made once: asked again, the answer is 409."""
    operations.draw_round(viewer=program(request), number=number)
    return Status(201, _round(public.spot_check(number)))


@router.get(
    "/statistics/dossiers",
    response=GovernanceNumbers,
    auth=ANYBODY,
    throttle=list(READING),
    operation_id="dossier_statistics",
    url_name="dossier-statistics",
)
def statistics(request: HttpRequest) -> GovernanceNumbers:
    """Where dossiers stand, how long it takes, and how often those of each submitter were sent back. A draft counts nowhere."""
    del request
    shown = public.statistics(now=datetime.datetime.now(datetime.UTC))
    return GovernanceNumbers(
        states=dict(shown.states),
        overdue=shown.overdue,
        published=shown.published,
        days=shown.days,
        submitters=[
            SubmitterOut(
                enterprise=Both.of(each.enterprise),
                uscc=each.uscc,
                demonstration=each.demonstration,
                dossiers=each.dossiers,
                submissions=each.submissions,
                stopped=each.stopped,
                returned=each.returned,
                rejected=each.rejected,
                published=each.published,
                rate=None if each.rate is None else str(each.rate),
            )
            for each in shown.submitters
        ],
    )


def _round(row: public.RoundRow) -> SpotCheckOut:
    blind = len(row.drawn) // 2
    return SpotCheckOut(
        number=row.number,
        algorithm=ALGORITHM,
        seed=row.seed,
        origin=row.origin,
        percent=row.percent,
        announced=row.announced,
        draw_at=row.draw_at,
        drawn_at=row.drawn_at,
        listed=dict(row.listed),
        list_digest=row.list_digest,
        by_risk=len(row.drawn) - blind,
        blind=blind,
        drawn=list(row.drawn),
        found=dict(row.found),
        drawn_again=row.again,
    )
