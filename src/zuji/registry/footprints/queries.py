import datetime
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from zuji.documents.writer import Filing
from zuji.engine.analyses import Analyses
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import kept
from zuji.registry.footprints.models import Document, Footprint
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Row:
    """A footprint in a list. ``total`` is kgCO2e per declared unit, with all its digits.

    ``version`` and ``revision`` name the answers that were calculated, where it is a product's; ``number`` counts the results of its study.
    """

    code: str
    owner: int
    study_id: str
    number: int
    title: Text
    enterprise: Text
    city: Text
    total: str
    declared_amount: str
    declared_unit: str
    boundary: str
    rule: str
    gaps: int
    demonstration: bool
    public: bool
    calculated_on: datetime.date
    result_hash: str
    version: int | None
    revision: int | None

    @property
    def edition(self) -> Text:
        """What tells it from the other results of its product or study."""
        if self.version is None:
            return Text(f"第 {self.number} 版", f"version {self.number}")
        return Text(f"第 {self.version} 版（修订 {self.revision}）", f"version {self.version} (revision {self.revision})")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A footprint of a product's version: which version's which revision it states."""

    row: Row
    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class Report:
    """A document that can be downloaded."""

    format: str
    language: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """A study, its result, and how the result moves and spreads."""

    study: Study
    result: Result
    analyses: Analyses
    public: bool
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is kept of a footprint."""

    row: Row
    calculated: Calculated
    study_digest: str
    reports: tuple[Report, ...]
    newest: str


_HEAVY = ("study", "content", "result", "analyses")


def _visible(viewer: Viewer) -> QuerySet[Footprint]:
    """What ``viewer`` may know of: what is published, and what belongs to an enterprise of theirs."""
    if viewer.system:
        return Footprint.objects.all()
    own = Q(enterprise__in=viewer.enterprises)
    for enterprise, codes in viewer.entrusted:
        own |= Q(enterprise=enterprise, version__product__in=codes)
    return Footprint.objects.filter(Q(publication__isnull=False) | own)


def demonstrations() -> list[Row]:
    """The published demonstration footprints, each study in its newest version."""
    rows = Footprint.objects.filter(publication__isnull=False, demonstration=True, enterprise__demonstration=True)
    return _newest(rows.order_by("study_id", "-number"))


def of_enterprises(viewer: Viewer) -> list[Row]:
    """The footprints of the viewer's enterprises, newest first."""
    rows = Footprint.objects.filter(enterprise__in=viewer.enterprises)
    return [_row(row) for row in _listed(rows.order_by("-created", "code"))]


def of_product(product: str, *, viewer: Viewer, number: int | None = None) -> list[VersionRow]:
    """The footprints of a product (or of one of its versions), newest first, with the revision each was calculated from."""
    rows = _visible(viewer).filter(version__product=product, **({"version__number": number} if number is not None else {}))
    return [
        VersionRow(row=_row(row), number=row.version.number, revision=row.revision or 0)
        for row in _listed(rows.order_by("-created", "code"))
        if row.version is not None
    ]


def using_factor(factor: str, version: str, *, viewer: Viewer) -> list[Row]:
    """The footprints, of those that ``viewer`` may see, that rest on a version of a factor."""
    rows = _visible(viewer).filter(used_factors__factor_id=factor, used_factors__version=version)
    return _newest(rows.order_by("study_id", "enterprise", "-number"))


def sheet(code: str, *, viewer: Viewer) -> Sheet:
    """A footprint. Raises :class:`NotFound` where there is none, or none that ``viewer`` may see: both are the same answer."""
    row = _visible(viewer).filter(code=code).select_related("enterprise", "publication", "version").first()
    if row is None:
        raise NotFound
    reports = tuple(
        Report(format=kind, language=language, size=size, digest=digest)
        for kind, language, size, digest in row.documents.order_by("-format", "-language").values_list(
            "format", "language", "size", "digest"
        )
    )
    newest = _alike(row, viewer).values_list("code", flat=True)[0]
    content = Calculated(
        study=Study.model_validate_json(row.content),
        result=kept.read(row.result),
        analyses=kept.read_analyses(row.analyses),
        public=hasattr(row, "publication"),
        on=row.calculated_on,
    )
    return Sheet(row=_row(row), calculated=content, study_digest=row.study_digest, reports=reports, newest=newest)


def calculated(code: str, *, viewer: Viewer) -> Calculated:
    """What was calculated, without its documents. Raises :class:`NotFound`."""
    found = _visible(viewer).filter(code=code).values_list("content", "result", "analyses", "publication", "calculated_on").first()
    if found is None:
        raise NotFound
    return Calculated(
        study=Study.model_validate_json(found[0]),
        result=kept.read(found[1]),
        analyses=kept.read_analyses(found[2]),
        public=found[3] is not None,
        on=found[4],
    )


