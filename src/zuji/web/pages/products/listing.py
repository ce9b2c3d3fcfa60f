"""Lists of products for the pages of others: an enterprise's home, and a consultant's account."""

from typing import Any

from django.http import HttpRequest

from zuji.registry.products import queries
from zuji.web.asking import viewer, whole_number
from zuji.workflow.permissions import Permission

TEMPLATE = "products/listing.html"
MOST_PAGES = 100_000


def of_enterprise(request: HttpRequest, *, uscc: str, enterprise: int) -> dict[str, Any]:
    """What :data:`TEMPLATE` shows of an enterprise's products; ``include`` it with these names."""
    who = viewer(request)
    archived = request.GET.get("archived") == "yes"
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    query = request.GET.get("product", "")[:200].replace("\0", "")
    return {
        "products": queries.of_enterprise(uscc, viewer=who, page=page, archived=archived, query=query),
        "products_query": query,
        "products_archived": archived,
        "products_uscc": uscc,
        "may_create": who.may(Permission.CREATE, enterprise=enterprise),
    }


def entrusted(request: HttpRequest) -> dict[str, Any]:
    """What :data:`TEMPLATE` shows of the products that others entrusted to a consultant."""
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    return {"products": queries.delegated(viewer=viewer(request), page=page), "products_entrusted": True}
