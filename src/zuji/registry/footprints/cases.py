"""Reading what became of a version: the steps it took, and the case under which it was submitted."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import kept
from zuji.registry.footprints.examining import Examined, examined
from zuji.registry.footprints.models import Step, Submission
from zuji.registry.products import queries as products
from zuji.registry.refusals import NotFound
from zuji.workflow.footprint import Act, State
from zuji.workflow.permissions import Permission

_SEAL = "sha256:"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a version: who (``by``; ``actor`` as the audit chain names them) did what, when and why."""

    act: str
    at: datetime.datetime
    by: str
    actor: str
    reason: str
    footprint: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A submitted version as it was signed, and what was done with it since.

    ``intact``: the snapshot still has its hash. ``files``: codes of evidence files by their SHA-256. ``earlier`` is the case of the nearest
    version before it, ``open_version`` the product's draft or version that awaits a sign-off.
    """

    number: str
    product: str
    name: Text
    specification: str
    enterprise: Text
    uscc: str
    demonstration: bool
    version: int
    state: str
    footprint: str
    total: str
    declared_amount: str
    declared_unit: str
    result_hash: str
    snapshot_hash: str
    snapshot: Mapping[str, Any]
    intact: bool
    files: Mapping[str, str]
    prepared_by: str
    signed_by: str
    at: datetime.datetime
    steps: tuple[Taken, ...]
    earlier: "Submitted | None"
    open_version: int | None
    may: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What lies before those who sign: the footprint, and the checklist."""

    footprint: str
    result_hash: str
    asked_by: str
    asked_at: datetime.datetime
    note: str
    examined: Examined


@dataclass(frozen=True, slots=True)
class Pending:
    """A version that waits for somebody: who brought it there, when and why."""

    product: str
    name: Text
    specification: str
    version: int
    enterprise: Text
    uscc: str
    by: str
    at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: versions to sign, and versions that were returned to be mended."""

    to_sign: tuple[Pending, ...]
    returned: tuple[Pending, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case in a list."""

    number: str
    product: str
    name: Text
    specification: str
    version: int
    state: str
    footprint: str
    total: str
    declared_amount: str
    declared_unit: str
    at: datetime.datetime


def steps(product: str, number: int, *, viewer: Viewer) -> tuple[Taken, ...]:
    """The steps of a version, oldest first, with people's names. Raises :class:`NotFound`."""
    products.version(product, number, viewer=viewer)
    return _taken(list(Step.objects.filter(version__product=product, version__number=number).order_by("pk")))


def awaited(product: str, number: int, *, viewer: Viewer) -> Awaited | None:
    """What awaits a sign-off, or None where nothing does. ``viewer`` is taken for the one who would sign. Raises :class:`NotFound`."""
    draft = products.version(product, number, viewer=viewer)
    if draft.state != State.AWAITING_SIGN_OFF.value:
        return None
    asked = (
        Step.objects.filter(version__product=product, version__number=number, act=Act.ASK.value)
        .select_related("footprint")
        .order_by("-pk")[0]
    )
    footprint = asked.footprint
    if footprint is None:
        raise RuntimeError("a version that awaits sign-off was calculated")
    return Awaited(
        footprint=footprint.code,
        result_hash=footprint.result_hash,
        asked_by=accounts.names([asked.by]).get(asked.by, ""),
        asked_at=asked.at,
        note=asked.reason,
        examined=examined(draft, kept.read(footprint.result), same_person=asked.by == viewer.name),
    )


def case(number: str, *, viewer: Viewer) -> Case:
    """A submitted version by its case number. Raises :class:`NotFound` where there is none, or none that ``viewer`` may see."""
    found = _submissions().filter(pk=number).first()
    if found is None:
        raise NotFound
    product = found.version.product
    draft = products.version(product.code, found.version.number, viewer=viewer)
    called = accounts.names([found.prepared_by, found.signed_by])
    before = _submissions().filter(version__product=product, version__number__lt=draft.number).order_by("-version__number").first()
    unfinished = product.versions.filter(state__in=[State.DRAFT.value, State.AWAITING_SIGN_OFF.value])
    return Case(
        number=found.case_number,
        product=product.code,
        name=draft.name,
        specification=draft.specification,
        enterprise=draft.enterprise_name,
        uscc=draft.uscc,
        demonstration=draft.demonstration,
        version=draft.number,
        state=draft.state,
        footprint=found.footprint_id,
        total=found.footprint.total,
        declared_amount=found.footprint.declared_amount,
        declared_unit=found.footprint.declared_unit,
        result_hash=found.footprint.result_hash,
        snapshot_hash=found.snapshot_hash,
        snapshot=json.loads(found.snapshot),
        intact=found.snapshot_hash == _SEAL + hashlib.sha256(found.snapshot.encode()).hexdigest(),
        files={attached.sha256: attached.file for attached in draft.attached},
        prepared_by=called.get(found.prepared_by, ""),
        signed_by=called.get(found.signed_by, ""),
        at=found.at,
        steps=_taken(list(found.version.steps.order_by("pk"))),
        earlier=_submitted(before) if before is not None else None,
        open_version=unfinished.values_list("number", flat=True).first(),
        may=draft.may,
    )


