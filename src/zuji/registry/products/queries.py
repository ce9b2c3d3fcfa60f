import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.products.models import Attachment, Change, Product, Version
from zuji.registry.products.replay import answers_of, replayed
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission

PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A product in a list, with the state of its newest version."""

    code: str
    enterprise: int
    uscc: str
    name: Text
    specification: str
    model: str
    archived: bool
    versions: int
    newest: int
    state: str
    changed: datetime.datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list of products."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list of a product."""

    number: int
    model: str
    state: str
    revision: int
    based_on: int | None
    created: datetime.datetime
    changed: datetime.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A product with its versions, newest first, and what the viewer may do with it."""

    row: Row
    enterprise_name: Text
    site: Text | None
    site_id: int | None
    versions: tuple[VersionRow, ...]
    may: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Attached:
    """An evidence file behind an answer."""

    key: str
    file: str
    name: str
    size: int
    sha256: str
    at: datetime.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A version with everything that its pages show. ``answers`` are texts by key; ``seen`` says of groups whether they are finished."""

    product: str
    enterprise: int
    uscc: str
    enterprise_name: Text
    identity_confirmed: bool
    demonstration: bool
    name: Text
    specification: str
    number: int
    model: str
    state: str
    revision: int
    based_on: int | None
    answers: Mapping[str, str]
    seen: Mapping[str, bool]
    attached: tuple[Attached, ...]
    created_by: str
    changed: datetime.datetime
    may: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Changed:
    """One field in one revision, before and after; None: it was empty."""

    revision: int
    key: str
    before: str | None
    after: str | None
    at: datetime.datetime
    by: str


def _visible(viewer: Viewer) -> QuerySet[Product]:
    """The products that ``viewer`` may know of."""
    if viewer.system:
        return Product.objects.all()
    own = Q(enterprise__in=viewer.enterprises)
    for enterprise, codes in viewer.entrusted:
        own |= Q(enterprise=enterprise, code__in=codes)
    return Product.objects.filter(own)


def of_enterprise(uscc: str, *, viewer: Viewer, page: int = 1, archived: bool = False, query: str = "") -> Listed:
    """The products of an enterprise that the viewer may see, newest first, a page of :data:`PAGE`. Three database queries."""
    rows = _visible(viewer).filter(enterprise__uscc=uscc, archived=archived)
    if query:
        rows = rows.filter(Q(name_zh__icontains=query) | Q(name_en__icontains=query) | Q(specification__icontains=query))
    return _listed(rows, page)


def names(uscc: str, *, viewer: Viewer) -> dict[str, Text]:
    """What the products of an enterprise are called, by their codes, archived ones too: at most a thousand, the newest first. One question."""
    rows = _visible(viewer).filter(enterprise__uscc=uscc).order_by("-pk")[:1000]
    return {code: Text(zh, en or zh) for code, zh, en in rows.values_list("code", "name_zh", "name_en")}


def delegated(*, viewer: Viewer, page: int = 1) -> Listed:
    """The products of other people's enterprises that were delegated to the viewer."""
    enterprises = {grant.enterprise for grant in viewer.grants} - set(viewer.roles)
    return _listed(_visible(viewer).filter(enterprise__in=enterprises, archived=False), page)


def product(code: str, *, viewer: Viewer) -> Sheet:
    """A product. Raises :class:`NotFound` where there is none, or none that ``viewer`` may see."""
    found = _with_newest(_visible(viewer)).select_related("enterprise", "site").filter(code=code).first()
    if found is None:
        raise NotFound
    versions = found.versions.order_by("-number").select_related("based_on")
    return Sheet(
        row=_row(found),
        enterprise_name=Text(found.enterprise.name_zh, found.enterprise.name_en),
        site=Text(found.site.name_zh, found.site.name_en) if found.site is not None else None,
        site_id=found.site_id,
        versions=tuple(
            VersionRow(
                number=version.number,
                model=version.model,
                state=version.state,
                revision=version.revision,
                based_on=version.based_on.number if version.based_on is not None else None,
                created=version.created,
                changed=version.changed,
            )
            for version in versions
        ),
        may=_may(viewer, found),
    )


