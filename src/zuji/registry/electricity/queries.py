import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, Sum

from zuji.engine.quantities import decimal_text, round_half_even
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.electricity.coverage import Claimed
from zuji.registry.electricity.energy import megawatt_hours
from zuji.registry.electricity.kinds import AVERAGE, FACTORS, GRID, TYPES
from zuji.registry.electricity.mixes import NATION, QUANTUM, claimed_by_type
from zuji.registry.electricity.models import Certificate, Claim, Conflict, Generation, ResidualMix
from zuji.registry.factors import queries as factors
from zuji.registry.factors import searching
from zuji.registry.products.models import Version
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty
from zuji.workflow.footprint import State
from zuji.workflow.permissions import Permission

PAGE = 50
AUTHORITY = frozenset({Duty.INSPECTOR.value, Duty.SECRETARY.value, Duty.PUBLISHER.value})
"""The duties that see the totals."""
_MOST = 1000  # rows of factors on one page; the library has some two hundred


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate in a list; amounts in MWh, exact. ``state``: whole, partly, claimed or void."""

    code: str
    number: str
    type: str
    volume: str
    claimed: str
    left: str
    start: datetime.date
    end: datetime.date
    issuer: str
    site: Text
    state: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of a certificate: for which version, how much (MWh) of which period, and why it was given up. ``open``: it can be given up."""

    code: str
    product: str
    name: Text
    number: int
    version_state: str
    volume: str
    start: datetime.date
    end: datetime.date
    at: datetime.datetime
    released: datetime.datetime | None
    reason: str
    open: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate with everything that its enterprise sees of it."""

    row: Row
    enterprise: int
    evidence: str
    evidence_name: str
    at: datetime.datetime
    claims: tuple[ClaimRow, ...]
    void_reason: str
    drafts: tuple[tuple[str, int, Text], ...]


def of_enterprise(uscc: str, *, viewer: Viewer, page: int = 1) -> tuple[list[Row], int]:
    """The certificates of an enterprise, newest first, a page of fifty; and how many there are. Raises :class:`NotFound`."""
    rows = Certificate.objects.filter(enterprise__uscc=uscc).select_related("standing", "site", "enterprise")
    enterprise = rows.values_list("enterprise", flat=True).first()
    if enterprise is None or not viewer.may(Permission.VIEW, enterprise=enterprise):
        return [], 0
    return [_row(row) for row in rows[(page - 1) * PAGE : page * PAGE]], rows.count()


def certificate(code: str, *, viewer: Viewer, uscc: str) -> Sheet:
    """A certificate of an enterprise. Raises :class:`NotFound` where there is none, or none that ``viewer`` may see."""
    found = Certificate.objects.select_related("standing", "site", "evidence", "voiding").filter(pk=code, enterprise__uscc=uscc).first()
    if found is None or not viewer.may(Permission.VIEW, enterprise=found.enterprise_id):
        raise NotFound
    claims = found.claims.select_related("version__product", "release").order_by("at", "pk")
    drafts = (
        Version.objects.filter(product__enterprise=found.enterprise_id, product__archived=False, state=State.DRAFT.value)
        .filter(Q(product__site=None) | Q(product__site=found.site_id))
        .order_by("-changed")[:200]
        .values_list("product", "number", "product__name_zh", "product__name_en", "product__specification")
    )
    return Sheet(
        row=_row(found),
        enterprise=found.enterprise_id,
        evidence=found.evidence_id,
        evidence_name=found.evidence.name,
        at=found.at,
        claims=tuple(_claim(each) for each in claims),
        void_reason=found.voiding.reason if hasattr(found, "voiding") else "",
        drafts=tuple((product, number, Text(f"{zh} {spec}".strip(), f"{en} {spec}".strip())) for product, number, zh, en, spec in drafts),
    )


def _row(row: Certificate) -> Row:
    stands = row.standing
    state = "void" if stands.key is None else "whole" if not stands.claimed else "claimed" if stands.claimed == stands.volume else "partly"
    return Row(
        code=row.code,
        number=row.number,
        type=row.type,
        volume=megawatt_hours(stands.volume),
        claimed=megawatt_hours(stands.claimed),
        left=megawatt_hours(stands.volume - stands.claimed),
        start=row.period_start,
        end=row.period_end,
        issuer=row.issuer,
        site=Text(row.site.name_zh, row.site.name_en),
        state=state,
    )


def _claim(row: Claim) -> ClaimRow:
    product = row.version.product
    given_up = getattr(row, "release", None)
    return ClaimRow(
        code=row.code,
        product=product.code,
        name=Text(product.name_zh, product.name_en),
        number=row.version.number,
        version_state=row.version.state,
        volume=megawatt_hours(row.watt_hours),
        start=row.period_start,
        end=row.period_end,
        at=row.at,
        released=given_up.at if given_up is not None else None,
        reason=given_up.reason if given_up is not None else "",
        open=given_up is None and row.version.state in {State.DRAFT.value, State.WITHDRAWN.value},
    )


def claims_of(product: str, number: int) -> tuple[Claimed, ...]:
    """The claims in force of a product version, for who has looked the version up already."""
    rows = Claim.objects.filter(version__product=product, version__number=number, release__isnull=True).select_related("certificate")
    return tuple(
        Claimed(
            key=row.certificate.key,
            energy=Fraction(row.watt_hours, 1000),
            type=row.certificate.type,
            start=row.period_start,
            end=row.period_end,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Contested:
    """A number that two enterprises say is theirs: who registered it, and who tried to."""

    number: str
    certificate: str
    holder: Text
    holder_uscc: str
    other: Text
    other_uscc: str
    at: datetime.datetime
    void: bool


@dataclass(frozen=True, slots=True)
class TypeTotal:
    """The certificates of a type: how many, of how much (MWh), how much of it is claimed."""

    type: str
    count: int
    volume: str
    claimed: str


@dataclass(frozen=True, slots=True)
class Stated:
    """The generation of a type in a year as it is stated, in MWh."""

    year: int
    type: str
    mwh: str
    source: str
    address: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Mix:
    """A residual mix as it is shown, rounded to the four decimals of the announcements, in kgCO2e/kWh."""

    year: int
    number: int
    value: str
    commitment: str
    verified: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Office:
    """What the operators and the authority see of all certificates. ``claimed``: MWh claimed by year and type; ``contested`` counts conflicts."""

    totals: tuple[TypeTotal, ...]
    contested: int
    operator: bool
    conflicts: tuple[Contested, ...]
    stated: tuple[Stated, ...]
    claimed: tuple[tuple[int, str, str], ...]
    mixes: tuple[Mix, ...]
    years: tuple[int, ...]


def office(*, viewer: Viewer) -> Office:
    """Totals, conflicts, generation and residual mixes; the conflicts with their enterprises for operators alone.

    Raises:
        NotFound: the viewer is neither an operator nor of the authority.
    """
    if not (viewer.operator or viewer.system or viewer.duties & AUTHORITY):
        raise NotFound
    whole = viewer.operator or viewer.system
    sums = (
        Certificate.objects.filter(standing__key__isnull=False)
        .values_list("type")
        .annotate(count=Count("pk"), volume=Sum("standing__volume"), claimed=Sum("standing__claimed"))
        .order_by("type")
    )
    contested = Conflict.objects.select_related("certificate__enterprise", "certificate__standing", "enterprise")[:200]
    return Office(
        totals=tuple(TypeTotal(name, count, megawatt_hours(int(v)), megawatt_hours(int(c))) for name, count, v, c in sums),
        contested=Conflict.objects.count(),
        conflicts=tuple(_contested(row) for row in contested) if whole else (),
        operator=whole,
        stated=_stated(),
        claimed=tuple(
            (year, name, megawatt_hours(amount)) for year in sorted(FACTORS, reverse=True) for name, amount in claimed_by_type(year).items()
        ),
        mixes=mixes(),
        years=tuple(sorted(FACTORS, reverse=True)),
    )


def _contested(row: Conflict) -> Contested:
    held = row.certificate
    return Contested(
        number=row.number,
        certificate=held.code,
        holder=Text(held.enterprise.name_zh, held.enterprise.name_en),
        holder_uscc=held.enterprise.uscc,
        other=Text(row.enterprise.name_zh, row.enterprise.name_en),
        other_uscc=row.enterprise.uscc,
        at=row.at,
        void=held.standing.key is None,
    )


def _stated() -> tuple[Stated, ...]:
    newest = {(row.year, row.type): row for row in Generation.objects.filter(geography=NATION).order_by("pk")}
    order = list(TYPES)
    return tuple(
        Stated(row.year, row.type, megawatt_hours(row.watt_hours), row.source, row.address, row.verified)
        for row in sorted(newest.values(), key=lambda row: (-row.year, order.index(row.type)))
    )


def mixes() -> tuple[Mix, ...]:
    """The residual mixes, the newest first; open to everybody: the claims behind them do not show."""
    return tuple(
        Mix(
            year=row.year,
            number=row.number,
            value=decimal_text(Fraction(round_half_even(Fraction(row.value), QUANTUM)), 4),
            commitment=row.commitment,
            verified=row.verified,
            at=row.at,
        )
        for row in ResidualMix.objects.filter(geography=NATION)
    )


def registration(code: str, *, viewer: Viewer) -> Row:
    """A certificate as operators see it: what was registered, and nothing of what its enterprise does. Raises :class:`NotFound`."""
    found = Certificate.objects.select_related("standing", "site").filter(pk=code).first() if viewer.operator or viewer.system else None
    if found is None:
        raise NotFound
    return _row(found)


@dataclass(frozen=True, slots=True)
class YearTable:
    """The life-cycle factors of a year: the national average, those by type, and those of the grid."""

    year: int
    average: factors.Row | None
    types: tuple[tuple[str, factors.Row], ...]
    grid: tuple[factors.Row, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that is published about electricity and heat. ``grid_co2``: by year, those of the country and its regions first."""

    years: tuple[YearTable, ...]
    grid_co2: tuple[tuple[int, tuple[factors.Row, ...]], ...]
    heat: tuple[factors.Row, ...]
    mixes: tuple[Mix, ...]
    stated: tuple[Stated, ...]


