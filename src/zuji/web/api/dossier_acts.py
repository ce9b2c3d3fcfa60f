"""What is done with a dossier: one address, and the act that the body names. Each act is one operation, the one that its page calls."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import operations, queries
from zuji.registry.refusals import NotFound
from zuji.web import impacts
from zuji.web.api import dossier_shapes as shapes
from zuji.web.api.acting import program
from zuji.web.api.dossiers import HERE, finding_out
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import Code
from zuji.workflow.duties import Duty
from zuji.workflow.factor import State

router = Router(tags=["dossiers"])


@router.post(f"{HERE}/acts", response={201: shapes.ActDone}, operation_id="act", url_name="dossier-acts")
def act(request: HttpRequest, dossier: Code, sent: shapes.ActIn, key: Key) -> HttpResponse:
    """Take a step. `may` of the dossier names the acts that are open to the caller; a refusal says why.

    Acts that decide on content name the `digest` of what was looked at (`seen`), signatures also that of the dry run (`preview`): where
    either is another by now the answer is 409 with the state. A step that is not the caller's is 403 with the reason, also where another account
    of theirs took part in this dossier.
    """
    viewer = program(request)

    def work() -> tuple[int, shapes.ActDone]:
        before = queries.row(dossier, viewer=viewer)
        more = _DO[sent.act](viewer, dossier, sent, before.state)
        try:
            row = queries.row(dossier, viewer=viewer)
        except NotFound:  # an expert who stepped back sees it no more
            row = before
        return 201, shapes.ActDone(act=sent.act, state=row.state, number=row.number, **more)

    return answer_once(request, viewer, key, work)


Doing = Callable[[Viewer, str, Any, str], dict[str, Any]]
"""Viewer, code of the dossier, what was sent, the state it stands in; what the act gave."""


def _submit(viewer: Viewer, dossier: str, sent: shapes.Submit, _: str) -> dict[str, Any]:
    done = operations.submit(viewer=viewer, dossier=dossier, revision=sent.revision)
    return {"passed": done.passed, "findings": [finding_out(each) for each in done.findings]}


def _withdraw(viewer: Viewer, dossier: str, sent: shapes.Withdraw, _: str) -> dict[str, Any]:
    operations.withdraw(viewer=viewer, dossier=dossier, reason=sent.reason)
    return {}


def _appeal(viewer: Viewer, dossier: str, sent: shapes.Appeal, _: str) -> dict[str, Any]:
    operations.appeal(viewer=viewer, dossier=dossier, reason=sent.reason)
    return {}


def _overrule(viewer: Viewer, dossier: str, sent: shapes.Overrule, _: str) -> dict[str, Any]:
    operations.overrule(viewer=viewer, dossier=dossier, code=sent.code, reason=sent.reason)
    return {}


def _tick(viewer: Viewer, dossier: str, sent: shapes.Tick, _: str) -> dict[str, Any]:
    mark = operations.Mark(key=sent.key, file=sent.file, page=sent.page, agrees=sent.agrees, remark=sent.remark)
    operations.tick(viewer=viewer, dossier=dossier, mark=mark, seen=sent.seen)
    return {}


def _assign(viewer: Viewer, dossier: str, sent: shapes.Assign, _: str) -> dict[str, Any]:
    return {"assignment": operations.assign(viewer=viewer, dossier=dossier, expert=sent.expert, days=sent.days)}


def _release(viewer: Viewer, dossier: str, sent: shapes.Release, _: str) -> dict[str, Any]:
    operations.release(viewer=viewer, dossier=dossier, expert=sent.expert, reason=sent.reason)
    return {}


def _recuse(viewer: Viewer, dossier: str, sent: shapes.Recuse, _: str) -> dict[str, Any]:
    operations.recuse(viewer=viewer, dossier=dossier, reason=sent.reason, conflict=sent.conflict)
    return {}


def _opine(viewer: Viewer, dossier: str, sent: shapes.Opine, _: str) -> dict[str, Any]:
    operations.opine(
        viewer=viewer,
        dossier=dossier,
        answers=sent.answers,
        verdict=sent.verdict,
        comment=sent.comment,
        no_conflict=sent.no_conflict,
        seen=sent.seen,
    )
    return {}


_RETURNS: Mapping[str, Callable[..., None]] = {
    State.TRACING.value: operations.return_untraced,
    State.REVIEWING.value: operations.return_from_review,
    State.SPOT_CHECK.value: operations.return_drawn,
}


def _return(viewer: Viewer, dossier: str, sent: shapes.Return, state: str) -> dict[str, Any]:
    _RETURNS.get(state, operations.return_unpublished)(viewer=viewer, dossier=dossier, reason=sent.reason, seen=sent.seen)
    return {}


def _found_sound(viewer: Viewer, dossier: str, sent: shapes.FoundSound, _: str) -> dict[str, Any]:
    operations.find_sound(viewer=viewer, dossier=dossier, remark=sent.remark, seen=sent.seen)
    return {}


def _reject(viewer: Viewer, dossier: str, sent: shapes.RejectDrawn, _: str) -> dict[str, Any]:
    operations.reject_drawn(viewer=viewer, dossier=dossier, reason=sent.reason, seen=sent.seen)
    return {}


def _decide_appeal(viewer: Viewer, dossier: str, sent: shapes.DecideAppeal, _: str) -> dict[str, Any]:
    operations.decide_appeal(viewer=viewer, dossier=dossier, admit=sent.admit, reason=sent.reason)
    return {}


def _sign(viewer: Viewer, dossier: str, sent: shapes.Sign, _: str) -> dict[str, Any]:
    # Whoever does not sign publications keeps no dry run either: the operation tells them why they do not sign.
    preview = impacts.keep(dossier, viewer, shown=sent.preview) if Duty.PUBLISHER.value in viewer.duties else sent.preview
    return {"expires": operations.sign(viewer=viewer, dossier=dossier, seen=sent.seen, preview=preview)}


def _publish(viewer: Viewer, dossier: str, sent: shapes.Publish, _: str) -> dict[str, Any]:
    return {"publication": operations.publish(viewer=viewer, dossier=dossier, seen=sent.seen, preview=sent.preview)}


def _unsign(viewer: Viewer, dossier: str, sent: shapes.Unsign, _: str) -> dict[str, Any]:
    operations.unsign(viewer=viewer, dossier=dossier, reason=sent.reason)
    return {}


_DO: Mapping[str, Doing] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "appeal": _appeal,
    "overrule": _overrule,
    "tick": _tick,
    "assign": _assign,
    "release": _release,
    "recuse": _recuse,
    "opine": _opine,
    "return": _return,
    "found_sound": _found_sound,
    "reject": _reject,
    "decide_appeal": _decide_appeal,
    "sign": _sign,
    "publish": _publish,
    "unsign": _unsign,
}
