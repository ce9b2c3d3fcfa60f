"""The public record of a factor version: everything that is known of it and open to everybody, in one place for page, files and interface.

What came with the product has no dossier, and what a dossier left out is not known: either is absent here, and never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.quality import INDICATORS
from zuji.formats.factors.candidates import CODE_SYSTEMS, PARTS, PREFIX, listed
from zuji.formats.factors.drawers import OUT
from zuji.formats.factors.words import load_words
from zuji.registry.factors import changes
from zuji.registry.factors import queries as factors
from zuji.registry.factors.changes import Change
from zuji.registry.governance.origins import Origin, origin


@dataclass(frozen=True, slots=True)
class Code:
    """A number of the thing in another system. ``source`` says who states it: empty, the dossier of this version; else the list of words."""

    system: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Record:
    """A version. ``state`` is what it is now, ``sheet.state`` what it was published as; ``came`` is None where no dossier is behind it.
    ``names`` are its synonyms without the codes among them.

    ``life`` splits the value by part of the life cycle, ``quality`` has the scores from 1 (best) to 5: a key without a value was not stated.
    """

    sheet: factors.Sheet
    came: Origin | None
    standings: tuple[Change, ...]
    state: str
    names: tuple[str, ...]
    codes: tuple[Code, ...]
    life: Mapping[str, str | None]
    quality: Mapping[str, int | None]
    technology: str
    document_number: str
    document_page: str
    source_year: str
    supersedes: tuple[str, ...]
    superseded_by: str
    reason: str

    @property
    def scored(self) -> bool:
        """Whether any score of the quality of the data was stated."""
        return any(score is not None for score in self.quality.values())

    @property
    def parted(self) -> bool:
        """Whether the value was split by part of the life cycle."""
        return any(value is not None for value in self.life.values())


def record(factor: str, version: str) -> Record:
    """The record of a version. Raises :class:`~zuji.registry.refusals.NotFound`."""
    sheet = factors.sheet(factor, version)
    came = origin(sheet.reference)
    fields = came.fields if came is not None else {}
    standings = changes.became(factor, version)
    by_state = {each.state: each for each in standings}
    replaced = by_state.get("superseded")
    codes = _codes(fields, sheet)
    return Record(
        sheet=sheet,
        came=came,
        standings=standings,
        state=next((state for state in reversed(OUT) if state in by_state), sheet.state),
        names=tuple(name for name in sheet.synonyms if name not in {f"{each.system} {each.code}" for each in codes}),
        codes=codes,
        life={part: fields.get(part) for part in PARTS},
        quality={name: int(fields[f"quality_{name}"]) if f"quality_{name}" in fields else None for name in INDICATORS},
        technology=fields.get("technology", ""),
        document_number=fields.get("document_number", ""),
        document_page=fields.get("document_page", ""),
        source_year=fields.get("source_year", ""),
        supersedes=changes.replaced_by(sheet.reference),
        superseded_by=replaced.superseded_by if replaced is not None else sheet.superseded_by,
        reason=fields.get("reason", ""),
    )


def plain(found: Record) -> dict[str, object]:
    """The record as text, whole numbers and lists: what the files and the interface give. None and an empty list: not stated."""
    sheet = found.sheet
    return {
        "id": sheet.id,
        "version": sheet.version,
        "name": {"zh": sheet.name.zh, "en": sheet.name.en},
        "synonyms": list(found.names),
        "codes": [{"system": each.system, "code": each.code, "source": each.source or None} for each in found.codes],
        "category": sheet.category or None,
        "kind": sheet.kind,
        "value": sheet.value,
        "unit": sheet.unit,
        "per": sheet.per,
        "parts": [{"gas": part.gas, "kind": part.kind, "kg": part.kg} for part in sheet.parts],
        "life_cycle": dict(found.life),
        "gwp": sheet.gwp or None,
        "gsd": sheet.gsd or None,
        "boundary": sheet.boundary or None,
        "geography": sheet.geography or None,
        "technology": found.technology or None,
        "year": sheet.year,
        "valid_from": sheet.valid_from or None,
        "valid_to": sheet.valid_to or None,
        "source": sheet.source,
        "source_year": found.source_year or None,
        "publisher": sheet.publisher or None,
        "document_number": found.document_number or None,
        "document_page": found.document_page or None,
        "address": sheet.address or None,
        "licence": sheet.licence or None,
        "note": sheet.note or None,
        "confidence": sheet.confidence,
        "quality": dict(found.quality),
        "state": found.state,
        "state_when_published": sheet.state,
        "supersedes": list(found.supersedes),
        "superseded_by": found.superseded_by or None,
        "reason": found.reason or None,
        "use_instead": list(sheet.use_instead),
        "standings": [
            {
                "state": each.state,
                "at": each.at.isoformat(),
                "superseded_by": each.superseded_by or None,
                "reason_code": each.reason_code or None,
                "reason": each.reason or None,
            }
            for each in found.standings
        ],
        "digest": sheet.digest,
        "review": None if found.came is None else _reviewed(found.came),
    }


def _reviewed(came: Origin) -> dict[str, object]:
    return {
        "dossier": came.number,
        "submitter": {"uscc": came.uscc, "name": {"zh": came.enterprise.zh, "en": came.enterprise.en}, "demonstration": came.demonstration},
        "submitted": came.submitted.isoformat() if came.submitted is not None else None,
        "published": came.published.isoformat(),
        "evidence": [{"name": each.name, "sha256": each.sha256, "size": each.size, "page": each.page or None} for each in came.documents],
        "reviewers": [{"party": each.party, "organisation": each.organisation or None} for each in came.reviewers],
        "steps": [{"act": each.act, "party": each.party, "at": each.at.isoformat()} for each in came.stations],
        "content_sha256": came.digest,
        "preview_sha256": came.preview,
        "sealed": dict(came.sealed),
    }


def _codes(fields: Mapping[str, str], sheet: factors.Sheet) -> tuple[Code, ...]:
    """The numbers that the dossier states; of systems that it does not name, those under which the search knows the thing, each with its source."""
    stated = [Code(PREFIX[system], code, "") for system in CODE_SYSTEMS for code in listed(fields.get(system, ""))]
    named = {each.system for each in stated}
    known = (word for word in load_words().words_of(sheet.id, sheet.subject) if word.place == "code" and word.system not in named)
    return (*stated, *dict.fromkeys(Code(word.system, word.text, word.source) for word in known))
