"""Averages of confidential contributions: what was released is everybody's, what an enterprise contributed its own."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from zuji.registry.averages import operations, queries
from zuji.web.api.acting import enterprise_of, program
from zuji.web.api.public_shapes import AverageOut, AverageRow, ContributionIn, ContributionOut, ReleaseOut
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import Both, Code, Made
from zuji.web.api.signing_in import ANYBODY
from zuji.web.api.throttles import READING

router = Router(tags=["averages"])


@router.get("/averages", response=list[AverageRow], auth=ANYBODY, throttle=list(READING), operation_id="averages", url_name="averages")
def averages(request: HttpRequest) -> list[AverageRow]:
    """The calls for contributions, with what was released last."""
    del request
    return [_row(row) for row in queries.calls()]


@router.get("/averages/{call}", response=AverageOut, auth=ANYBODY, throttle=list(READING), operation_id="average", url_name="average")
def average(request: HttpRequest, call: Code) -> AverageOut:
    """A call with all its releases, and the commitments behind each."""
    del request
    found = queries.call(call)
    return AverageOut(
        row=_row(found.row),
        kind=found.kind,
        boundary=found.boundary,
        per=found.per,
        filters={code: Both.of(name) for code, name in found.filters},
        releases=[
            ReleaseOut(
                quarter=each.quarter,
                filter=each.filter,
                subset=Both.of(each.subset) if each.subset is not None else None,
                published=each.published,
                value=each.value or None,
                commitments=list(each.commitments),
                at=each.at,
            )
            for each in found.releases
        ],
        at=found.at,
    )


@router.get("/contributions", response=list[ContributionOut], operation_id="contributions", url_name="contributions")
def contributions(request: HttpRequest) -> list[ContributionOut]:
    """What the enterprise contributed, in its newest version; nobody else sees it."""
    viewer = program(request)
    _, own = queries.own(enterprise_of(viewer), viewer=viewer)
    return [
        ContributionOut(
            call=call,
            value=each.value,
            volume=each.volume,
            group=each.group,
            filter=each.filter,
            record=each.record,
            commitment=each.commitment,
            salt=each.salt,
            at=each.at,
            retracted=each.retracted,
        )
        for call, each in own.items()
    ]


@router.put("/averages/{call}/contribution", response=Made, operation_id="contribute", url_name="contribution")
def contribute(request: HttpRequest, call: Code, sent: ContributionIn, key: Key) -> HttpResponse:
    """Contribute to an average, in the place of what the enterprise contributed before; the code of the contribution."""
    viewer = program(request)

    def work() -> tuple[int, Made]:
        offered = operations.Offered(**sent.model_dump())
        return 200, Made(code=operations.contribute(viewer=viewer, enterprise=enterprise_of(viewer), call=call, offered=offered))

    return answer_once(request, viewer, key, work)


@router.delete("/averages/{call}/contribution", response={204: None}, operation_id="retract", url_name="contribution")
def retract(request: HttpRequest, call: Code) -> Status[None]:
    """Take back what the enterprise contributed: it counts in no later release. What was released stays."""
    viewer = program(request)
    operations.retract(viewer=viewer, enterprise=enterprise_of(viewer), call=call)
    return Status(204, None)


def _row(row: queries.Row) -> AverageRow:
    return AverageRow(
        code=row.code,
        name=Both.of(row.name),
        unit=row.unit,
        category=row.category,
        geography=row.geography,
        start=row.start,
        end=row.end,
        quarter=row.quarter,
        value=row.value,
    )
