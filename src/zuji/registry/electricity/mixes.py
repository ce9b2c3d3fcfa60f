"""The residual mix: stated generation, recalculation after claims have changed, and the factor version that reviewers may be offered."""

import datetime
import json
import secrets
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import Sum

from zuji.engine.averages import SALT_BYTES, commitment
from zuji.engine.canonical import canonical_json, digest
from zuji.engine.errors import MixImpossible
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.impact import CO2E
from zuji.engine.quantities import decimal_text, round_half_even
from zuji.engine.residual_mix import Generated, Residual, residual_mix
from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.electricity.energy import PER_MWH
from zuji.registry.electricity.kinds import AVERAGE, FACTORS, TYPES
from zuji.registry.electricity.models import Claim, Generation, ResidualMix
from zuji.registry.factors.published import versions_of
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.duties import Duty

NATION = "CN"
QUANTUM = Fraction(1, 10**4)  # kgCO2e/kWh: the announcements print four decimals; finer, the claims of a single plant would show
_MOST_MWH = 10**11
_PER_KWH = 1000


def _operators_only(viewer: Viewer) -> None:
    if not (viewer.operator or viewer.system):
        raise NotFound


@transaction.atomic
def state_generation(
    *,
    viewer: Viewer,
    year: int,
    type: str,  # noqa: A002  # the field's name
    mwh: str,
    source: str,
    address: str = "",
    verified: bool = False,
) -> None:
    """State what a type generated in the country in a year, with its source; the newest statement counts.

    Raises:
        NotFound: the viewer is no operator.
        Unfit: see ``faults``.
    """
    _operators_only(viewer)
    entries = Entries()
    if year not in FACTORS:
        known = "、".join(map(str, FACTORS))
        entries.fault("year", Text(f"有因子的年份：{known}。", f"Years with factors: {', '.join(map(str, FACTORS))}."))
    entries.chosen("type", type, frozenset(TYPES))
    bare = mwh.strip()
    whole = int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 12 else -1
    if not 0 <= whole <= _MOST_MWH:
        entries.fault("mwh", Text("请填写整数 MWh。", "Write a whole number of MWh."))
    said = entries.line("source", source, most=500)
    where = entries.line("address", address, most=500, needed=False)
    entries.settle()
    Generation.objects.create(
        year=year,
        geography=NATION,
        type=type,
        watt_hours=whole * PER_MWH,
        source=said,
        address=where,
        verified=verified,
        by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    record(action=Action.GENERATION_STATED, actor=viewer.name, subject=f"generation:{year}:{type}", details={"mwh": bare, "source": said})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a residual mix of a year would rest on: the average with its factor, generation and claims by type, and whether all is verified."""

    average: FactorVersion
    rows: tuple[Generated, ...]
    inputs: dict[str, object]
    verified: bool


@transaction.atomic
def recompute(*, viewer: Viewer, year: int) -> str:
    """Calculate the residual mix of a year from the claims as they stand; ``year #number``. Nothing is added where its inputs are the last one's.

    No factor and no footprint changes by it: what becomes of it is for reviewers to decide (:func:`candidate`).

    Raises:
        NotFound: the viewer is no operator.
        Refused: the average of the year, generation, or the factor of a claimed type is missing, or the numbers contradict each other.
    """
    _operators_only(viewer)
    basis = _basis(year)
    try:
        made = residual_mix(basis.average.value, basis.rows)
    except MixImpossible as impossible:
        raise Refused(impossible.text) from impossible
    last = ResidualMix.objects.filter(year=year, geography=NATION).order_by("-number").first()
    inputs = canonical_json(basis.inputs).decode()
    if last is not None and last.inputs == inputs:
        return f"{year} #{last.number}"
    salt = secrets.token_bytes(SALT_BYTES)
    row = ResidualMix.objects.create(
        year=year,
        geography=NATION,
        number=last.number + 1 if last is not None else 1,
        value=str(made.intensity),
        inputs=inputs,
        salt=salt.hex(),
        commitment=commitment(salt, basis.inputs),
        verified=basis.verified,
        by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    record(
        action=Action.RESIDUAL_MIX_COMPUTED,
        actor=viewer.name,
        subject=f"residual-mix:{NATION}:{year}",
        details={"number": row.number, "commitment": row.commitment, "verified": row.verified},
    )
    return f"{year} #{row.number}"


def _basis(year: int) -> Basis:
    table = FACTORS.get(year)
    if table is None:
        raise Refused(Text(f"没有 {year} 年的电力碳足迹因子。", f"There are no electricity footprint factors of {year}."))
    newest = {reference.partition("@")[0]: version for reference, version in versions_of(set(table.values())).items()}
    average = newest.get(table[AVERAGE])
    stated = {row.type: row for row in Generation.objects.filter(year=year, geography=NATION).order_by("pk")}
    if average is None or not stated:
        raise Refused(
            Text(
                f"缺少 {year} 年的全国平均因子或分类型发电量，不能计算。发电量须先录入并注明来源。",
                f"The national average or the generation by type of {year} is missing. State the generation with its source first.",
            )
        )
    claims = claimed_by_type(year)
    if set(claims) - set(stated):
        missing = "、".join(TYPES[name].zh for name in sorted(set(claims) - set(stated)))
        raise Refused(Text(f"已有认领的类型没有发电量：{missing}。", "A claimed type has no stated generation."))
    rows = []
    for name, row in sorted(stated.items()):
        factor = newest.get(table.get(name, ""))
        intensity = factor.value if factor is not None else None
        rows.append(Generated(name, Fraction(row.watt_hours, _PER_KWH), Fraction(claims.get(name, 0), _PER_KWH), intensity))
    used = [average, *(newest[table[name]] for name in sorted(claims) if table.get(name) in newest)]
    inputs: dict[str, object] = {
        "zuji": "residual-mix/1",
        "year": year,
        "geography": NATION,
        "factors": {version.reference: version.digest for version in used},
        "generation": {name: [str(row.watt_hours), row.source] for name, row in stated.items()},
        "claimed": {name: str(amount) for name, amount in claims.items()},
    }
    verified = all(row.verified for row in stated.values()) and all(version.confidence == "verified" for version in used)
    return Basis(average=average, rows=tuple(rows), inputs=inputs, verified=verified)


def claimed_by_type(year: int) -> dict[str, int]:
    """The watt-hours claimed of a year's generation, by type: what was not given up."""
    rows = Claim.objects.filter(year=year, release__isnull=True).values_list("certificate__type").annotate(sum=Sum("watt_hours")).order_by()
    return {name: int(amount) for name, amount in rows}


def candidate(*, viewer: Viewer, year: int) -> FactorVersion:
    """The newest residual mix of a year as a factor version, for reviewers to take or leave; nothing is published by it.

    Raises:
        NotFound: there is none, or the viewer is neither operator, secretary nor publisher.
    """
    if not viewer.duties & {Duty.SECRETARY.value, Duty.PUBLISHER.value}:
        _operators_only(viewer)
    row = ResidualMix.objects.filter(year=year, geography=NATION).order_by("-number").first()
    if row is None:
        raise NotFound
    value = Fraction(round_half_even(Fraction(row.value), QUANTUM))
    stated = {"id": f"ZUJI-EL-RESIDUAL-{row.geography}-{year}", "version": str(row.number), "value": decimal_text(value)}
    return FactorVersion(
        id=stated["id"],
        version=stated["version"],
        name=Text(f"{year} 年全国剩余电力组合（本平台认领）", f"China residual mix {year}, without what this platform has claimed"),
        kind="life-cycle",
        value=value,
        unit="kgCO2e/kWh",
        per="kWh",
        parts=(FactorPart(CO2E, None, value),),
        source=f"Zuji residual mix {row.geography} {year} #{row.number}, {row.commitment}; method ISO 14067:2018 6.4.9.4",
        digest=digest({**stated, "commitment": row.commitment}),
        category="electricity",
        geography=row.geography,
        year=year,
        boundary="cradle to grid (life cycle of generation), without claimed generation; without transmission and distribution",
        publisher="Zuji",
        note="仅扣除在本平台认领的绿证；其他平台的认领未知。Only what is claimed on this platform is taken out; claims elsewhere are unknown.",
        confidence="secondary" if row.verified else "unverified",
    )


def recalculated(row: ResidualMix) -> Residual:
    """A stored mix calculated once more from its kept inputs: the same number, or the row was not made by this method."""
    inputs = json.loads(row.inputs)
    factors = versions_of({reference.partition("@")[0] for reference in inputs["factors"]})
    table = FACTORS[row.year]
    by_id = {reference.partition("@")[0]: factors[reference] for reference in inputs["factors"]}
    rows = [
        Generated(
            name,
            Fraction(int(amount), _PER_KWH),
            Fraction(int(inputs["claimed"].get(name, "0")), _PER_KWH),
            by_id[table[name]].value if table.get(name) in by_id else None,
        )
        for name, (amount, _) in sorted(inputs["generation"].items())
    ]
    return residual_mix(by_id[table[AVERAGE]].value, rows)
