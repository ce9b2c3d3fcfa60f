from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from zuji.registry.factors import queries as factors
from zuji.registry.factors.queries import Filters
from zuji.web.api.shapes import Both, FactorList, FactorOut

router = Router(tags=["factors"])


@router.get("/factors", response=FactorList, auth=None, operation_id="factors", url_name="factors")
def search(
    request: HttpRequest,
    query: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> FactorList:
    """The factors that fit a query in Chinese or English, best first, each in its newest version."""
    del request
    found = factors.search(Filters(query=query), page=page)
    return FactorList(factors=[_factor(row) for row in found.rows], total=found.total, page=found.page, pages=found.pages)


@router.get("/factors/{factor}/{version}", response=FactorOut, auth=None, operation_id="factor", url_name="factor")
def factor(request: HttpRequest, factor: str, version: str) -> FactorOut:
    """A factor in one of its versions; versions never change."""
    del request
    return _factor(factors.sheet(factor, version))


def _factor(row: factors.Row) -> FactorOut:
    return FactorOut(
        id=row.id,
        version=row.version,
        name=Both.of(row.name),
        value=row.value,
        unit=row.unit,
        kind=row.kind,
        geography=row.geography,
        year=row.year,
        state=row.state,
        confidence=row.confidence,
        source=row.source,
    )
