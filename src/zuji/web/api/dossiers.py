"""Factors on their way to publication: lists, drafts with their documents, and one dossier with what its reader may see of it."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Status

from zuji.engine.findings import Finding
from zuji.formats.factors.candidates import FIELDS
from zuji.registry.governance import operations, queries, sheets
from zuji.web.api.acting import enterprise_of, program
from zuji.web.api.dossier_shapes import (
    AskedOut,
    BehindIn,
    BehindOut,
    ClockOut,
    ContentIn,
    DifferenceOut,
    DossierFinding,
    DossierIn,
    DossierList,
    DossierOut,
    DossierRow,
    EligibleOut,
    ImpactOut,
    RevisionOut,
    SavedFields,
    SignedOut,
    StepOut,
    TaskOut,
    TickOut,
)
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import Both, Code, Made
from zuji.web.impacts import ground

router = Router(tags=["dossiers"])
HERE = "/dossiers/{dossier}"


@router.get("/dossiers", response=DossierList, operation_id="dossiers", url_name="dossiers")
def dossiers(
    request: HttpRequest,
    state: Annotated[str, Query(max_length=30)] = "",
    query: Annotated[str, Query(max_length=60)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    *,
    mine: bool = False,
) -> DossierList:
    """The dossiers that the caller may see, the last changed first: an enterprise's own; those that somebody with a duty decides on."""
    found = queries.dossiers(program(request), state=state, mine=mine, text=query, page=page)
    return DossierList(
        dossiers=[row_out(row) for row in found.rows], states=found.states, total=found.total, page=found.page, pages=found.pages
    )


@router.get("/dossiers/tasks", response=list[TaskOut], operation_id="dossier_tasks", url_name="dossier-tasks")
def tasks(request: HttpRequest) -> list[TaskOut]:
    """What waits for the caller, the most urgent first."""
    return [TaskOut(dossier=row_out(task.row), party=task.party.value) for task in queries.to_do(program(request))]


@router.post("/dossiers", response={201: Made}, operation_id="open_dossier", url_name="dossiers")
def begin(request: HttpRequest, sent: DossierIn, key: Key) -> HttpResponse:
    """A new draft of the enterprise: of a new factor, or with the content of a published version, to correct or restore it."""
    viewer = program(request)

    def work() -> tuple[int, Made]:
        enterprise = enterprise_of(viewer)
        if sent.restore:
            return 201, Made(code=operations.restore(viewer=viewer, enterprise=enterprise, reference=sent.restore))
        return 201, Made(code=operations.open_dossier(viewer=viewer, enterprise=enterprise, fields=sent.fields))

    return answer_once(request, viewer, key, work)


@router.get(HERE, response=DossierOut, operation_id="dossier", url_name="dossier")
def dossier(request: HttpRequest, dossier: Code) -> DossierOut:
    """A dossier: content, documents, gate, steps, and the acts that are open to the caller. That somebody from outside read it is recorded."""
    return _dossier(operations.read_dossier(viewer=program(request), dossier=dossier))


@router.put(f"{HERE}/fields", response=RevisionOut, operation_id="replace_fields", url_name="dossier-fields")
def replace(request: HttpRequest, dossier: Code, sent: ContentIn) -> RevisionOut:
    """Put other fields in the place of all fields of a draft. A field that is not named is emptied; where somebody saved meanwhile, nothing is kept."""
    changes: Mapping[str, str | None] = {**dict.fromkeys(FIELDS), **sent.fields}
    return RevisionOut(revision=operations.save_fields(viewer=program(request), dossier=dossier, changes=changes, revision=sent.revision))


@router.post(f"{HERE}/evidence", response={201: RevisionOut}, operation_id="put_behind", url_name="dossier-evidence")
def put_behind(request: HttpRequest, dossier: Code, sent: BehindIn) -> Status[RevisionOut]:
    """Put a file that the enterprise handed in (`POST /v1/evidence`) behind a draft, or name another page of one that is there."""
    return Status(201, RevisionOut(revision=operations.attach(viewer=program(request), dossier=dossier, file=sent.file, page=sent.page)))


