"""What owners make of a successor: taken into a draft version of the product with the new versions pinned, or left aside with a reason."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from zuji.engine.study import Input, Study
from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.footprints.answering import study_of
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries
from zuji.registry.products.models import Version
from zuji.registry.products.queries import Draft
from zuji.registry.refusals import Refused
from zuji.registry.republication import queries
from zuji.registry.republication.models import ACCEPTED, DISMISSED, LONGEST_REASON, Decision, Successor
from zuji.registry.republication.queries import Sheet
from zuji.workflow.footprint import State
from zuji.workflow.permissions import Permission

_DECIDED = Text("这份草稿已经处理过了。", "This draft was decided already.")
_OF_NO_PRODUCT = Text(
    "这个结果由研究文件得来，不属于任何产品。请用新的因子版本重新核算该文件。",
    "This result was made from a study file and belongs to no product. Calculate the file again with the new version of the factor.",
)
_NO_REASON = Text("请写明不采纳的理由。", "State why it is not taken.")
_NO_NUMBER = Text(
    "这份草稿没有数值，不能采纳。请改用其他因子后重新核算。",
    "This draft has no number and cannot be taken. Choose another factor and calculate anew.",
)


@transaction.atomic
def accept(*, viewer: Viewer, footprint: str, publication: str) -> int:
    """Take a successor into a draft of its product with the new versions pinned; the number of that version. The old one stays as it is.

    A draft that is being worked on takes the new versions in; where there is none, a new one is made from the version of the footprint.

    Raises:
        NotFound, NotAllowed: as for every operation.
        Refused: it was decided already, has no number, is of no product, or the product model itself names the old factor.
    """
    found = _open(viewer, footprint, publication)
    if found.row.product is None or found.row.version is None:
        raise Refused(_OF_NO_PRODUCT)
    if found.row.after is None:
        raise Refused(_NO_NUMBER)
    number = _draft(viewer, found.row.product, found.row.version)
    draft = product_queries.version(found.row.product, number, viewer=viewer)
    changes = {old: new for old, new in found.changes.items() if new is not None}
    pins = _pins(draft, changes)
    if pins:
        products.save_answers(viewer=viewer, product=draft.product, number=number, base_revision=draft.revision, changes=pins)
        draft = product_queries.version(draft.product, number, viewer=viewer)
    _refuse_left(draft, changes)
    version = Version.objects.get(product=draft.product, number=number)
    _decide(viewer, found, act=ACCEPTED, version=version)
    return number


@transaction.atomic
def dismiss(*, viewer: Viewer, footprint: str, publication: str, reason: str) -> None:
    """Leave a successor aside, with the reason. Raises what :func:`accept` raises where it was decided already."""
    found = _open(viewer, footprint, publication)
    entries = Entries()
    said = entries.line("reason", reason, most=LONGEST_REASON, needed=False)
    entries.settle()
    if not said:
        raise Refused(_NO_REASON)
    _decide(viewer, found, act=DISMISSED, reason=said)


def _open(viewer: Viewer, footprint: str, publication: str) -> Sheet:
    found = queries.successor(footprint, publication, viewer=viewer)
    viewer.demand(Permission.EDIT, enterprise=found.enterprise, product=found.row.product)
    if found.decision is not None:
        raise Refused(_DECIDED)
    return found


def _draft(viewer: Viewer, product: str, base: int) -> int:
    """The number of the draft of a product that is open, or of a new one."""
    newest = product_queries.product(product, viewer=viewer).versions
    for version in newest:
        if version.state == State.DRAFT.value:
            return version.number
    return products.new_version(viewer=viewer, product=product, base=base)  # refused while a version awaits its signature


def _pins(draft: Draft, changes: Mapping[str, str]) -> dict[str, str | None]:
    """The answers that name the new versions: of every question that takes one of the old factors, chosen or by the model."""
    new = {old.rpartition("@")[0]: reference for old, reference in changes.items()}
    pins: dict[str, str | None] = {}
    for key, question in catalogue.in_use(draft.model).model.fields.items():
        if question.factor is None or key not in draft.answers:
            continue
        named = draft.answers.get(f"{key}.factor") or question.factor.id or ""
        reference = new.get(named.partition("@")[0])
        if reference is not None and (named in changes or "@" not in named):  # another version that was chosen on purpose stays
            pins[f"{key}.factor"] = reference
    return pins


def _refuse_left(draft: Draft, changes: Mapping[str, str]) -> None:
    left = sorted(_named(study_of(draft, draft.answers, demonstration=draft.demonstration)) & set(changes))
    if left:
        named = ", ".join(left)
        raise Refused(
            Text(
                f"产品模型本身指定了 {named}，在填报项中不能更换。请等待产品模型的新版本。",
                f"The product model itself names {named}, which no answer can change. Wait for a new version of the model.",
            )
        )


def _named(study: Study) -> set[str]:
    found: set[str] = set()
    for process in study.processes:
        inputs: list[Input] = list(process.inputs)
        found |= {item.factor for item in inputs if isinstance(item.factor, str)}
        found |= {c.replaces.factor for c in process.coproducts if c.replaces is not None and isinstance(c.replaces.factor, str)}
    return found


def _decide(viewer: Viewer, found: Sheet, *, act: str, reason: str = "", version: Version | None = None) -> None:
    row = found.row
    successor = Successor.objects.get(footprint=row.footprint, republication=row.publication)
    try:
        with transaction.atomic():
            Decision.objects.create(successor=successor, act=act, by=viewer.name, reason=reason, version=version)
    except IntegrityError as twice:  # two people at once: the first has decided
        raise Refused(_DECIDED) from twice
    record(
        action=Action.SUCCESSOR_ACCEPTED if act == ACCEPTED else Action.SUCCESSOR_DISMISSED,
        actor=viewer.name,
        subject=f"footprint:{row.footprint}",
        enterprise=found.uscc,
        details={"publication": row.publication, "version": version.number if version is not None else None},
    )
