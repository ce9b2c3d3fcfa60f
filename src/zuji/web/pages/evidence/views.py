from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zuji.registry.evidence import operations as evidence
from zuji.registry.evidence.queries import Altered
from zuji.registry.products import queries as products
from zuji.web.asking import viewer


def download(request: HttpRequest, code: str) -> HttpResponse:
    """The file as it was handed in: saved by the browser, never shown in the site's own place."""
    try:
        found = evidence.read(viewer=viewer(request), code=code, products=products.with_evidence(code))
    except Altered as altered:
        return render(request, "evidence/altered.html", {"why": altered.text, "code": code}, status=500)
    response = HttpResponse(found.content, content_type=found.row.media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.row.name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
