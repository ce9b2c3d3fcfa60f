"""One row of a factor file to one factor version; every fault of the row is found, not only the first."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast, get_args

from zuji.engine.canonical import digest
from zuji.engine.errors import EngineError
from zuji.engine.factors import Confidence, FactorPart, FactorState, FactorVersion
from zuji.engine.impact import CO2E
from zuji.engine.quantities import parse_number
from zuji.engine.study import EmissionKind, FactorKind, GwpName
from zuji.engine.text import Text
from zuji.engine.units import FactorUnit, parse_factor_unit
from zuji.formats.factors.columns import CONFIDENCE, REQUIRED, STATES
from zuji.formats.factors.gases import KINDS, check_sum, read_gases
from zuji.formats.factors.kinds import kind_of
from zuji.formats.gwp import load_gwp

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_ID = re.compile(r"[^\s@;]{1,200}")
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}", re.ASCII)


@dataclass
class RowFaults:
    """The faults of one row: column and message."""

    found: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, column: str, zh: str, en: str) -> None:
        self.found.append((column, Text(zh, en)))

    def choice(self, row: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> str | None:
        """The value of a column with a closed list, None when it is empty or not in the list."""
        value = row.get(column, "")
        if value and value not in allowed:
            listed = ", ".join(allowed)
            self.add(column, f"“{value[:40]}”不在可用值之内：{listed}。", f"“{value[:40]}” is not one of {listed}.")
            return None
        return value or None


def factor_of(row: Mapping[str, str], faults: RowFaults) -> FactorVersion | None:
    """The factor version that a row (column name to text) writes down; None when ``faults`` got any."""
    for column in REQUIRED:
        if not row.get(column):
            faults.add(column, "此栏必填。来源等信息缺一不可。", "This column must be filled in.")
    if row.get("id") and _ID.fullmatch(row["id"]) is None:
        faults.add("id", "编号不得含空格、@ 或 ;,最长200个字符。", "An id has no spaces, @ or ; and at most 200 characters.")
    if row.get("version") and _VERSION.fullmatch(row["version"]) is None:
        faults.add(
            "version",
            "版本只用英文字母、数字和 . _ -，最多40个字符。",
            "A version has letters, digits and . _ - and at most 40 characters.",
        )
    zh, en = row.get("name_zh", ""), row.get("name_en", "")
    if not (zh or en):
        faults.add("name_zh", "请填写名称（name_zh 或 name_en）。", "Fill in a name (name_zh or name_en).")
    value = _value(row, faults)
    unit = _unit(row, faults)
    split = cast("EmissionKind | None", faults.choice(row, "split", KINDS))
    gwp = cast("GwpName | None", faults.choice(row, "gwp", get_args(GwpName)))
    kind = faults.choice(row, "kind", get_args(FactorKind))
    state = faults.choice(row, "state", STATES) or "current"
    if state == "superseded" and not row.get("superseded_by"):
        faults.add("superseded_by", "已取代的因子须写明由哪一个取代。", "A superseded factor names the one that replaces it.")
    confidence = CONFIDENCE.get(row.get("confidence", ""))
    if confidence is None:
        faults.add("confidence", "可用值：verified、secondary、unverified。", "One of verified, secondary, unverified.")
    valid_from, valid_to = _date(row, "valid_from", faults), _date(row, "valid_to", faults)
    if valid_from and valid_to and valid_to < valid_from:
        faults.add("valid_to", "失效日期早于生效日期。", "The end of validity lies before its beginning.")
    year, gsd = _year(row, faults), _gsd(row, faults)
    parts = _parts(row, value, unit, split, gwp, faults) if value is not None and unit is not None else ()
    if faults.found or value is None or unit is None:
        return None
    boundary, category = row.get("boundary", ""), row.get("category", "")
    return FactorVersion(
        id=row["id"],
        version=row.get("version") or "1",
        name=Text(zh or en, en or zh),
        kind=cast("FactorKind", kind) or kind_of(unit=row["unit"], boundary=boundary, category=category, names=f"{zh} {en}"),
        value=value,
        unit=row["unit"],
        per=unit.per.text,
        parts=parts,
        source=row["source"],
        digest=digest({column: text for column, text in row.items() if text}),
        category=category,
        geography=row.get("geography", ""),
        year=year,
        boundary=boundary,
        publisher=row.get("publisher", ""),
        address=row.get("address", ""),
        licence=row.get("licence", ""),
        note=note_of(row),
        confidence=cast("Confidence", confidence),
        state=cast("FactorState", state),
        superseded_by=row.get("superseded_by") or None,
        valid_from=valid_from,
        valid_to=valid_to,
        gwp=gwp,
        gsd=gsd,
        use_instead=_listed(row, "use_instead"),
        synonyms=_listed(row, "synonyms"),
    )


def note_of(row: Mapping[str, str], languages: tuple[str, ...] = ("zh", "en")) -> str:
    """The note of a version: why it stands as it does, in the languages asked for, then what the row says besides."""
    reasons = (row.get(f"state_reason_{language}") for language in languages)
    return " ".join(filter(None, (*reasons, row.get("note"), row.get("gases_in_words"))))


def _listed(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in row.get(column, "").split(";"))))


def _value(row: Mapping[str, str], faults: RowFaults) -> Fraction | None:
    if not row.get("value"):
        return None
    try:
        return parse_number(row["value"])
    except EngineError as error:
        faults.found.append(("value", error.text))
        return None


def _unit(row: Mapping[str, str], faults: RowFaults) -> FactorUnit | None:
    if not row.get("unit"):
        return None
    try:
        return parse_factor_unit(row["unit"])
    except EngineError as error:
        faults.found.append(("unit", error.text))
        return None


def _parts(
    row: Mapping[str, str], value: Fraction, unit: FactorUnit, split: EmissionKind | None, gwp: GwpName | None, faults: RowFaults
) -> tuple[FactorPart, ...]:
    """The value as one part, or the gases that the row states. A value below zero is only a removal."""
    kg = value * unit.kg_per
    removal = split == "biogenic_removal"
    if (kg < 0) != removal and (kg or removal):
        faults.add(
            "value",
            "小于零的因子只能是生物源吸收（split 栏写 biogenic_removal），吸收因子也须小于零；抵消量不得作为因子。",
            "A factor below zero is a removal (biogenic_removal in the column split), and a removal is below zero; offsets are no factors.",
        )
        return ()
    try:
        names = load_gwp("AR6")
        if row.get("gases"):
            parts = read_gases(row["gases"], total=kg, split=split, names=names, publisher=load_gwp(gwp) if gwp else None)
            if unit.gas == CO2E:
                check_sum(parts, total=kg, sets=[load_gwp(name) for name in get_args(GwpName)])
            return parts
        if unit.gas == CO2E:
            return (FactorPart(CO2E, split, kg),)
        # A removal of a gas is kilograms taken up; its sign comes with the -1 of the GWP set.
        return (FactorPart(names.gas(unit.gas), split, -kg if removal else kg),)
    except EngineError as error:
        faults.found.append(("gases" if row.get("gases") else "unit", error.text))
        return ()


def _date(row: Mapping[str, str], column: str, faults: RowFaults) -> datetime.date | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        if _DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    faults.add(column, f"“{text[:20]}”不是日期。请写成 2024-12-31。", f"“{text[:20]}” is not a date. Write 2024-12-31.")
    return None


def _year(row: Mapping[str, str], faults: RowFaults) -> int | None:
    text = row.get("year", "")
    if text and _YEAR.fullmatch(text) is None:
        faults.add("year", f"“{text[:20]}”不是四位年份。", f"“{text[:20]}” is not a year of four digits.")
        return None
    return int(text) if text else None


def _gsd(row: Mapping[str, str], faults: RowFaults) -> Fraction | None:
    text = row.get("gsd", "")
    if not text:
        return None
    try:
        gsd = parse_number(text)
    except EngineError as error:
        faults.found.append(("gsd", error.text))
        return None
    if gsd < 1:
        faults.add("gsd", "几何标准差不小于1。", "A geometric standard deviation is at least 1.")
    return gsd
