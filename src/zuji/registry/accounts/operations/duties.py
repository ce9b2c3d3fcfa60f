"""Who does what for the platform. Appointing takes a person whose papers were looked at: four eyes are four only if they are two people's."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.identity_documents import document_key, fault_of_document
from zuji.registry.accounts.models import Duty, RealName, User
from zuji.registry.accounts.operations.endings import end_sessions
from zuji.registry.accounts.uscc import fault
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.duties import DUTY_NAMES, together
from zuji.workflow.duties import Duty as DutyName

MOST_CATEGORIES = 50


@transaction.atomic
def confirm_person(*, viewer: Viewer, user: int, document: str) -> None:
    """An operator looked at the document with this number, and the account is of the person it names. Only a keyed hash of it is kept.

    Raises:
        NotFound: the viewer is no operator, or there is no such account.
        Unfit: the number is none.
        Refused: the account is of another document already, or the operator's own.
    """
    whom = _of_operator(viewer, user)
    entries = Entries()
    entries.fault("document", fault_of_document(document))
    entries.settle()
    key = document_key(document)
    known = RealName.objects.filter(user=whom).first()
    if known is not None and known.document_key == key:
        return
    if known is not None:
        raise Refused(
            Text(
                "该账户已按另一证件确认；一个账户只属于一个人。",
                "The account was confirmed by another document. An account is of one person.",
            )
        )
    RealName.objects.create(user=whom, document_key=key, by_id=viewer.user)
    record(action=Action.PERSON_CONFIRMED, actor=viewer.name, subject=f"user:{whom.pk}")


@transaction.atomic
def appoint(*, viewer: Viewer, user: int, duty: str, organisation: str, uscc: str = "", scope: Collection[str] = ()) -> int:
    """The person does ``duty`` from now on; the number of the appointment. ``scope`` lists the categories that an expert knows (none: all).

    Raises:
        NotFound: the viewer is no operator, or there is no such account.
        Unfit: see ``faults``.
        Refused: the person was not confirmed, holds the duty already or one that does not go with it, or is an operator.
    """
    whom = _of_operator(viewer, user)
    entries = Entries()
    entries.chosen("duty", duty, frozenset(each.value for each in DutyName))
    works_for = entries.line("organisation", organisation, most=200)
    code = uscc.strip().upper()
    entries.fault("uscc", fault(code) if code else None)
    kept = sorted({entries.line("scope", each, most=80) for each in scope})
    if len(kept) > MOST_CATEGORIES:
        entries.fault("scope", Text(f"最多 {MOST_CATEGORIES} 个类别。", f"At most {MOST_CATEGORIES} categories."))
    entries.settle()
    _may_hold(whom, DutyName(duty))
    made = Duty.objects.create(user=whom, duty=duty, organisation=works_for, uscc=code, scope=kept, appointed_by_id=viewer.user)
    record(action=Action.DUTY_ASSIGNED, actor=viewer.name, subject=f"user:{whom.pk}", details={"duty": duty, "scope": ", ".join(kept)})
    return made.pk


@transaction.atomic
def end_duty(*, viewer: Viewer, appointment: int) -> None:
    """The person does it no more; their sessions end at once.

    Raises:
        NotFound: the viewer is no operator, or no such appointment is in force.
    """
    if not (viewer.system or viewer.operator):
        raise NotFound
    found = Duty.objects.select_for_update(no_key=True).filter(pk=appointment, ended=None).first()
    if found is None:
        raise NotFound
    found.ended = timezone.now()
    found.save(update_fields=["ended"])
    end_sessions(found.user_id)
    record(action=Action.DUTY_ENDED, actor=viewer.name, subject=f"user:{found.user_id}", details={"duty": found.duty})


def _of_operator(viewer: Viewer, user: int) -> User:
    """The account, locked, where an operator other than its owner asks."""
    if not (viewer.system or viewer.operator):
        raise NotFound
    found = User.objects.select_for_update(no_key=True).filter(pk=user, is_active=True).first()
    if found is None:
        raise NotFound
    if viewer.user == user:
        raise Refused(Text("不能为自己办理。", "Nobody does this for themselves."))
    return found


def _may_hold(whom: User, duty: DutyName) -> None:
    name = DUTY_NAMES[duty]
    key = RealName.objects.filter(user=whom).values_list("document_key", flat=True).first()
    if key is None:
        raise Refused(Text("请先确认本人身份（证件），再任命。", "Confirm first who the person is, by a document; then appoint them."))
    accounts = User.objects.filter(real_name__document_key=key)  # all of one person's: duties are held apart by person
    if accounts.filter(operator=True, is_active=True).exists():
        raise Refused(Text("平台管理员不担任评审与审计职责。", "An operator reviews, publishes and audits nothing."))
    in_force = Duty.objects.filter(user__in=accounts, ended=None)
    held = frozenset(DutyName(each) for each in in_force.values_list("duty", flat=True))
    if duty in held:
        raise Refused(Text(f"该用户已是{name.zh}。", f"This person is {name.en} already."))
    if not together(held | {duty}):
        raise Refused(
            Text(
                f"审计员不得兼任其他职责，不能再任{name.zh}。",
                f"An auditor holds no other duty: this person cannot be {name.en} too.",
            )
        )
