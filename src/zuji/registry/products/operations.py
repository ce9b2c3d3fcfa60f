import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Site
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.evidence import queries as evidence
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.models import queries as catalogue
from zuji.registry.products import names
from zuji.registry.products.cleaning import cleaned
from zuji.registry.products.conflict import BadAnswers, Clash, Conflict
from zuji.registry.products.models import Attachment, Change, GroupSeen, Product, Version
from zuji.registry.products.replay import answers_of, replayed
from zuji.registry.refusals import NotFound, Refused
from zuji.rules.models import DECLARED_UNIT
from zuji.workflow.footprint import FOOTPRINT, Act, State
from zuji.workflow.machine import TransitionRefused
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the revision now, the keys it changed, and the answers that read otherwise than typed."""

    revision: int
    changed: tuple[str, ...]
    read_as: Mapping[str, str]


@transaction.atomic
def create_product(
    *, viewer: Viewer, enterprise: int, name: Text, model: str, specification: str = "", site: int | None = None, code: str = ""
) -> str:
    """A new product of an enterprise with its first version, an empty draft of the newest ``model``; the product's code.

    ``code`` is one that the form was given before it was sent: the same form sent twice makes one product.

    Raises:
        NotFound: there is no such enterprise, or not for this person.
        NotAllowed: they may look, and not add products.
        Refused: the name cannot be kept, the model is not on offer, or the site is not the enterprise's.
    """
    viewer.demand(Permission.CREATE, enterprise=enterprise)
    owner = Enterprise.objects.filter(pk=enterprise).first()
    if owner is None:
        raise NotFound
    if code and Product.objects.filter(code=code, enterprise=owner, created_by=viewer.name).exists():
        return code
    found = catalogue.newest(model)
    if found is None:
        raise Refused(Text(f"没有产品模型“{model[:80]}”。", f"There is no product model “{model[:80]}”."))
    if site is not None and not Site.objects.filter(pk=site, enterprise=owner).exists():
        raise Refused(Text("没有这个场所。", "There is no such site."))
    named = names.product(name, specification)
    product = Product.objects.create(
        code=code or new_code(),
        enterprise=owner,
        site_id=site,
        name_zh=named.name.zh,
        name_en=named.name.en,
        specification=named.specification,
        model=found.id,
        created_by=viewer.name,
    )
    Version.objects.create(product=product, number=1, model=found.reference, created_by=viewer.name)
    record(
        action=Action.PRODUCT_CREATED,
        actor=viewer.name,
        subject=f"product:{product.code}",
        enterprise=owner.uscc,
        details={"model": found.reference},
    )
    return product.code


@transaction.atomic
def describe_product(*, viewer: Viewer, product: str, name: Text, specification: str = "", site: int | None = None) -> None:
    """Other names, specification and site for a product. Raises what :func:`create_product` raises."""
    kept = _product(viewer, product, Permission.EDIT)
    if site is not None and not Site.objects.filter(pk=site, enterprise=kept.enterprise_id).exists():
        raise Refused(Text("没有这个场所。", "There is no such site."))
    named = names.product(name, specification)
    kept.name_zh, kept.name_en, kept.specification, kept.site_id = named.name.zh, named.name.en, named.specification, site
    kept.save(update_fields=["name_zh", "name_en", "specification", "site"])
    _record(Action.PRODUCT_DESCRIBED, viewer, kept)


@transaction.atomic
def archive_product(*, viewer: Viewer, product: str, archived: bool) -> None:
    """Put a product out of the lists, or back. Nothing of it is removed."""
    kept = _product(viewer, product, Permission.EDIT)
    kept.archived = archived
    kept.save(update_fields=["archived"])
    _record(Action.PRODUCT_ARCHIVED, viewer, kept, archived=archived)


@transaction.atomic
def save_answers(*, viewer: Viewer, product: str, number: int, base_revision: int, changes: Mapping[str, str | None]) -> Saved:
    """Keep changed answers of a draft. Keys that nobody else changed since ``base_revision`` are merged with what others did.

    ``changes`` maps keys to texts as typed; None or an empty text empties a field.

    Raises:
        NotFound, NotAllowed: as for every operation.
        Refused: the version is no draft, or its model is no longer on offer.
        BadAnswers: some text cannot be kept; nothing was.
        Conflict: somebody changed one of the keys to another value meanwhile; nothing was kept.
    """
    version = _draft(viewer, product, number)
    clean = cleaned(changes, catalogue.in_use(version.model).model)
    if clean.faults:
        raise BadAnswers(clean.faults)
    current = answers_of(version)
    _refuse_clashes(version, current, clean.values, base_revision)
    return Saved(*_kept(viewer, version, current, clean.values, Action.ANSWERS_SAVED), clean.read_as)


@transaction.atomic
def restore(*, viewer: Viewer, product: str, number: int, revision: int, key: str | None = None) -> Saved:
    """Bring back what stood in a revision, in all fields or in one, as a new revision: nothing of the history is lost.

    Raises:
        NotFound: there is no such revision of the version.
        Refused: the version is no draft.
    """
    version = _draft(viewer, product, number)
    if not 0 <= revision <= version.revision:
        raise NotFound
    then = replayed(version.changes.filter(revision__lte=revision))
    current = answers_of(version)
    wanted = {key} if key is not None else {*then, *current}
    return Saved(*_kept(viewer, version, current, {name: then.get(name) for name in wanted}, Action.ANSWERS_RESTORED, of=revision), {})


@transaction.atomic
def see_group(*, viewer: Viewer, product: str, number: int, group: str, finished: bool | None = None) -> None:
    """Note that a page of a draft's questionnaire was opened, and, where ``finished`` is given, whether it is filled in.

    Looking is no change of the footprint: it is noted for the task list and not in the audit chain. Those who may only look leave no mark.
    """
    version = _version(viewer, product, number, Permission.VIEW if finished is None else Permission.EDIT)
    may_edit = viewer.may(Permission.EDIT, enterprise=version.product.enterprise_id, product=product)
    if version.state != State.DRAFT.value or not may_edit:
        return
    if group not in {each.id for each in catalogue.in_use(version.model).groups}:
        raise NotFound
    seen, _ = GroupSeen.objects.get_or_create(version=version, group=group)
    if finished is not None and seen.finished != finished:
        seen.finished = finished
        seen.save(update_fields=["finished"])


@transaction.atomic
def new_version(*, viewer: Viewer, product: str, base: int) -> int:
    """A new draft with the answers and evidence of version ``base``, under the newest model; its number.

    Answers to questions that the newest model no longer asks are not carried over; they stay in ``base``.

    Raises:
        Refused: there is a draft already.
    """
    origin = _version(viewer, product, base, Permission.EDIT)
    versions = Version.objects.filter(product=product)
    draft = versions.filter(state__in=[State.DRAFT.value, State.AWAITING_SIGN_OFF.value]).values_list("number", flat=True).first()
    if draft is not None:
        raise Refused(Text(f"第 {draft} 版还在填报中，请先完成它。", f"Version {draft} is still being worked on; finish that first."))
    model = catalogue.newest(origin.product.model)
    if model is None:
        raise Refused(Text("这种产品模型已不再提供。", "This product model is no longer on offer."))
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Version.objects.create(product=origin.product, number=number, model=model.reference, based_on=origin, created_by=viewer.name)
    _kept(viewer, made, {}, dict(_carried(origin, model.reference)), Action.VERSION_CREATED, base=base)
    now = datetime.datetime.now(datetime.UTC)
    Attachment.objects.bulk_create(
        Attachment(version=made, key=kept.key, file_id=kept.file_id, at=now, by=viewer.name)
        for kept in origin.attachments.filter(removed_at__isnull=True)
    )
    return number


@transaction.atomic
def move_to_newest_model(*, viewer: Viewer, product: str, number: int) -> str:
    """Take the newest version of the model for a draft, keeping every answer whose question is still asked; the model's ``id@version``.

    Answers to questions that are no longer asked are emptied, and stay in the history.
    """
    version = _draft(viewer, product, number)
    model = catalogue.newest(version.product.model)
    if model is None:
        raise Refused(Text("这种产品模型已不再提供。", "This product model is no longer on offer."))
    if version.model == model.reference:
        return model.reference
    before, version.model = version.model, model.reference
    version.save(update_fields=["model", "changed"])
    current = answers_of(version)
    kept = dict(_carried(version, model.reference))
    _kept(
        viewer,
        version,
        current,
        {key: kept.get(key) for key in current},
        Action.VERSION_MOVED_TO_MODEL,
        source=before,
        target=model.reference,
    )
    return model.reference


@transaction.atomic
def attach(*, viewer: Viewer, product: str, number: int, key: str, file: str) -> None:
    """Put an evidence file of the enterprise behind an answer of a draft. Doing it twice is doing it once."""
    version = _draft(viewer, product, number)
    if key not in catalogue.in_use(version.model).model.fields:
        raise Refused(Text("产品模型没有这一项。", "The product model has no such field."))
    if not evidence.of([file], viewer=viewer):
        raise NotFound
    kept = EvidenceFile.objects.filter(code=file, enterprise=version.product.enterprise_id).first()
    if kept is None:
        raise NotFound
    _, made = Attachment.objects.get_or_create(
        version=version,
        key=key,
        file=kept,
        removed_at=None,
        defaults={"at": datetime.datetime.now(datetime.UTC), "by": viewer.name},
    )
    if made:
        _record(Action.EVIDENCE_ATTACHED, viewer, version.product, number=number, key=key, file=file, sha256=kept.sha256)


@transaction.atomic
def detach(*, viewer: Viewer, product: str, number: int, key: str, file: str) -> None:
    """Take an evidence file from behind an answer of a draft. The file and the fact that it stood there are kept."""
    version = _draft(viewer, product, number)
    here = Attachment.objects.filter(version=version, key=key, file=file, removed_at__isnull=True).first()
    if here is None:
        raise NotFound
    here.removed_at, here.removed_by = datetime.datetime.now(datetime.UTC), viewer.name
    here.save(update_fields=["removed_at", "removed_by"])
    _record(Action.EVIDENCE_DETACHED, viewer, version.product, number=number, key=key, file=file)


def advance(*, viewer: Viewer, product: str, number: int, act: Act, reason: str = "") -> Version:
    """Move a version along its workflow, inside the caller's transaction; the caller records the event. The version is locked.

    Raises:
        Refused: the action is not open in the version's state, or needs a reason.
    """
    version = _version(viewer, product, number, Permission.VIEW)
    try:
        transition = FOOTPRINT.apply(State(version.state), act, reason=reason)
    except TransitionRefused as refused:
        viewer.demand(
            next(t.permission for t in FOOTPRINT.transitions if t.action is act), enterprise=version.product.enterprise_id, product=product
        )
        raise Refused(refused.text) from refused
    viewer.demand(transition.permission, enterprise=version.product.enterprise_id, product=product)
    version.state = transition.target.value
    version.save(update_fields=["state", "changed"])
    return version


def refuse_closed(state: str, act: Act) -> None:
    """Nothing where ``act`` is open in a version's state: to be asked before work that would be in vain. Raises :class:`Refused`."""
    try:
        FOOTPRINT.apply(State(state), act, reason="—")
    except TransitionRefused as refused:
        raise Refused(refused.text) from refused


