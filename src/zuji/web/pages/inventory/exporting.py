"""One dataset of a basic database with all that it names, as a file of another format."""

from django.http import Http404, HttpRequest, HttpResponse

from zuji.formats.databases import WRITERS, with_report, write_inventory, zipped
from zuji.registry.inventory.keeping import inventory_of
from zuji.registry.refusals import Refused
from zuji.web.asking import viewer
from zuji.web.pages.footprints.files import download
from zuji.web.pages.inventory.views import MOST_DATASETS


def dataset(request: HttpRequest, code: str, number: int, form: str) -> HttpResponse:
    """A zip with the dataset, its flows, their properties and units, its sources and contacts, and the report of what is not in it."""
    if form not in WRITERS or number > MOST_DATASETS:
        raise Http404
    try:
        inventory = inventory_of(code, viewer=viewer(request), number=number)
    except Refused:
        raise Http404 from None  # stored before parts were kept; its page shows no link
    written = write_inventory(inventory, form)
    return download(zipped(with_report(written, form)), f"{code}.{number}.{form}.zip", "application/zip")