def study(code: str, *, viewer: Viewer) -> tuple[str, str]:
    """The study's id and its file as it was handed in. Raises :class:`NotFound`."""
    found = _visible(viewer).filter(code=code).values_list("study_id", "study").first()
    if found is None:
        raise NotFound
    return found


def document(code: str, *, form: str, language: str, viewer: Viewer) -> tuple[str, bytes]:
    """The study's id and the bytes of one of its reports. Raises :class:`NotFound`."""
    found = (
        Document.objects.filter(footprint__in=_visible(viewer).filter(code=code).values("pk"), format=form, language=language)
        .values_list(F("footprint__study_id"), "content")
        .first()
    )
    if found is None:
        raise NotFound
    return found[0], bytes(found[1])


def whose(code: str, *, viewer: Viewer) -> tuple[int, str | None]:
    """The enterprise of a footprint, and its product where it was calculated of one. Raises :class:`NotFound`."""
    found = _visible(viewer).filter(code=code).values_list("enterprise_id", "version__product").first()
    if found is None:
        raise NotFound
    return found


def filing(code: str, *, viewer: Viewer) -> Filing:
    """Whose a footprint is and which version, as its report states it. Raises :class:`NotFound`."""
    row = _listed(_visible(viewer).filter(code=code)).first()
    if row is None:
        raise NotFound
    found = _row(row)
    return Filing(enterprise=found.enterprise, uscc=row.enterprise.uscc, edition=found.edition, code=code)


def origin(code: str, *, viewer: Viewer) -> tuple[str, int, int] | None:
    """The product, the version and the revision that a footprint was calculated from; None where it was of none, or of one not theirs."""
    found = (
        _visible(viewer)
        .filter(code=code, version__isnull=False)
        .values_list("version__product", "version__number", "revision", "enterprise_id")
        .first()
    )
    if found is None or not viewer.may(Permission.VIEW, enterprise=found[3], product=found[0]):
        return None
    return found[0], found[1], found[2] or 0


def written(code: str) -> tuple[Report, ...]:
    """The reports that are kept of a footprint. Whether somebody may know of it is asked by the caller."""
    rows = Document.objects.filter(footprint=code).order_by("-format", "-language")
    return tuple(Report(*row) for row in rows.values_list("format", "language", "size", "digest"))


def siblings(code: str, *, viewer: Viewer) -> list[Row]:
    """The other footprints of the same product or study, of those that ``viewer`` may see, newest first. Raises :class:`NotFound`."""
    row = _visible(viewer).filter(code=code).only("code", "enterprise", "study_id", "version__product").select_related("version").first()
    if row is None:
        raise NotFound
    return [_row(other) for other in _listed(_alike(row, viewer).exclude(code=code))]


def _alike(row: Footprint, viewer: Viewer) -> QuerySet[Footprint]:
    """The footprints of the same product, or of the same study where it is none of a product, newest first."""
    rows = _visible(viewer)
    if row.version is not None:
        return rows.filter(version__product=row.version.product_id).order_by("-version__number", "-number")
    return rows.filter(enterprise=row.enterprise_id, study_id=row.study_id, version__isnull=True).order_by("-number")


def kept_already(*, enterprise: int, study_id: str, study_digest: str, result_hash: str) -> str | None:
    """The code of the footprint that is kept of this very study and result."""
    rows = Footprint.objects.filter(enterprise=enterprise, study_id=study_id, study_digest=study_digest, result_hash=result_hash)
    return rows.values_list("code", flat=True).first()


def _listed(rows: QuerySet[Footprint]) -> QuerySet[Footprint]:
    return rows.select_related("enterprise", "publication", "version").defer(
        *_HEAVY, *(f"version__{name}" for name in ("answers", "changed"))
    )


def _newest(rows: QuerySet[Footprint]) -> list[Row]:
    """One row a study: the first of each, where the newest comes first."""
    first: dict[tuple[int, str], Row] = {}
    for row in _listed(rows):
        first.setdefault((row.enterprise_id, row.study_id), _row(row))
    return list(first.values())


def _row(row: Footprint) -> Row:
    return Row(
        code=row.code,
        owner=row.enterprise_id,
        study_id=row.study_id,
        number=row.number,
        title=Text(row.title_zh, row.title_en),
        enterprise=Text(row.enterprise.name_zh, row.enterprise.name_en),
        city=Text(row.enterprise.city_zh, row.enterprise.city_en),
        total=row.total,
        declared_amount=row.declared_amount,
        declared_unit=row.declared_unit,
        boundary=row.boundary,
        rule=row.rule,
        gaps=row.gaps,
        demonstration=row.demonstration,
        public=hasattr(row, "publication"),
        calculated_on=row.calculated_on,
        result_hash=row.result_hash,
        version=row.version.number if row.version is not None else None,
        revision=row.revision,
    )