def _product(viewer: Viewer, code: str, permission: Permission) -> Product:
    found = Product.objects.select_related("enterprise").select_for_update(of=("self",)).filter(code=code).first()
    if found is None:
        raise NotFound
    viewer.demand(permission, enterprise=found.enterprise_id, product=code)
    return found


def _version(viewer: Viewer, product: str, number: int, permission: Permission) -> Version:
    """The version, locked to the end of the transaction, so that two writers come one after the other."""
    found = (
        Version.objects.select_related("product", "product__enterprise")
        .select_for_update(of=("self",))
        .filter(product=product, number=number)
        .first()
    )
    if found is None:
        raise NotFound
    viewer.demand(permission, enterprise=found.product.enterprise_id, product=product)
    return found


def _draft(viewer: Viewer, product: str, number: int) -> Version:
    version = _version(viewer, product, number, Permission.EDIT)
    if version.state != State.DRAFT.value:
        state = FOOTPRINT.names[version.state]
        raise Refused(
            Text(
                f"第 {number} 版的状态是“{state.zh}”，不能再改。需要修改时请收回，或建立新版本。",
                f"Version {number} is “{state.en}” and cannot be changed. Take it back, or make a new version.",
            )
        )
    return version


def _refuse_clashes(version: Version, current: Mapping[str, str], wanted: Mapping[str, str | None], base: int) -> None:
    """Raise where a key was changed by a save after ``base`` and the values differ."""
    if base >= version.revision:
        return
    since: dict[str, tuple[Change, Change]] = {}
    for change in version.changes.filter(revision__gt=base, key__in=list(wanted)).order_by("revision"):
        since[change.key] = (since.get(change.key, (change, change))[0], change)
    clashes = {
        key: Clash(saw=first.before, mine=wanted[key], theirs=current.get(key), by=last.by, at=last.at)
        for key, (first, last) in since.items()
        if wanted[key] != current.get(key)
    }
    if clashes:
        raise Conflict(version.revision, clashes)


