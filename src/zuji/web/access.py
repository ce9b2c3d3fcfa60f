"""Who may reach an address. Each address is declared with its access, and the declaration is what enforces it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


class Access(StrEnum):
    """The three kinds of address."""

    PUBLIC = "public"  # anyone, the same for everyone
    SIGNED_IN = "signed-in"  # a person; others are sent to the sign-in page and back
    MEMBER = "member"  # a thing that is public or one's own enterprise's; for all others it looks missing


def page(route: str, view: View, *, name: str, access: Access, methods: tuple[str, ...] = ("GET", "HEAD")) -> URLPattern:
    """An address of the site. There is no other way to add one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if access is Access.SIGNED_IN and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    limited = require_http_methods(list(methods))(guarded)
    limited.access = access  # type: ignore[attr-defined]  # read back by the test that walks all addresses
    limited.methods = methods  # type: ignore[attr-defined]  # the same
    return path(route, limited, name=name)