def version(code: str, number: int, *, viewer: Viewer) -> Draft:
    """A version with its answers. Raises :class:`NotFound`. Four database queries."""
    found = _version(code, number, viewer)
    owner = found.product.enterprise
    attached = found.attachments.filter(removed_at__isnull=True).select_related("file")
    return Draft(
        product=code,
        enterprise=owner.pk,
        uscc=owner.uscc,
        enterprise_name=Text(owner.name_zh, owner.name_en),
        identity_confirmed=owner.identity_confirmed,
        demonstration=owner.demonstration,
        name=Text(found.product.name_zh, found.product.name_en),
        specification=found.product.specification,
        number=number,
        model=found.model,
        state=found.state,
        revision=found.revision,
        based_on=found.based_on.number if found.based_on is not None else None,
        answers=answers_of(found),
        seen=dict(found.groups_seen.values_list("group", "finished")),
        attached=tuple(_attached(row) for row in attached),
        created_by=found.created_by,
        changed=found.changed,
        may=_may(viewer, found.product),
    )


def answers_at(code: str, number: int, revision: int, *, viewer: Viewer) -> dict[str, str]:
    """The answers as they stood in a revision. Raises :class:`NotFound`."""
    found = _version(code, number, viewer)
    if not 0 <= revision <= found.revision:
        raise NotFound
    return replayed(found.changes.filter(revision__lte=revision))


def changed_since(code: str, number: int, revision: int, *, viewer: Viewer) -> dict[str, Changed]:
    """The fields that stand otherwise now than in a revision, each with its last change. Raises :class:`NotFound`."""
    found = _version(code, number, viewer)
    rows: dict[str, tuple[Change, Change]] = {}
    for row in found.changes.filter(revision__gt=revision).order_by("revision"):
        rows[row.key] = (rows.get(row.key, (row, row))[0], row)
    called = accounts.names(last.by for _, last in rows.values())
    return {
        key: Changed(last.revision, key, first.before, last.after, last.at, called.get(last.by, ""))
        for key, (first, last) in rows.items()
        if first.before != last.after
    }


def changed_keys(code: str, number: int, *, viewer: Viewer) -> list[str]:
    """The keys that ever changed in a version. Raises :class:`NotFound`."""
    found = _version(code, number, viewer)
    return sorted(found.changes.values_list("key", flat=True).distinct().order_by())


def history(code: str, number: int, *, viewer: Viewer, key: str = "", page: int = 1, size: int = 50) -> tuple[list[Changed], int]:
    """Every change of a version or of one of its fields, newest first, with people's names; and the number of pages."""
    found = _version(code, number, viewer)
    rows = Change.objects.filter(version=found, **({"key": key} if key else {})).order_by("-revision", "key")
    paged = Paginator(rows, size)
    shown = list(paged.get_page(page).object_list)
    called = accounts.names(row.by for row in shown)
    return [Changed(row.revision, row.key, row.before, row.after, row.at, called.get(row.by, "")) for row in shown], paged.num_pages


def _version(code: str, number: int, viewer: Viewer) -> Version:
    found = (
        Version.objects.select_related("product", "product__enterprise", "based_on")
        .filter(product__in=_visible(viewer).filter(code=code).values("pk"), number=number)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _attached(row: Attachment) -> Attached:
    return Attached(key=row.key, file=row.file_id, name=row.file.name, size=row.file.size, sha256=row.file.sha256, at=row.at, by=row.by)


def _with_newest(rows: QuerySet[Product]) -> QuerySet[Product]:
    newest = Version.objects.filter(product=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        version_count=Count("versions"),
        newest_number=Subquery(newest.values("number")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_changed=Subquery(newest.values("changed")[:1]),
    )


def _listed(rows: QuerySet[Product], page: int) -> Listed:
    paged = Paginator(rows.order_by("-created", "code"), PAGE)
    shown = paged.get_page(page)
    here = {row.pk: row for row in _with_newest(Product.objects.filter(pk__in=[row.pk for row in shown])).select_related("enterprise")}
    return Listed(rows=tuple(_row(here[row.pk]) for row in shown), total=paged.count, page=shown.number, pages=paged.num_pages)


def _row(row: Product) -> Row:
    annotated = vars(row)
    return Row(
        code=row.code,
        enterprise=row.enterprise_id,
        uscc=row.enterprise.uscc,
        name=Text(row.name_zh, row.name_en),
        specification=row.specification,
        model=row.model,
        archived=row.archived,
        versions=annotated["version_count"],
        newest=annotated["newest_number"],
        state=annotated["newest_state"],
        changed=annotated["newest_changed"],
    )


def _may(viewer: Viewer, row: Product) -> frozenset[Permission]:
    return frozenset(p for p in Permission if viewer.may(p, enterprise=row.enterprise_id, product=row.code))


def with_evidence(file: str) -> tuple[str, ...]:
    """The codes of the products behind whose answers an evidence file stands: who may view one of them may view the file."""
    rows = Attachment.objects.filter(file=file, removed_at__isnull=True).order_by("version__product")
    return tuple(rows.values_list("version__product", flat=True).distinct())