def _kept(
    viewer: Viewer,
    version: Version,
    current: Mapping[str, str],
    wanted: Mapping[str, str | None],
    action: Action,
    **details: str | int | bool | None,
) -> tuple[int, tuple[str, ...]]:
    """Write the fields that change as one revision with one audit event. Answers are secrets: the chain holds their keys' number only.

    A draft's birth is recorded also where it starts empty.
    """
    changed = {key: value for key, value in wanted.items() if value != current.get(key)}
    if changed:
        now = datetime.datetime.now(datetime.UTC)
        version.revision += 1
        Change.objects.bulk_create(
            Change(version=version, revision=version.revision, key=key, before=current.get(key), after=value, at=now, by=viewer.name)
            for key, value in sorted(changed.items())
        )
        after = {**current, **changed}
        version.answers = json.dumps(
            {key: value for key, value in sorted(after.items()) if value is not None}, ensure_ascii=False, separators=(",", ":")
        )
        version.save(update_fields=["answers", "revision", "changed"])
    if changed or action is not Action.ANSWERS_SAVED:
        _record(action, viewer, version.product, number=version.number, revision=version.revision, fields=len(changed), **details)
    return version.revision, tuple(sorted(changed))


def _carried(origin: Version, reference: str) -> Mapping[str, str]:
    """The answers of ``origin`` whose questions the model ``reference`` asks."""
    fields = catalogue.in_use(reference).model.fields
    return {key: value for key, value in answers_of(origin).items() if key.partition(".")[0] in {*fields, DECLARED_UNIT}}


def _record(action: Action, viewer: Viewer, product: Product, **details: str | int | bool | None) -> None:
    record(action=action, actor=viewer.name, subject=f"product:{product.code}", enterprise=product.enterprise.uscc, details=details)
