"""The writes by which a version goes from draft to submission; :mod:`zuji.workflow.footprint` is their table."""

import datetime
import unicodedata

from django.db import transaction

from zuji.engine.canonical import canonical_json, digest
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, one_after_the_other, record
from zuji.registry.footprints import kept
from zuji.registry.footprints.checklist import Item, as_plain
from zuji.registry.footprints.examining import examined
from zuji.registry.footprints.models import LONGEST_REASON, Footprint, Step, Submission
from zuji.registry.footprints.notices import announce
from zuji.registry.footprints.operations import calculate
from zuji.registry.footprints.refusals import NotReady
from zuji.registry.products import queries as products
from zuji.registry.products.models import Version
from zuji.registry.products.operations import advance, refuse_closed
from zuji.registry.products.queries import Draft
from zuji.registry.refusals import Refused
from zuji.workflow.footprint import Act
from zuji.workflow.permissions import Permission


def ask_sign_off(
    *,
    viewer: Viewer,
    product: str,
    number: int,
    note: str = "",
    revision: int | None = None,
    today: datetime.date | None = None,
) -> str:
    """Calculate a draft, and lay it before those who sign; the code of the footprint that they will see. It cannot be edited meanwhile.

    ``revision`` is the one that the preparer looked at and answers for: another one is refused.

    Raises:
        NotCalculable: the answers have no number.
        NotReady: the checklist has blocking items.
        Refused: it is no draft, or was changed since the preparer looked at it, or while it was calculated.
    """
    draft = products.version(product, number, viewer=viewer)
    viewer.demand(Permission.EDIT, enterprise=draft.enterprise, product=product)
    refuse_closed(draft.state, Act.ASK)
    if revision is not None and revision != draft.revision:
        raise Refused(
            Text(
                "您打开本页后数据有改动。请看过现在的数据，再提请签核。",
                "The answers were changed since you opened this page. Look at them as they are now, then ask for sign-off.",
            )
        )
    code = calculate(viewer=viewer, product=product, number=number, today=today)
    _refuse_blocked(draft, code, same_person=None)
    with transaction.atomic():
        version = advance(viewer=viewer, product=product, number=number, act=Act.ASK)
        if version.revision != draft.revision:
            raise Refused(
                Text(
                    "核算期间数据被改动，请再提请一次。", "The answers were changed while they were calculated. Ask for sign-off once more."
                )
            )
        _step(version, Act.ASK, viewer, reason=note, footprint=code)
    return code


@transaction.atomic
def take_back(*, viewer: Viewer, product: str, number: int) -> None:
    """Make a version a draft again before it is signed."""
    _step(advance(viewer=viewer, product=product, number=number, act=Act.TAKE_BACK), Act.TAKE_BACK, viewer)


@transaction.atomic
def return_to_draft(*, viewer: Viewer, product: str, number: int, reason: str, result_hash: str | None = None) -> None:
    """Give a version back to its preparers, with the reason. ``result_hash`` as in :func:`sign`."""
    version = advance(viewer=viewer, product=product, number=number, act=Act.RETURN, reason=reason)
    if result_hash is not None:
        _laid_before(version, result_hash)
    _step(version, Act.RETURN, viewer, reason=reason)


@transaction.atomic
def withdraw(*, viewer: Viewer, product: str, number: int, reason: str) -> None:
    """Withdraw a submitted version, with the reason. Its case and its snapshot stay as they are, marked as withdrawn."""
    _step(advance(viewer=viewer, product=product, number=number, act=Act.WITHDRAW, reason=reason), Act.WITHDRAW, viewer, reason=reason)


@transaction.atomic
def sign(*, viewer: Viewer, product: str, number: int, result_hash: str) -> str:
    """Sign what was laid before the approver and submit it; the case number. The snapshot is frozen with its hash.

    ``result_hash`` is that of the result which the approver saw: another one is refused.

    Raises:
        Refused: the version does not await sign-off, or another result lies before them now.
        NotReady: the checklist has blocking items.
    """
    version = advance(viewer=viewer, product=product, number=number, act=Act.SIGN)
    asked, footprint = _laid_before(version, result_hash)
    draft = products.version(product, number, viewer=viewer)
    items = _refuse_blocked(draft, footprint.code, same_person=asked.by == viewer.name)
    one_after_the_other()
    now = datetime.datetime.now(datetime.UTC)
    case = _next_case(now.year)
    snapshot = _snapshot(draft, footprint, items, case=case, prepared_by=asked.by, signed_by=viewer.name, at=now)
    made = Submission.objects.create(
        case_number=case,
        version=version,
        footprint=footprint,
        prepared_by=asked.by,
        signed_by=viewer.name,
        at=now,
        snapshot=canonical_json(snapshot).decode(),
        snapshot_hash=f"sha256:{digest(snapshot)}",
    )
    _step(version, Act.SIGN, viewer, footprint=footprint.code, case=case, snapshot_hash=made.snapshot_hash)
    return case


