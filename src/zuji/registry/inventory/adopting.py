"""The value of a dataset as a factor version: decimal, checked against its own equation, unverified until it is reviewed."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from zuji.engine.canonical import digest
from zuji.engine.errors import EngineError
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.impact import CO2E
from zuji.engine.quantities import decimal_text
from zuji.engine.sparse.background import PARTS, official_value
from zuji.engine.study import EmissionKind
from zuji.engine.text import Text
from zuji.engine.units import parse_factor_unit
from zuji.formats.gate.assembly import SETS
from zuji.formats.gate.units import engine_unit
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.factors.fitting import ADOPTED
from zuji.registry.factors.operations import load_library
from zuji.registry.inventory.models import Dataset, Release
from zuji.registry.inventory.solved import Opened, opened
from zuji.registry.inventory.standing import STANDING
from zuji.registry.refusals import NotAllowed, NotFound, Refused

_KIND: dict[str, EmissionKind] = {
    "fossil": "fossil",
    "biogenic": "biogenic",
    "removal": "biogenic_removal",
    "land-use-change": "land_use_change",
    "aircraft": "aircraft",
}
_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}", re.ASCII)


@transaction.atomic
def adopt(*, viewer: Viewer, release: str, datasets: Sequence[str]) -> list[str]:
    """Publish the numbers of datasets, named by their identifiers, as factor versions, one for each GWP set; their references.

    Done twice, it changes nothing. Of several datasets all are taken over, or none.

    Raises:
        NotAllowed: only an operator, or the command line of the machine, does this.
        NotFound: there is no such release or dataset.
        Refused: a number is not one that a factor may carry; the message says which and why.
    """
    if not (viewer.system or viewer.operator):
        raise NotAllowed(Text("只有平台管理员可以采用因子。", "Only an operator of the platform takes values over as factors."))
    found = Release.objects.filter(code=release).first()
    if found is None:
        raise NotFound
    versions = []
    for uuid in dict.fromkeys(datasets):
        row = Dataset.objects.filter(release=found, uuid=uuid).first()
        if row is None:
            raise NotFound
        if row.standing != "usable" or row.position is None:
            raise _refused(row, STANDING[row.standing].why)
        versions += [_version(found, row, opened(found.background), gwp) for gwp in SETS]
    loaded = load_library(actor=viewer.name, versions=[(version, "") for version in versions])
    if loaded.added:
        details: dict[str, str | int | bool | None] = {"datasets": len(set(datasets)), "added": loaded.added}
        record(action=Action.INVENTORY_ADOPTED, actor=viewer.name, subject=f"inventory:{release}", details=details)
    return [version.reference for version in versions]


def _refused(row: Dataset, why: Text) -> Refused:
    return Refused(Text(f"数据集 {row.uuid} 不能采用为因子：{why.zh}", f"The dataset {row.uuid} cannot become a factor: {why.en}"))


def _version(release: Release, row: Dataset, here: Opened, gwp: str) -> FactorVersion:
    """The factor version of a dataset under a GWP set. Its parts are the official values of the parts, its value their exact sum."""
    spelled = engine_unit(row.unit)
    # A unit that is a multiple of one of ours would leave the decimals: 1 short ton is 907.18474 kg.
    if spelled is None or spelled[0] != 1 or not _ID.fullmatch(row.uuid):
        raise _refused(row, Text(f"单位“{row.unit}”或编号不能用于因子。", f"its unit “{row.unit}” or identifier cannot stand in a factor."))
    per = spelled[1]
    process = here.background.processes[row.position or 0].id
    try:
        parts = {part: official_value(here.background, process, f"{gwp}/{part}") for part in PARTS}
        total = official_value(here.background, process, f"{gwp}/total")
        unit = parse_factor_unit(f"kgCO2e/{per}")
    except EngineError as error:
        raise _refused(row, error.text) from error
    if any((value > 0) if part == "removal" else (value < 0) for part, value in parts.items()):
        raise _refused(row, Text("某一部分的正负号不对（抵减大于排放）。", "a part has the wrong sign: credits exceed emissions."))
    value = sum((Fraction(part) for part in parts.values()), Fraction(0))
    _same(row, Fraction(total), value, parts)
    name = Text(row.name_zh or row.name_en, row.name_en or row.name_zh)
    source = f"{release}: {name.zh} ({row.uuid}@{row.version}), zuji inventory {release.code}"
    stated = {"source": source, "background": release.background, "gwp": gwp, "parts": {k: str(v) for k, v in parts.items()}, "unit": per}
    return FactorVersion(
        id=f"LCI-{row.uuid}-{gwp}",
        version=release.code,
        name=name,
        kind="life-cycle",
        value=value,
        unit=f"kgCO2e/{per}",
        per=unit.per.text,
        parts=tuple(FactorPart(CO2E, _KIND[part], Fraction(kg)) for part, kg in parts.items() if kg),
        source=source,
        digest=digest({**stated, "value": decimal_text(value)}),
        category=ADOPTED,
        geography=row.location[:40],
        year=row.year,
        boundary=f"as modelled in the database; linking rule: {release.rule}",
        publisher=release.publisher,
        address=release.address,
        licence=release.licence,
        note=f"solved background {release.background[:16]}, componentwise residual {here.background.residual:.1e}",
        confidence="unverified",
        gwp=gwp,
    )


def _same(row: Dataset, total: Fraction, value: Fraction, parts: dict[str, Decimal]) -> None:
    """The total as solved and the sum of the rounded parts agree to the digits that a factor carries."""
    size = sum((abs(Fraction(part)) for part in parts.values()), Fraction(0))
    if abs(total - value) > size / 10**11:
        raise _refused(row, Text("各部分之和与总量不符。", "its parts do not sum to its total."))
