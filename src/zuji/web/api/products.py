from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.products import operations, queries
from zuji.web.api.acting import enterprise_of, program
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import (
    Both,
    Code,
    EnterpriseOut,
    Made,
    ProductChange,
    ProductIn,
    ProductList,
    ProductOut,
    ProductRow,
    VersionIn,
    VersionMade,
    VersionShort,
)

router = Router(tags=["products"])


@router.get("/enterprise", response=EnterpriseOut, operation_id="enterprise", url_name="enterprise")
def enterprise(request: HttpRequest) -> EnterpriseOut:
    """The enterprise that the program acts for, and as what."""
    found = accounts.enterprise_of_program(viewer=program(request))
    return EnterpriseOut(uscc=found.uscc, name=Both.of(found.name), role=found.role, identity_confirmed=found.identity_confirmed)


@router.get("/products", response=ProductList, operation_id="products", url_name="products")
def products(
    request: HttpRequest,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    query: Annotated[str, Query(max_length=200)] = "",
    *,
    archived: bool = False,
) -> ProductList:
    """The enterprise's products, newest first, 25 a page."""
    viewer = program(request)
    found = queries.of_enterprise(
        accounts.enterprise_of_program(viewer=viewer).uscc, viewer=viewer, page=page, archived=archived, query=query
    )
    return ProductList(products=[_row(row) for row in found.rows], total=found.total, page=found.page, pages=found.pages)


@router.post("/products", response={201: Made}, operation_id="create_product", url_name="products")
def create(request: HttpRequest, sent: ProductIn, key: Key) -> HttpResponse:
    """A new product with its first version, an empty draft."""
    viewer = program(request)

    def work() -> tuple[int, Made]:
        code = operations.create_product(
            viewer=viewer,
            enterprise=enterprise_of(viewer),
            name=Text(sent.name_zh, sent.name_en),
            model=sent.model,
            specification=sent.specification,
        )
        return 201, Made(code=code)

    return answer_once(request, viewer, key, work)


@router.get("/products/{code}", response=ProductOut, operation_id="product", url_name="product")
def product(request: HttpRequest, code: Code) -> ProductOut:
    """A product with its versions."""
    found = queries.product(code, viewer=program(request))
    row = found.row
    return ProductOut(
        code=row.code,
        uscc=row.uscc,
        name=Both.of(row.name),
        specification=row.specification,
        model=row.model,
        archived=row.archived,
        versions=[
            VersionShort(number=each.number, model=each.model, state=each.state, revision=each.revision, changed=each.changed)
            for each in found.versions
        ],
    )


@router.patch("/products/{code}", response=ProductOut, operation_id="describe_product", url_name="product")
def describe(request: HttpRequest, code: Code, sent: ProductChange) -> ProductOut:
    """Other names for a product."""
    viewer = program(request)
    site = queries.product(code, viewer=viewer).site_id
    operations.describe_product(
        viewer=viewer, product=code, name=Text(sent.name_zh, sent.name_en), specification=sent.specification, site=site
    )
    return product(request, code)


@router.post("/products/{code}/versions", response={201: VersionMade}, operation_id="create_version", url_name="versions")
def new_version(request: HttpRequest, code: Code, sent: VersionIn, key: Key) -> HttpResponse:
    """A new draft with the answers and evidence of another version."""
    viewer = program(request)
    return answer_once(
        request,
        viewer,
        key,
        lambda: (201, VersionMade(number=operations.new_version(viewer=viewer, product=code, base=sent.based_on))),
    )


def _row(row: queries.Row) -> ProductRow:
    return ProductRow(
        code=row.code,
        name=Both.of(row.name),
        specification=row.specification,
        model=row.model,
        archived=row.archived,
        newest=row.newest,
        state=row.state,
        changed=row.changed,
    )
