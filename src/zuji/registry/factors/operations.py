import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from django.db import transaction

from zuji.engine import factors as engine
from zuji.engine.quantities import decimal_text
from zuji.engine.text import Text
from zuji.formats.factors.subjects import subject
from zuji.registry.audit.operations import Action, one_after_the_other, record
from zuji.registry.factors.indexing import index_newest, restate
from zuji.registry.factors.models import FactorVersion, Standing
from zuji.registry.refusals import Refused


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    added: int
    known: int


@transaction.atomic
def load_library(*, actor: str, versions: Iterable[tuple[engine.FactorVersion, str]]) -> Loaded:
    """Add the versions that are not here yet, each with the group of rows that describe the same thing (empty: none is stated).

    A second run with the same library does nothing and records nothing.

    Raises:
        Refused: a version is here already with another content; a published version never changes.
    """
    known = {
        f"{factor}@{version}": digest for factor, version, digest in FactorVersion.objects.values_list("factor_id", "version", "digest")
    }
    rank = FactorVersion.objects.count()
    fresh: list[tuple[engine.FactorVersion, FactorVersion]] = []
    seen = 0
    for version, group in versions:
        here = known.get(version.reference)
        if here is None:
            fresh.append((version, _row(version, group, rank + len(fresh))))
        elif here == version.digest:
            seen += 1
        else:
            raise Refused(
                Text(
                    f"因子 {version.reference} 已发布且内容不同：已发布的版本不可更改，请以新版本号发布更正。",
                    f"Factor {version.reference} is published with another content: a published version never changes; give the correction a new version.",
                )
            )
    if fresh:
        one_after_the_other()  # before the index: every writer takes the two in this order, or two would wait for each other
        FactorVersion.objects.bulk_create([row for _, row in fresh], batch_size=500)
        index_newest({version.id for version, _ in fresh})
        record(action=Action.FACTORS_LOADED, actor=actor, subject="factors", details={"added": len(fresh), "known": seen})
    return Loaded(added=len(fresh), known=seen)


def publish_version(version: engine.FactorVersion, *, by: str, at: datetime.datetime, dossier: str = "", group: str = "") -> FactorVersion:
    """Add a version that may be used in calculations from now on, inside the caller's transaction; the caller records the event.

    ``group`` names the rows that describe the same thing; empty: those of its earlier versions, or what its name says.

    Raises:
        Refused: there is a version of this reference already.
    """
    # Standings are numbered in the order in which they are committed: whoever saw the newest has seen all before it (see in_force).
    one_after_the_other()
    if FactorVersion.objects.filter(factor_id=version.id, version=version.version).exists():
        raise Refused(
            Text(
                f"因子 {version.reference} 已发布；更正须用新版本号。",
                f"Factor {version.reference} is published already; a correction takes a new version.",
            )
        )
    known = FactorVersion.objects.filter(factor_id=version.id).order_by("-pk").values_list("subject", flat=True).first()
    last = FactorVersion.objects.order_by("-rank").values_list("rank", flat=True).first()
    row = _row(version, group or known or "", 0 if last is None else last + 1)
    row.save(force_insert=True)
    index_newest({version.id})
    Standing.objects.create(factor=row, state="published", dossier=dossier, at=at, by=by)
    return row


def set_standing(
    factor: FactorVersion,
    state: Literal["superseded", "revoked", "expired"],
    *,
    by: str,
    at: datetime.datetime,
    superseded_by: str = "",
    reason_code: str = "",
    reason: str = "",
    dossier: str = "",
) -> None:
    """Note what became of a version, inside the caller's transaction; the caller records the event. Saying the same again does nothing.

    Raises:
        Refused: it is superseded by another version, or revoked with another reason, already.
    """
    one_after_the_other()
    said = {"superseded_by": superseded_by, "reason_code": reason_code, "reason": reason}
    here, new = Standing.objects.get_or_create(factor=factor, state=state, defaults={**said, "dossier": dossier, "at": at, "by": by})
    restate(factor)
    if not new and {name: getattr(here, name) for name in said} != said:
        raise Refused(
            Text(
                f"因子 {factor} 已有记录：{here.superseded_by or here.reason or here.state}。",
                f"Factor {factor} has a standing already: {here.superseded_by or here.reason or here.state}.",
            )
        )


def _row(version: engine.FactorVersion, group: str, rank: int) -> FactorVersion:
    return FactorVersion(
        factor_id=version.id,
        version=version.version,
        name_zh=version.name.zh,
        name_en=version.name.en,
        kind=version.kind,
        category=version.category,
        geography=version.geography,
        year=version.year,
        value=_exact(version.value),
        unit=version.unit,
        per=version.per,
        parts=_json([{"gas": part.gas, "kind": part.kind, "kg": _exact(part.kg)} for part in version.parts]),
        boundary=version.boundary,
        source=version.source,
        publisher=version.publisher,
        address=version.address,
        licence=version.licence,
        note=version.note,
        confidence=version.confidence,
        state=version.state,
        superseded_by=version.superseded_by or "",
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        gwp=version.gwp or "",
        gsd=_exact(version.gsd) if version.gsd is not None else "",
        use_instead=_json(list(version.use_instead)),
        synonyms=_json(list(version.synonyms)),
        subject=group or subject(version.name.zh),
        digest=version.digest,
        rank=rank,
    )


def _exact(value: Fraction) -> str:
    """``value`` in plain digits where it ends, else as a ratio such as ``11/7``."""
    try:
        return decimal_text(value)
    except ValueError:
        return f"{value.numerator}/{value.denominator}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
