"""All reads of successors and publications at work. Dry runs are read in :mod:`zuji.registry.republication.previews`."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zuji.engine.comparison import Comparison, compare
from zuji.engine.quantities import exact_sum
from zuji.engine.solution import Solution
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints.comparing import Compared
from zuji.registry.footprints.dependences import solved_again
from zuji.registry.footprints.models import Footprint
from zuji.registry.footprints.queries import Sheet as FootprintSheet
from zuji.registry.footprints.queries import sheet as footprint_sheet
from zuji.registry.refusals import NotFound
from zuji.registry.republication import plan
from zuji.registry.republication.impact import exact_text
from zuji.registry.republication.models import Notice, Queued, Republication, Successor
from zuji.registry.republication.previews import sees_names
from zuji.registry.republication.solving import solved_with
from zuji.workflow.permissions import Permission

_HEAVY = ("study", "content", "result", "analyses")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A successor in a list. Totals are kgCO2e per declared unit; ``after`` is empty where there is none. ``state``: open, accepted or dismissed.

    ``current``: its footprint is the newest of its product or study; ``overtaken``: a later publication made another draft of it.
    """

    footprint: str
    publication: str
    title: Text
    number: int
    version: int | None
    product: str | None
    before: Decimal
    after: Decimal | None
    declared_amount: str
    declared_unit: str
    outcome: str
    state: str
    current: bool
    overtaken: bool
    made: datetime.datetime

    @property
    def change(self) -> Decimal | None:
        return None if self.after is None else exact_sum([self.after, -self.before])

    @property
    def open(self) -> bool:
        return self.state == "open" and not self.overtaken


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a successor: the act, when, by whom, why, and the number of the version that it was taken into."""

    act: str
    at: datetime.datetime
    by: str
    reason: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Factor:
    """A version of a factor by what it is called and worth. ``value`` is exact, as text, in ``unit``."""

    id: str
    version: str
    name: Text
    value: str
    unit: str

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A successor beside its footprint. ``comparison`` is the difference by driver; None where there is no number or it cannot be had any more.

    ``changes`` maps the versions of this footprint that were replaced to the new ones, ``factors`` says what they are; ``may_edit``: whether the viewer may decide.
    """

    row: Row
    footprint: FootprintSheet
    uscc: str
    enterprise: int
    changes: Mapping[str, str | None]
    factors: tuple[tuple[Factor, Factor | None], ...]
    comparison: Comparison | None
    reasons: tuple[Text, ...]
    decision: Made | None
    may_edit: bool

    @property
    def compared(self) -> Compared:
        """The footprint as its own successor, for what shows two footprints with their difference."""
        return Compared(self.footprint, self.footprint, self.comparison, ())

    @property
    def names(self) -> dict[str, Text]:
        """What the versions that were replaced, and the new ones, are called, by ``id@version``."""
        return {each.reference: each.name for pair in self.factors for each in pair if each is not None}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a publication is. ``queued`` counts those to be solved one by one, by reason; ``outcomes`` the successors by how they came about."""

    code: str
    changes: Mapping[str, str | None]
    begun: datetime.datetime
    drafted: datetime.datetime | None
    finished: datetime.datetime | None
    notices: int
    outcomes: Mapping[str, int]
    queued: Mapping[str, int]
    decided: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of successors."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


def of_enterprise(uscc: str, *, viewer: Viewer, undecided: bool, page: int = 1, size: int = PAGE) -> Listed:
    """The successors of an enterprise's footprints that the viewer may see, the newest publication first.

    ``undecided``: those of newest results that nobody has decided and no later publication has overtaken; else all the others.
    """
    found = _visible(viewer).filter(footprint__enterprise__uscc=uscc)
    found = found.filter(_undecided()) if undecided else found.exclude(_undecided())
    total = found.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = found.order_by("-republication__begun", "-footprint__created", "footprint")[(page - 1) * size : page * size]
    return Listed(tuple(_rows(rows)), total, page, pages)


def of_product(product: str, *, viewer: Viewer) -> list[Row]:
    """The successors of a product's footprints, the newest publication first."""
    rows = _visible(viewer).filter(footprint__version__product=product)
    return _rows(rows.order_by("-republication__begun", "-footprint__created", "footprint")[:PAGE])


