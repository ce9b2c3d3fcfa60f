"""A proposed factor as a form or a program writes it (field name to text) read into a candidate; every fault is found, not only the first."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import cast, get_args

from zuji.engine.candidate import Candidate, CodeSystem, CorrectionReason, EvidenceFile, Part
from zuji.engine.canonical import digest
from zuji.engine.errors import EngineError
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.quality import INDICATORS
from zuji.engine.quantities import parse_number
from zuji.engine.study import Quality
from zuji.engine.text import Text
from zuji.formats.factors.columns import COLUMNS
from zuji.formats.factors.rows import RowFaults, factor_of
from zuji.formats.trees import Unreadable
from zuji.formats.trees.nodes import check_text

CODE_SYSTEMS: tuple[CodeSystem, ...] = get_args(CodeSystem)
PARTS: tuple[Part, ...] = get_args(Part)
REASONS: tuple[CorrectionReason, ...] = get_args(CorrectionReason)
QUALITY = tuple(f"quality_{name}" for name in INDICATORS)
DECIDED_LATER = frozenset({"state", "superseded_by", "state_reason_zh", "state_reason_en"})
"""Columns of a factor file that a submitter does not fill in: whether a version is in force is said by what happens to it afterwards."""

FIELDS: tuple[str, ...] = (
    *(column for column in COLUMNS if column not in DECIDED_LATER),
    *CODE_SYSTEMS,
    *PARTS,
    "technology",
    "document_number",
    "document_page",
    *QUALITY,
    "supersedes",
    "reason",
)
"""Every field of a candidate, in the order in which reviewers read them."""

PREFIX: Mapping[CodeSystem, str] = {"cas": "CAS", "hs": "HS", "gbt4754": "GB/T 4754", "cpc": "CPC"}
"""How a code is written among the names of a version, so that it is found by it."""


def read_candidate(written: Mapping[str, str], evidence: tuple[EvidenceFile, ...] = ()) -> tuple[Candidate | None, tuple[Finding, ...]]:
    """The candidate that fields write down, or None with its faults, each an error at its field.

    Codes of other systems join the synonyms of the version, so that it is found by them. The digest of the version seals every field.
    """
    row = {name: text.strip() for name, text in written.items() if text.strip()}
    faults = RowFaults()
    for name, text in row.items():
        if name not in FIELDS:
            faults.add(name, "没有这一栏。", "There is no such field.")
        try:
            check_text(text, 0, 0)
        except Unreadable as error:
            faults.found.append((name, error.text))
    codes = {system: found for system in CODE_SYSTEMS if (found := listed(row.get(system, "")))}
    known = [*listed(row.get("synonyms", "")), *(f"{PREFIX[system]} {code}" for system, each in codes.items() for code in each)]
    shared = {column: row[column] for column in COLUMNS if column in row and column not in DECIDED_LATER}
    factor = factor_of({**shared, "synonyms": ";".join(known)}, faults)
    parts = {part: value for part in PARTS if (value := _number(row, part, faults)) is not None}
    quality = _quality(row, faults)
    reason = faults.choice(row, "reason", REASONS)
    if faults.found or factor is None:
        return None, tuple(_finding(column, text) for column, text in dict.fromkeys(faults.found))
    return (
        Candidate(
            factor=_sealed(factor, row),
            written=row,
            codes=codes,
            parts_of_boundary=parts,
            technology=row.get("technology", ""),
            document_number=row.get("document_number", ""),
            document_page=row.get("document_page", ""),
            quality=quality,
            evidence=evidence,
            supersedes=row.get("supersedes", ""),
            reason=cast("CorrectionReason | None", reason),
        ),
        (),
    )


def _sealed(factor: FactorVersion, row: Mapping[str, str]) -> FactorVersion:
    return replace(factor, digest=digest(dict(row)))


def _finding(column: str, text: Text) -> Finding:
    return Finding("candidate.field", "error", column, text)


def listed(text: str) -> tuple[str, ...]:
    """The words of a field that holds several, with semicolons between."""
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in text.replace("；", ";").split(";")))))


def _number(row: Mapping[str, str], column: str, faults: RowFaults) -> Fraction | None:
    if column not in row:
        return None
    try:
        return parse_number(row[column])
    except EngineError as error:
        faults.found.append((column, error.text))
        return None


def _quality(row: Mapping[str, str], faults: RowFaults) -> Quality | None:
    stated: dict[str, int] = {}
    for column in QUALITY:
        if column in row:
            if row[column] in {"1", "2", "3", "4", "5"}:
                stated[column.removeprefix("quality_")] = int(row[column])
            else:
                faults.add(column, "数据质量评分为 1（最好）至 5 的整数。", "A data-quality score is a whole number from 1 (best) to 5.")
    return Quality.model_validate(stated) if stated else None
