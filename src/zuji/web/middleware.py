from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from zuji.registry.refusals import NotAllowed, NotFound

Answer = Callable[[HttpRequest], HttpResponseBase]


class GuardedAnswers:
    """What every answer carries, also one that no page gave: a static file, a request for a host that is not ours."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class NoNulls:
    """A NUL in an address or its query is read as U+FFFD, the sign for what is no character: PostgreSQL refuses a question with a NUL in it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.path_info = request.path_info.replace("\x00", "\ufffd")
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "%EF%BF%BD").replace("\x00", "%EF%BF%BD")
        return self.answer(request)


class PrivatePages:
    """What a signed-in person sees is kept by no cache on the way; nor is anything that can change with the next calculation."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        return response


class Refusals:
    """The registry's refusals in the words of HTTP."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        del request
        if isinstance(exception, NotFound):
            raise Http404 from None
        if isinstance(exception, NotAllowed):
            raise PermissionDenied from None