def waiting(uscc: str, *, viewer: Viewer) -> int:
    """How many of the newest results of an enterprise have a draft that nobody has decided."""
    return _visible(viewer).filter(_undecided(), footprint__enterprise__uscc=uscc).count()


def successor(footprint: str, publication: str, *, viewer: Viewer) -> Sheet:
    """A successor with the difference by driver, found by solving both again. Raises :class:`NotFound`."""
    found = _visible(viewer).filter(footprint=footprint, republication=publication)
    rows = _rows(found)
    if not rows:
        raise NotFound
    kept = found.select_related("republication", "footprint__enterprise", "decision__version").defer(*(f"footprint__{n}" for n in _HEAVY))[
        0
    ]
    sheet = footprint_sheet(footprint, viewer=viewer)
    all_changes: dict[str, str | None] = json.loads(kept.republication.changes)
    used = set(Footprint.objects.get(pk=footprint).used_factors.values_list("factor_id", "version"))
    mine = {old: new for old, new in all_changes.items() if tuple(old.rsplit("@", 1)) in used}
    owner = kept.footprint.enterprise
    decision = getattr(kept, "decision", None)
    return Sheet(
        row=rows[0],
        footprint=sheet,
        uscc=owner.uscc,
        enterprise=owner.pk,
        changes=mine,
        factors=_factors(mine),
        comparison=_compared(kept, sheet),
        reasons=tuple(Text(*pair) for pair in json.loads(kept.reasons)),
        decision=None
        if decision is None
        else Made(decision.act, decision.at, decision.by, decision.reason, decision.version.number if decision.version else None),
        may_edit=viewer.may(Permission.EDIT, enterprise=owner.pk, product=rows[0].product),
    )


def progress(publication: str, *, viewer: Viewer) -> Progress:
    """How far a publication is, for those who decide on publications. Raises :class:`NotFound`."""
    sees_names(viewer)
    found = Republication.objects.filter(pk=publication).first()
    if found is None:
        raise NotFound
    successors = Successor.objects.filter(republication=found).order_by()
    return Progress(
        code=found.code,
        changes=json.loads(found.changes),
        begun=found.begun,
        drafted=found.drafted,
        finished=found.finished,
        notices=Notice.objects.filter(republication=found).count(),
        outcomes=dict(successors.values_list("outcome").annotate(Count("pk"))),
        queued=dict(Queued.objects.filter(republication=found).order_by().values_list("reason").annotate(Count("pk"))),
        decided=dict(successors.filter(decision__isnull=False).values_list("decision__act").annotate(Count("pk"))),
    )


def publications(*, viewer: Viewer) -> list[Republication]:
    """The publications that were carried out or are at work, the newest first. Raises :class:`NotFound`."""
    sees_names(viewer)
    return list(Republication.objects.order_by("-begun")[:PAGE])


def _visible(viewer: Viewer) -> QuerySet[Successor]:
    """What belongs to an enterprise or a product of the viewer. A published result does not open its drafts to everyone."""
    if viewer.system:
        return Successor.objects.all()
    own = Q(enterprise__in=viewer.enterprises)
    for enterprise, codes in viewer.entrusted:
        own |= Q(enterprise=enterprise, footprint__version__product__in=codes)
    return Successor.objects.filter(own)


def _undecided() -> Q:
    """In the database what :attr:`Row.open` and :attr:`Row.current` say of a row together."""
    later = Successor.objects.filter(footprint=OuterRef("footprint"), republication__begun__gt=OuterRef("republication__begun"))
    ours = Q(version__number=OuterRef("footprint__version__number"), number__gt=OuterRef("footprint__number"))
    of_product = Footprint.objects.filter(version__product=OuterRef("footprint__version__product"))
    newer = of_product.filter(Q(version__number__gt=OuterRef("footprint__version__number")) | ours)
    of_study = Footprint.objects.filter(version=None, enterprise=OuterRef("enterprise"), study_id=OuterRef("footprint__study_id"))
    newer_study = of_study.filter(number__gt=OuterRef("footprint__number"))
    newest = ~Q(Exists(newer)) & (Q(footprint__version__isnull=False) | ~Q(Exists(newer_study)))
    return Q(decision__isnull=True) & ~Q(Exists(later)) & newest


