"""Factor versions as the calculation takes them, read back from what was published: also those that the shipped library no longer holds."""

import json
from collections.abc import Collection
from fractions import Fraction
from typing import cast

from zuji.engine.factors import Confidence, FactorPart, FactorState
from zuji.engine.factors import FactorVersion as Version
from zuji.engine.study import EmissionKind, FactorKind
from zuji.engine.text import Text
from zuji.registry.factors.models import FactorVersion


def versions_of(ids: Collection[str]) -> dict[str, Version]:
    """Every published version of the factors ``ids``, by ``id@version``, the earlier published first."""
    rows = FactorVersion.objects.filter(factor_id__in=ids).order_by("pk")
    return {f"{row.factor_id}@{row.version}": version_of(row) for row in rows}


def version_of(row: FactorVersion) -> Version:
    """The version of a row. A normal spread (``relative_sd``) has no column: the range of a total that rests on it cannot be had from here."""
    return Version(
        id=row.factor_id,
        version=row.version,
        name=Text(row.name_zh, row.name_en),
        kind=cast("FactorKind", row.kind),
        value=Fraction(row.value),
        unit=row.unit,
        per=row.per,
        parts=tuple(
            FactorPart(part["gas"], cast("EmissionKind | None", part["kind"]), Fraction(part["kg"])) for part in json.loads(row.parts)
        ),
        source=row.source,
        digest=row.digest,
        category=row.category,
        geography=row.geography,
        year=row.year,
        boundary=row.boundary,
        publisher=row.publisher,
        address=row.address,
        licence=row.licence,
        note=row.note,
        confidence=cast("Confidence", row.confidence),
        state=cast("FactorState", row.state),
        superseded_by=row.superseded_by or None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        gwp=row.gwp or None,
        gsd=Fraction(row.gsd) if row.gsd else None,
        use_instead=tuple(json.loads(row.use_instead)),
        synonyms=tuple(json.loads(row.synonyms)),
    )