def _laid_before(version: Version, result_hash: str) -> tuple[Step, Footprint]:
    """The step by which a version came before those who sign, and its footprint. Raises Refused where that is not the one seen."""
    asked = version.steps.filter(act=Act.ASK.value).select_related("footprint").order_by("-pk")[0]
    footprint = asked.footprint
    if footprint is None or footprint.result_hash != result_hash:
        raise Refused(
            Text(
                "您看到的结果不是现在待签核的结果，请重新打开后再决定。",
                "The result that you saw is not the one that awaits your sign-off now. Open it again.",
            )
        )
    return asked, footprint


def _refuse_blocked(draft: Draft, footprint: str, *, same_person: bool | None) -> tuple[Item, ...]:
    """The checklist of a version with the footprint calculated of it. Raises NotReady where an item blocks it."""
    found = examined(draft, kept.read(Footprint.objects.values_list("result", flat=True).get(pk=footprint)), same_person=same_person)
    if found.blocking:
        raise NotReady([item.detail for item in found.blocking])
    return found.items


_ACTIONS = {
    Act.ASK: Action.VERSION_SIGN_OFF_ASKED,
    Act.TAKE_BACK: Action.VERSION_TAKEN_BACK,
    Act.RETURN: Action.VERSION_RETURNED,
    Act.SIGN: Action.VERSION_SIGNED,
    Act.WITHDRAW: Action.VERSION_WITHDRAWN,
}


_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # what hides or reorders the text around it; PostgreSQL cannot keep a NUL at all


def _step(version: Version, act: Act, viewer: Viewer, *, reason: str = "", footprint: str | None = None, **details: str) -> None:
    """Note the step on the version's own timeline and in the audit chain; reasons are the enterprise's own and stay out of the chain."""
    if len(reason) > LONGEST_REASON:
        raise Refused(Text("说明过长，最多 2000 字。", "The text is too long: 2,000 characters at most."))
    if any(unicodedata.category(character) in _HIDDEN and character not in "\n\r\t" for character in reason):
        raise Refused(Text("说明含有不可见的控制字符，请重新输入。", "There are invisible control characters in the text: type it again."))
    step = Step.objects.create(
        version=version, act=act.value, at=datetime.datetime.now(datetime.UTC), by=viewer.name, reason=reason, footprint_id=footprint
    )
    announce(step, version, by=viewer)
    record(
        action=_ACTIONS[act],
        actor=viewer.name,
        subject=f"product:{version.product_id}",
        enterprise=version.product.enterprise.uscc,
        details={"number": version.number, "revision": version.revision, "footprint": footprint, **details},
    )


def _next_case(year: int) -> str:
    """The next case number of a year, without gap or twin: all signers come one after the other."""
    start = f"ZJ-{year:04d}-"
    last = Submission.objects.filter(case_number__startswith=start).order_by("-case_number").values_list("case_number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06d}"


def _snapshot(
    draft: Draft, footprint: Footprint, items: tuple[Item, ...], *, case: str, prepared_by: str, signed_by: str, at: datetime.datetime
) -> dict[str, object]:
    """Everything that was signed."""
    return {
        "zuji": "submission/1",
        "case": case,
        "enterprise": draft.uscc,
        "product": {"code": draft.product, "name_zh": draft.name.zh, "name_en": draft.name.en, "specification": draft.specification},
        "version": draft.number,
        "revision": draft.revision,
        "model": draft.model,
        "answers": dict(draft.answers),
        "evidence": [{"key": each.key, "name": each.name, "size": each.size, "sha256": each.sha256} for each in draft.attached],
        "footprint": {
            "code": footprint.code,
            "study_digest": footprint.study_digest,
            "result_hash": footprint.result_hash,
            "total": footprint.total,
        },
        "checklist": as_plain(items),
        "prepared_by": prepared_by,
        "signed_by": signed_by,
        "at": at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