@router.get(f"{HERE}/evidence/{{file}}", operation_id="dossier_document", url_name="dossier-document", openapi_extra={
    "responses": {200: {"description": "the file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
})  # fmt: skip
def document(request: HttpRequest, dossier: Code, file: Code) -> HttpResponse:
    """A document as it was handed in; its bytes give its hash. That it was opened is recorded: a checker opens a document before they tick."""
    found = operations.open_document(viewer=program(request), dossier=dossier, file=file)
    response = HttpResponse(found.content, content_type=found.row.media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.row.name) or "attachment"
    return response


@router.delete(f"{HERE}/evidence/{{file}}", response=RevisionOut, operation_id="take_away", url_name="dossier-document")
def take_away(request: HttpRequest, dossier: Code, file: Code) -> RevisionOut:
    """Take a document from behind a draft. That it stood there, and the file, are kept."""
    return RevisionOut(revision=operations.detach(viewer=program(request), dossier=dossier, file=file))


@router.get(f"{HERE}/history", response=list[SavedFields], operation_id="dossier_history", url_name="dossier-history")
def history(request: HttpRequest, dossier: Code) -> list[SavedFields]:
    """Every save of a dossier, the newest first."""
    return [
        SavedFields(revision=each.revision, at=each.at, by=each.by, changes={key: (before, after) for key, before, after in each.changes})
        for each in sheets.history(dossier, viewer=program(request))
    ]


@router.get(f"{HERE}/experts", response=list[EligibleOut], operation_id="dossier_experts", url_name="dossier-experts")
def experts(request: HttpRequest, dossier: Code) -> list[EligibleOut]:
    """The experts whom a secretary might ask, and what stands against whom."""
    return [
        EligibleOut(
            user=each.user,
            name=each.name,
            organisation=each.organisation,
            scope=list(each.scope),
            open_tasks=each.open_tasks,
            obstacle=Both.of(each.obstacle) if each.obstacle is not None else None,
        )
        for each in sheets.experts_for(dossier, viewer=program(request))
    ]


@router.get(f"{HERE}/impact", response=ImpactOut, operation_id="dossier_impact", url_name="dossier-impact")
def impact(request: HttpRequest, dossier: Code) -> ImpactOut:
    """What its publication would do to the footprints of the province. Both signatures name the digest of this."""
    viewer = program(request)
    on = ground(sheets.sheet(dossier, viewer=viewer), viewer)
    return ImpactOut(digest=on.preview.digest, kept=on.kept, moved=on.moved, content=on.preview.shown)


def row_out(row: queries.Row) -> DossierRow:
    """A dossier as lists show it."""
    clock = row.clock
    return DossierRow(
        code=row.code,
        number=row.number,
        reference=row.reference,
        name=Both.of(row.name),
        category=row.category,
        enterprise=Both.of(row.enterprise),
        uscc=row.uscc,
        demonstration=row.demonstration,
        state=row.state,
        cycle=row.cycle,
        submitted=row.submitted,
        changed=row.changed,
        clock=None if clock is None else ClockOut(due=clock.due, left=clock.left, party=clock.party.value, overdue=clock.overdue),
        mine=row.mine,
    )


def finding_out(found: Finding) -> DossierFinding:
    """What the gate said, or why the fields make no factor."""
    return DossierFinding(
        code=found.code,
        severity=found.severity,
        field=found.where,
        message=Both.of(found.message),
        reference=found.reference,
        overruled=False,
    )


def _kept_finding(kept: Mapping[str, Any]) -> DossierFinding:
    return DossierFinding(
        code=kept["code"],
        severity=kept["severity"],
        field=kept["where"],
        message=Both(zh=kept["zh"], en=kept["en"]),
        reference=kept["reference"],
        overruled=kept["overruled"],
    )


def _dossier(found: sheets.Sheet) -> DossierOut:
    return DossierOut(
        row=row_out(found.row),
        revision=found.revision,
        digest=found.digest,
        fields=dict(found.fields),
        evidence=[BehindOut(file=each.code, name=each.name, size=each.size, sha256=each.sha256, page=each.page) for each in found.evidence],
        faults=[finding_out(each) for each in found.faults],
        gate=[_kept_finding(each) for each in found.gate],
        gate_passed=found.gate_passed,
        gate_checks=found.gate_checks,
        overruled=dict(found.overruled),
        steps=[_step(each) for each in found.steps],
        ticks=[
            TickOut(key=t.key, page=t.page, file=t.file, agrees=t.agrees, note=t.note, by=t.by, mine=t.mine, at=t.at) for t in found.ticks
        ],
        to_check=dict(found.to_check),
        opened=sorted(found.opened),
        asked=[_asked(each) for each in found.asked],
        approval=None if found.approval is None else _signed(found.approval),
        round=found.round,
        publication=found.publication,
        restored_from=found.restored_from,
        against=found.against,
        differences=[
            DifferenceOut(key=each.key, before=each.before, after=each.after, percent=None if each.percent is None else str(each.percent))
            for each in found.differences
        ],
        may=sorted(found.may),
    )


def _step(each: sheets.Taken) -> StepOut:
    return StepOut(
        step=each.pk,
        cycle=each.cycle,
        act=each.act,
        source=each.source,
        target=each.target,
        at=each.at,
        by=each.by,
        party=each.party.value,
        reason=each.reason,
        digest=each.digest,
    )


def _signed(kept: sheets.Signed) -> SignedOut:
    return SignedOut(by=kept.by, mine=kept.mine, digest=kept.digest, preview=kept.preview, at=kept.at, expires=kept.expires)


def _asked(each: sheets.Asked) -> AskedOut:
    return AskedOut(
        by=each.by,
        user=each.user,
        panel=each.panel,
        mine=each.mine,
        at=each.at,
        due=each.due,
        recused=each.recused,
        reason=each.reason,
        verdict=each.verdict,
        answers=dict(each.answers),
        comment=each.comment,
        given=each.given,
    )
