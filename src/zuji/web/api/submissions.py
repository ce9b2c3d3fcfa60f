from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Status

from zuji.registry.accounts import queries as accounts
from zuji.registry.footprints import cases, submitting
from zuji.registry.products import queries as products
from zuji.web.api.acting import program
from zuji.web.api.shapes import AskIn, Both, CaseOut, CaseRow, Code, StateOut
from zuji.web.api.versions import HERE, Number

router = Router(tags=["submissions"])


@router.post(f"{HERE}/sign-off", response={201: StateOut}, operation_id="ask_sign_off", url_name="sign-off")
def ask(request: HttpRequest, code: Code, number: Number, sent: AskIn) -> Status[StateOut]:
    """Lay a draft before the enterprise's approvers. A program asks; people sign. Asked twice, the second is told the state."""
    viewer = program(request)
    footprint = submitting.ask_sign_off(viewer=viewer, product=code, number=number, note=sent.note)
    return Status(201, StateOut(state=products.version(code, number, viewer=viewer).state, footprint=footprint))


@router.get(f"{HERE}/sign-off", response=StateOut, operation_id="sign_off", url_name="sign-off")
def state(request: HttpRequest, code: Code, number: Number) -> StateOut:
    """Where a version stands, with its case number once it is submitted."""
    viewer = program(request)
    waiting = cases.awaited(code, number, viewer=viewer)
    return StateOut(
        state=products.version(code, number, viewer=viewer).state,
        footprint=waiting.footprint if waiting else None,
        case=cases.case_of(code, number, viewer=viewer),
    )


@router.delete(f"{HERE}/sign-off", response=StateOut, operation_id="take_back", url_name="sign-off")
def take_back(request: HttpRequest, code: Code, number: Number) -> StateOut:
    """Take a version back before it is signed."""
    submitting.take_back(viewer=program(request), product=code, number=number)
    return state(request, code, number)


@router.get("/cases", response=list[CaseRow], operation_id="cases", url_name="cases")
def submitted(request: HttpRequest) -> list[CaseRow]:
    """The enterprise's submitted versions, newest first."""
    viewer = program(request)
    uscc = accounts.enterprise_of_program(viewer=viewer).uscc
    return [
        CaseRow(
            number=row.number,
            product=row.product,
            name=Both.of(row.name),
            version=row.version,
            state=row.state,
            footprint=row.footprint,
            total=row.total,
            declared_amount=row.declared_amount,
            declared_unit=row.declared_unit,
            at=row.at,
        )
        for row in cases.of_enterprise(uscc, viewer=viewer)
    ]


@router.get("/cases/{case}", response=CaseOut, operation_id="case", url_name="case")
def case(request: HttpRequest, case: Annotated[str, Path(max_length=20)]) -> CaseOut:
    """A submitted version as it was signed, with its frozen snapshot and the snapshot's hash."""
    found = cases.case(case, viewer=program(request))
    return CaseOut(
        number=found.number,
        product=found.product,
        name=Both.of(found.name),
        version=found.version,
        state=found.state,
        footprint=found.footprint,
        total=found.total,
        declared_amount=found.declared_amount,
        declared_unit=found.declared_unit,
        at=found.at,
        result_hash=found.result_hash,
        snapshot_hash=found.snapshot_hash,
        snapshot=dict(found.snapshot),
    )
