"""Who may reach an address. Each address is declared with its access, and the declaration is what enforces it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from zuji.registry.accounts import queries as accounts
from zuji.registry.refusals import NotFound
from zuji.web.asking import viewer
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

View = Callable[..., HttpResponseBase]


class Access(StrEnum):
    """The kinds of address."""

    PUBLIC = "public"  # anyone, the same for everyone
    SIGNED_IN = "signed-in"  # a person; others are sent to the sign-in page and back
    MEMBER = "member"  # a thing that is public or one's own enterprise's; for all others it looks missing
    ENTERPRISE = "enterprise"  # one's own enterprise's alone; visitors are sent to the sign-in page, whether it exists or not
    OPERATOR = "operator"  # staff of the platform; for others who are signed in it looks missing
    DOSSIER = "dossier"  # a factor on its way to publication: its submitter's, and those who decide on it; for all others it looks missing
    DUTY = "duty"  # those who hold one of the duties that the address names; for others who are signed in it looks missing
    PROGRAM = "program"  # the programming interface: a token says who asks, each endpoint what it takes


_NEEDS_A_PERSON = {Access.SIGNED_IN, Access.ENTERPRISE, Access.OPERATOR, Access.DUTY, Access.DOSSIER}


def page(
    route: str,
    view: View,
    *,
    name: str,
    access: Access,
    methods: tuple[str, ...] = ("GET", "HEAD"),
    permission: Permission | None = None,
    duties: frozenset[Duty] = frozenset(),
) -> URLPattern:
    """An address of the site. There is no other way to add one.

    ``permission`` is what a person needs for the enterprise or product behind the address; where the address names an enterprise by its
    code (``uscc``), it is demanded here, before the page is called. ``duties`` open an address of those who hold one of them. The operation
    or query that the page calls demands either again.
    """
    if (access is Access.DUTY) != bool(duties):
        raise TypeError(f"{name}: an address of those who do something for the platform, and no other, names the duties that open it")
    if (access in {Access.MEMBER, Access.ENTERPRISE}) != (permission is not None):
        raise TypeError(f"{name}: an address of an enterprise's thing, and no other, names the permission that it needs")

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if access in _NEEDS_A_PERSON and not request.user.is_authenticated:
            # What was sent is sent again from a page, not by the sign-in page.
            return redirect_to_login(request.get_full_path() if "GET" in methods else reverse(settings.LOGIN_REDIRECT_URL))
        if access is Access.OPERATOR and not viewer(request).operator:
            raise NotFound
        if access is Access.DUTY and not viewer(request).duties & duties:
            raise NotFound
        if access is Access.ENTERPRISE and permission is not None and "uscc" in kwargs:
            _demand(request, kwargs["uscc"], permission)
        return view(request, *args, **kwargs)

    limited = require_http_methods(list(methods))(guarded)
    limited.access = access  # type: ignore[attr-defined]  # read back by the test that walks all addresses
    limited.methods = methods  # type: ignore[attr-defined]  # the same
    limited.permission = permission  # type: ignore[attr-defined]  # the same
    limited.duties = duties  # type: ignore[attr-defined]  # the same
    return path(route, limited, name=name)


def _demand(request: HttpRequest, uscc: str, permission: Permission) -> None:
    enterprise = accounts.enterprise_by_uscc(uscc)
    if enterprise is None:
        raise NotFound
    viewer(request).demand(permission, enterprise=enterprise)