def snapshot(number: str, *, viewer: Viewer) -> bytes:
    """What was signed: canonical JSON, the very bytes whose SHA-256 is the snapshot's hash. Raises :class:`NotFound`."""
    found = Submission.objects.filter(pk=number).values_list("snapshot", "version__product", "version__number").first()
    if found is None:
        raise NotFound
    products.version(found[1], found[2], viewer=viewer)
    return found[0].encode()


def case_of(product: str, number: int, *, viewer: Viewer) -> str | None:
    """The case number of a version that was submitted, or None. Raises :class:`NotFound`."""
    products.version(product, number, viewer=viewer)
    return Submission.objects.filter(version__product=product, version__number=number).values_list("case_number", flat=True).first()


def of_enterprise(uscc: str, *, viewer: Viewer) -> list[Submitted]:
    """The cases of an enterprise that the viewer may see, newest first."""
    rows = _submissions().filter(version__product__enterprise__uscc=uscc)
    return [_submitted(row) for row in _open_to(rows, viewer).order_by("-case_number")]


def of_product(product: str, *, viewer: Viewer) -> list[Submitted]:
    """The cases of a product, newest first; none where the viewer may not see it."""
    return [_submitted(row) for row in _open_to(_submissions().filter(version__product=product), viewer).order_by("-case_number")]


def _submissions() -> QuerySet[Submission]:
    heavy = [f"footprint__{name}" for name in ("study", "content", "result", "analyses")]
    return Submission.objects.select_related("version__product__enterprise", "footprint").defer(*heavy)


def _open_to(rows: QuerySet[Submission], viewer: Viewer) -> QuerySet[Submission]:
    own = Q(version__product__enterprise__in=viewer.enterprises)
    for enterprise, codes in viewer.entrusted:
        own |= Q(version__product__enterprise=enterprise, version__product__in=codes)
    return rows if viewer.system else rows.filter(own)


def _submitted(row: Submission) -> Submitted:
    product = row.version.product
    return Submitted(
        number=row.case_number,
        product=product.code,
        name=Text(product.name_zh, product.name_en),
        specification=product.specification,
        version=row.version.number,
        state=row.version.state,
        footprint=row.footprint_id,
        total=row.footprint.total,
        declared_amount=row.footprint.declared_amount,
        declared_unit=row.footprint.declared_unit,
        at=row.at,
    )


def _taken(rows: list[Step]) -> tuple[Taken, ...]:
    called = accounts.names(row.by for row in rows)
    return tuple(
        Taken(act=row.act, at=row.at, by=called.get(row.by, ""), actor=row.by, reason=row.reason, footprint=row.footprint_id)
        for row in rows
    )


def waiting(viewer: Viewer) -> Waiting:
    """What waits for ``viewer``, the longest first. Two database queries, however much it is."""
    signing, _ = viewer.reach(Permission.SIGN_OFF)
    editing, edited = viewer.reach(Permission.EDIT)
    newest = Step.objects.filter(version=OuterRef("version")).order_by("-pk").values("pk")[:1]
    to_sign = Q(act=Act.ASK.value, version__state=State.AWAITING_SIGN_OFF.value, version__product__enterprise__in=signing)
    mine = Q(version__product__enterprise__in=editing)
    for enterprise, codes in edited:
        mine |= Q(version__product__enterprise=enterprise, version__product__in=codes)
    returned = Q(act=Act.RETURN.value, version__state=State.DRAFT.value) & mine
    rows = list(
        Step.objects.filter(to_sign | returned, pk=Subquery(newest), version__product__archived=False)
        .select_related("version__product__enterprise")
        .order_by("pk")
    )
    called = accounts.names(row.by for row in rows)
    pending = [(row.act, _pending(row, called)) for row in rows]
    return Waiting(
        to_sign=tuple(each for act, each in pending if act == Act.ASK.value),
        returned=tuple(each for act, each in pending if act == Act.RETURN.value),
    )


def _pending(row: Step, called: Mapping[str, str]) -> Pending:
    product = row.version.product
    return Pending(
        product=product.code,
        name=Text(product.name_zh, product.name_en),
        specification=product.specification,
        version=row.version.number,
        enterprise=Text(product.enterprise.name_zh, product.enterprise.name_en),
        uscc=product.enterprise.uscc,
        by=called.get(row.by, ""),
        at=row.at,
        reason=row.reason,
    )
