from django.db import transaction

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import IdentityCheck, User
from zuji.registry.accounts.operations.endings import end_sessions
from zuji.registry.accounts.operations.locks import locked
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused


@transaction.atomic
def confirm_identity(*, viewer: Viewer, enterprise: int, name: str, evidence: str) -> None:
    """The enterprise is who it says. ``name`` is the Chinese name that was looked at, ``evidence`` the document and its number.

    Raises:
        NotFound: the viewer is no operator.
        Unfit: see ``faults``.
        Refused: the enterprise is confirmed, or was renamed meanwhile.
    """
    _check(viewer, enterprise, name=name, confirmed=True, evidence=evidence, reason="")


@transaction.atomic
def refuse_identity(*, viewer: Viewer, enterprise: int, name: str, evidence: str, reason: str) -> None:
    """The papers do not show who the enterprise is; it reads ``reason``. Raises as ``confirm_identity`` does."""
    _check(viewer, enterprise, name=name, confirmed=False, evidence=evidence, reason=reason)


def _check(viewer: Viewer, enterprise: int, *, name: str, confirmed: bool, evidence: str, reason: str) -> None:
    if not (viewer.system or viewer.operator):
        raise NotFound
    if viewer.user is not None and not User.objects.filter(pk=viewer.user, operator=True, is_active=True).exists():
        raise NotFound  # dismissed since the page was asked for
    kept = locked(enterprise)
    entries = Entries()
    seen = entries.line("evidence", evidence, most=500)
    why = entries.line("reason", reason, most=500, needed=not confirmed)
    entries.settle()
    if kept.name_zh != name:
        raise Refused(Text("企业名称已变更，请重新核对。", "The enterprise was renamed meanwhile. Look at its papers again."))
    if kept.identity_confirmed and confirmed:
        raise Refused(Text("该企业身份已确认。", "The identity of this enterprise is confirmed already."))
    IdentityCheck.objects.create(enterprise=kept, confirmed=confirmed, of_name=name, evidence=seen, reason=why, by_id=viewer.user)
    kept.identity_confirmed = confirmed
    kept.save(update_fields=["identity_confirmed"])
    record(
        action=Action.IDENTITY_CONFIRMED if confirmed else Action.IDENTITY_REFUSED,
        actor=viewer.name,
        subject=f"enterprise:{kept.uscc}",
        enterprise=kept.uscc,
    )


@transaction.atomic
def appoint_operator(*, actor: str, user: int) -> None:
    """Staff of the platform from now on. Only the command line on the machine does this.

    Raises:
        Refused: the person is an operator already.
    """
    _operator(actor, user, operator=True)


@transaction.atomic
def dismiss_operator(*, actor: str, user: int) -> None:
    """Staff of the platform no more; sessions end at once.

    Raises:
        Refused: the person is no operator.
    """
    _operator(actor, user, operator=False)
    end_sessions(user)


def _operator(actor: str, user: int, *, operator: bool) -> None:
    changed = User.objects.filter(pk=user, is_active=True, operator=not operator).update(operator=operator)
    if not changed:
        raise Refused(
            Text("该用户已是平台管理员，或账户已停用。", "This person is an operator already, or the account is closed.")
            if operator
            else Text("该用户不是平台管理员。", "This person is no operator.")
        )
    record(action=Action.OPERATOR_APPOINTED if operator else Action.OPERATOR_DISMISSED, actor=actor, subject=f"user:{user}")
