"""What is made of one row: its fields as a candidate, and what the gate says of it beside what is published."""

import json
from collections.abc import Mapping

from zuji.connectors.national import Row
from zuji.engine.candidate import Candidate
from zuji.engine.canonical import canonical_json, digest
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.formats.factors.candidates import FIELDS, read_candidate
from zuji.formats.factors.subjects import subject
from zuji.rules.factor_checks import NUMBER, Check, Context, examine
from zuji.rules.factor_checks.boundary_stated import boundary_stated
from zuji.rules.factor_checks.context import plain
from zuji.rules.factor_checks.geography_code import geography_code
from zuji.rules.factor_checks.gwp_declared import gwp_declared
from zuji.rules.factor_checks.kind_and_name import kind_and_name
from zuji.rules.factor_checks.licence_present import licence_present
from zuji.rules.factor_checks.names_bilingual import names_bilingual
from zuji.rules.factor_checks.source_complete import source_complete
from zuji.rules.factor_checks.text_clean import text_clean
from zuji.rules.factor_checks.validity_period import validity_period
from zuji.rules.factor_checks.year_plausible import year_plausible

PREFIX = "CN-NATIONAL-"
"""Before the national number, so that no id of theirs is taken for one of ours."""

CHECKS: tuple[Check, ...] = (
    *NUMBER,
    source_complete,
    licence_present,
    gwp_declared,
    year_plausible,
    validity_period,
    geography_code,
    boundary_stated,
    kind_and_name,
    names_bilingual,
    text_clean,
)
"""The gate without what only a submitter can give: evidence files, pages, reasons."""

_OURS = frozenset({"supersedes", "reason", "group"})


def fields_of(row: Row) -> dict[str, str]:
    """The fields as they are kept: none empty, none with blanks around it."""
    return {name: text.strip() for name, text in row.fields.items() if text.strip()}


def sealed(fields: Mapping[str, str]) -> tuple[str, str]:
    """Canonical JSON of the fields, and its hash."""
    plain = dict(fields)
    return canonical_json(plain).decode(), digest(plain)


def proposed(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as those of a draft here: under an id of its own, without what only we decide."""
    taken = {name: text for name, text in fields.items() if name in FIELDS and name not in _OURS}
    return {**taken, "id": f"{PREFIX}{fields.get('id', '')}"}


def judged(fields: Mapping[str, str], surroundings: Context) -> tuple[Candidate | None, tuple[Finding, ...]]:
    """The candidate that a row makes, None where it makes none, with what is wrong with it."""
    unknown = [
        Finding(
            "national.field", "warning", name[:60], Text("约定中没有这一栏，未读取。", "The contract has no such field; it was not read.")
        )
        for name in fields
        if name not in FIELDS or name in _OURS
    ]
    missing = [] if fields.get("id") else [Finding("national.number", "error", "id", Text("没有编号。", "It has no number."))]
    candidate, faults = read_candidate(proposed(fields))
    if candidate is None or missing:
        return None, (*missing, *faults, *unknown)
    said = examine(candidate, surroundings.about(about(candidate, surroundings)), CHECKS).sorted()
    return candidate, (*said, *unknown)


def about(candidate: Candidate, surroundings: Context) -> str:
    """The subject under which factors of the same thing are filed here: that of a published factor of either name, else from the Chinese name."""
    name = candidate.factor.name
    for written_name in (name.zh, subject(name.zh), name.en):
        filed = surroundings.shelf.by_name.get(plain(written_name))
        if filed:
            return min(filed)
    return subject(name.zh)


def written(findings: tuple[Finding, ...]) -> str:
    """Findings as they are kept."""
    rows = [{"code": f.code, "severity": f.severity, "where": f.where, "zh": f.message.zh, "en": f.message.en} for f in findings]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
