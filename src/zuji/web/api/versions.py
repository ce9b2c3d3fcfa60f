from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from zuji.registry.footprints.answering import Pointed, task_list
from zuji.registry.footprints.live import live
from zuji.registry.products import operations, queries
from zuji.web.api.acting import program
from zuji.web.api.shapes import (
    AnswersIn,
    Both,
    ChangeOut,
    ChangesIn,
    Code,
    EvidenceOut,
    FindingOut,
    GroupOut,
    HistoryOut,
    LiveOut,
    PageIn,
    RestoreIn,
    SavedOut,
    VersionOut,
)

router = Router(tags=["versions"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]
HERE = "/products/{code}/versions/{number}"


@router.get(HERE, response=VersionOut, operation_id="version", url_name="version")
def version(request: HttpRequest, code: Code, number: Number) -> VersionOut:
    """A version with its answers, and where each page of its questionnaire stands."""
    draft = queries.version(code, number, viewer=program(request))
    return VersionOut(
        product=code,
        number=number,
        model=draft.model,
        state=draft.state,
        revision=draft.revision,
        based_on=draft.based_on,
        answers=dict(draft.answers),
        pages=[
            GroupOut(
                id=group.id,
                title=Both.of(group.title),
                status=group.status,
                answered=group.answered,
                asked=group.asked,
                errors=group.errors,
                warnings=group.warnings,
            )
            for group in task_list(draft)
        ],
        evidence=[EvidenceOut(key=each.key, file=each.file, name=each.name, size=each.size, sha256=each.sha256) for each in draft.attached],
    )


@router.patch(f"{HERE}/answers", response=SavedOut, operation_id="save_answers", url_name="answers")
def save(request: HttpRequest, code: Code, number: Number, sent: AnswersIn) -> SavedOut:
    """Keep changed answers of a draft: all of them or, where one cannot be kept or was changed by somebody else meanwhile, none."""
    saved = operations.save_answers(
        viewer=program(request), product=code, number=number, base_revision=sent.base_revision, changes=sent.changes
    )
    return SavedOut(revision=saved.revision, changed=list(saved.changed), read_as=dict(saved.read_as))


@router.post(f"{HERE}/live", response=LiveOut, operation_id="live", url_name="live")
def try_out(request: HttpRequest, code: Code, number: Number, sent: ChangesIn) -> LiveOut:
    """The total with some answers changed. Nothing is kept."""
    shown = live(viewer=program(request), product=code, number=number, changes=sent.changes)
    return LiveOut(
        total=shown.total,
        by_stage=dict(shown.by_stage),
        declared_amount=shown.declared_amount,
        declared_unit=shown.declared_unit,
        saved=shown.saved,
        change=shown.change,
        gaps=shown.gaps,
        findings=[_finding(each) for each in shown.findings],
        faults={key: Both.of(text) for key, text in shown.faults.items()},
        read_as=dict(shown.read_as),
    )


@router.get(f"{HERE}/history", response=HistoryOut, operation_id="history", url_name="history")
def history(
    request: HttpRequest,
    code: Code,
    number: Number,
    key: Annotated[str, Query(max_length=120)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HistoryOut:
    """Every change of the answers, or of one of them: who and when, before and after."""
    changes, pages = queries.history(code, number, viewer=program(request), key=key, page=page)
    shown = [ChangeOut(revision=c.revision, key=c.key, before=c.before, after=c.after, at=c.at, by=c.by) for c in changes]
    return HistoryOut(changes=shown, pages=pages)


@router.post(f"{HERE}/restore", response=SavedOut, operation_id="restore", url_name="restore")
def restore(request: HttpRequest, code: Code, number: Number, sent: RestoreIn) -> SavedOut:
    """Bring back what stood in a revision, as a new revision. Doing it twice is doing it once."""
    saved = operations.restore(viewer=program(request), product=code, number=number, revision=sent.revision, key=sent.key)
    return SavedOut(revision=saved.revision, changed=list(saved.changed), read_as={})


@router.put(f"{HERE}/pages/{{group}}", response=VersionOut, operation_id="finish_page", url_name="page")
def finish(request: HttpRequest, code: Code, number: Number, group: Annotated[str, Path(max_length=60)], sent: PageIn) -> VersionOut:
    """Say that a page of the questionnaire is filled in, or is not."""
    operations.see_group(viewer=program(request), product=code, number=number, group=group, finished=sent.finished)
    return version(request, code, number)


def _finding(each: Pointed) -> FindingOut:
    return FindingOut(
        code=each.code, severity=each.severity, where=each.where, field=each.field, message=Both.of(each.message), reference=each.reference
    )
