"""Pages for what went wrong. They need no database and say everything in both languages."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from zuji.web.requests import CURRENT


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """An error page. English under ``/en/``, Chinese elsewhere, the other language below it."""
    english = request.path.startswith("/en/")
    said = {"language": "en" if english else "zh", "status": status, "number": CURRENT.get()}
    text = loader.get_template(f"errors/{status}.html").render(said)
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)
