from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from zuji.registry.factors import changes, matching, searching
from zuji.registry.factors import queries as factors
from zuji.registry.governance import records
from zuji.web.api.factor_shapes import FactorChange, FactorChanges, FactorRecord
from zuji.web.api.shapes import Both, FactorFound, FactorList, FactorOut, LineOut, LinesIn, MatchOut
from zuji.web.api.signing_in import ANYBODY
from zuji.web.api.throttles import READING

router = Router(tags=["factors"], auth=ANYBODY, throttle=list(READING))


@router.get("/factors", response=FactorList, operation_id="factors", url_name="factors")
def search(
    request: HttpRequest,
    query: Annotated[str, Query(max_length=200)] = "",
    category: Annotated[str, Query(max_length=80)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    geography: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> FactorList:
    """The factors that fit a query, best first, each in its newest version: words in Chinese or English, pinyin initials, CAS, HS or GB/T 4754 codes."""
    del request
    found = searching.search(searching.Filters(query=query, category=category, kind=kind, geography=geography, state=state), page=page)
    return FactorList(
        factors=[_found(row) for row in found.rows],
        facets={facet: dict(counts) for facet, counts in found.facets.items()},
        loosened=found.loosened,
        total=found.total,
        page=found.page,
        pages=found.pages,
    )


@router.post("/factors/match", response=list[LineOut], operation_id="match", url_name="match")
def match(request: HttpRequest, asked: LinesIn) -> list[LineOut]:
    """What lines of text mean, in their order: ranked factors with the reason and a calibrated confidence, or nothing to be believed."""
    del request
    return [
        LineOut(
            line=answer.line,
            found=answer.found,
            candidates=[
                MatchOut(factor=FactorOut(**_fields(meant.row)), confidence=f"{meant.confidence:.2f}", reason=Both.of(meant.reason))
                for meant in answer.candidates
            ],
        )
        for answer in matching.match_lines(asked.lines)
    ]


@router.get("/factors/changes", response=FactorChanges, operation_id="changes", url_name="changes")
def changed(
    request: HttpRequest,
    factor: Annotated[str, Query(max_length=120, description="id of one factor")] = "",
    kind: Annotated[str, Query(max_length=12, description="added, corrected, superseded, withdrawn, expired or loaded")] = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> FactorChanges:
    """What changed in the library, the newest first: loads of shipped files, and what was published, superseded, withdrawn or expired."""
    del request
    found = changes.changes(factor=factor, kind=kind, page=page)
    rows = [
        FactorChange(
            kind=row.kind,
            state=row.state,
            at=row.at,
            reference=row.reference,
            name=Both.of(row.name),
            value=row.value,
            unit=row.unit,
            replaces=row.replaces,
            superseded_by=row.superseded_by,
            reason_code=row.reason_code,
            reason=row.reason,
            added=row.added,
        )
        for row in found.rows
    ]
    return FactorChanges(changes=rows, total=found.total, page=found.page, pages=found.pages)


@router.get("/factors/{factor}/{version}", response=FactorRecord, operation_id="factor", url_name="factor")
def factor(request: HttpRequest, factor: str, version: str) -> FactorRecord:
    """A factor in one of its versions, with everything that is public of it; what it says never changes, what became of it may be added."""
    del request
    return FactorRecord.model_validate(records.plain(records.record(factor, version)))


def _found(row: factors.Row) -> FactorFound:
    return FactorFound(**_fields(row), category=row.category, found_by=row.found_by, found_word=row.found_word)


def _fields(row: factors.Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "name": Both.of(row.name),
        "value": row.value,
        "unit": row.unit,
        "kind": row.kind,
        "geography": row.geography,
        "year": row.year,
        "state": row.state,
        "confidence": row.confidence,
        "source": row.source,
    }
