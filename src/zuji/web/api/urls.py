import re
from typing import Any

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zuji.web.access import Access
from zuji.web.api.service import api

_NAMES = re.compile(r"\{[^}]*\}")
_CONVERTERS = re.compile(r"<[^>]*>")


def _declared() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The interface's addresses, each declaring its access and methods like a page does. No cache on the way keeps an answer."""
    patterns, app, namespace = api.urls
    methods: dict[str, set[str]] = {}
    for described in api.get_openapi_schema(path_prefix="")["paths"].items():
        methods.setdefault(_NAMES.sub("{}", described[0]), set()).update(method.upper() for method in described[1])
    declared: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        view: Any = pattern.callback
        route = "/" + _CONVERTERS.sub("{}", str(pattern.pattern))
        # The library's own two addresses, its root and the description, answer to every method; its endpoints refuse by themselves.
        kept: Any = never_cache(view if route in methods else require_safe(view))
        kept.access = Access.PROGRAM
        kept.methods = tuple(sorted(methods.get(route, {"GET"})))
        kept.permission = None
        pattern.callback = kept
        declared.append(pattern)
    return declared, app, namespace


urlpatterns = [path("v1/", _declared())]