def _rows(found: QuerySet[Successor]) -> list[Row]:
    heavy = [f"footprint__{name}" for name in _HEAVY] + ["footprint__version__answers", "parts", "reasons", "exact"]
    rows = list(found.select_related("footprint__version", "republication", "decision").defer(*heavy))
    newest = _newest(rows)
    later = _latest([row.footprint_id for row in rows])
    return [_row(row, current=row.footprint_id in newest, overtaken=later[row.footprint_id] > row.republication.begun) for row in rows]


def _row(row: Successor, *, current: bool, overtaken: bool) -> Row:
    footprint, decision = row.footprint, getattr(row, "decision", None)
    return Row(
        footprint=row.footprint_id,
        publication=row.republication_id,
        title=Text(footprint.title_zh, footprint.title_en),
        number=footprint.number,
        version=footprint.version.number if footprint.version is not None else None,
        product=footprint.version.product_id if footprint.version is not None else None,
        before=Decimal(footprint.total),
        after=Decimal(row.total) if row.total else None,
        declared_amount=footprint.declared_amount,
        declared_unit=footprint.declared_unit,
        outcome=row.outcome,
        state="open" if decision is None else decision.act,
        current=current,
        overtaken=overtaken,
        made=row.republication.begun,
    )


def _newest(rows: list[Successor]) -> set[str]:
    """The footprints among those of the rows that are the newest of their product, or of their study where they are of no product."""
    products = {row.footprint.version.product_id for row in rows if row.footprint.version is not None}
    studies = {(row.enterprise_id, row.footprint.study_id) for row in rows if row.footprint.version is None}
    newest: dict[object, str] = {}
    of_products = Footprint.objects.filter(version__product__in=products).order_by("-version__number", "-number")
    for product, code in of_products.values_list("version__product", "pk"):
        newest.setdefault(product, code)
    of_studies = Footprint.objects.filter(
        version=None, enterprise__in={enterprise for enterprise, _ in studies}, study_id__in={study for _, study in studies}
    ).order_by("-number")
    for enterprise, study, code in of_studies.values_list("enterprise", "study_id", "pk"):
        newest.setdefault((enterprise, study), code)
    return set(newest.values())


def _latest(footprints: list[str]) -> dict[str, datetime.datetime]:
    """When the newest publication that touched each of them began."""
    found: dict[str, datetime.datetime] = {}
    rows = Successor.objects.filter(footprint__in=set(footprints)).values_list("footprint", "republication__begun")
    for footprint, begun in rows:
        found[footprint] = max(begun, found.get(footprint, begun))
    return found


def _factors(changes: Mapping[str, str | None]) -> tuple[tuple[Factor, Factor | None], ...]:
    known = versions_of({reference.rpartition("@")[0] for pair in changes.items() for reference in pair if reference})

    def factor(reference: str) -> Factor:
        found = known[reference]
        return Factor(found.id, found.version, found.name, exact_text(found.value), found.unit)

    return tuple((factor(old), factor(new) if new else None) for old, new in sorted(changes.items()))


def _compared(kept: Successor, sheet: FootprintSheet) -> Comparison | None:
    """The difference by driver; None unless both solutions are had again and lead to the kept totals."""
    if not kept.total:
        return None
    of = sheet.calculated
    before = solved_again(of.study, of.result, of.on)
    after = solved_with(plan.of(kept.republication), of.study, of.result, of.on)
    if before is None or not isinstance(after, Solution):
        return None
    found = compare(before, after, one_product=True)
    return found if found.total_after == Decimal(kept.total) else None