def published() -> Published:
    """The electricity and heat factors of all years and types. Open to everybody."""
    wanted = [*(name for table in FACTORS.values() for name in table.values()), *(name for names in GRID.values() for name in names)]
    rows = {row.id: row for row in factors.rows(wanted)}
    direct = searching.search(searching.Filters(category="electricity", kind="grid-co2"), size=_MOST).rows
    heat = searching.search(searching.Filters(category="heat"), size=_MOST).rows
    by_year: dict[int, list[factors.Row]] = {}
    for row in direct:
        by_year.setdefault(row.year or 0, []).append(row)
    return Published(
        years=tuple(
            YearTable(
                year=year,
                average=rows.get(table[AVERAGE]),
                types=tuple((name, rows[table[name]]) for name in TYPES if table.get(name) in rows),
                grid=tuple(rows[name] for name in GRID[year] if name in rows),
            )
            for year, table in sorted(FACTORS.items(), reverse=True)
        ),
        grid_co2=tuple(
            (year, tuple(sorted(by_year[year], key=lambda row: (row.geography != "CN", row.geography, row.id))))
            for year in sorted(by_year, reverse=True)
        ),
        heat=tuple(sorted(heat, key=lambda row: (row.kind, row.geography, row.id))),
        mixes=mixes(),
        stated=_stated(),
    )
