"""What a request says about the person who asks: who they are, and in which language they read."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from zuji.engine.text import Language
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer

_KEPT = "_zuji_viewer"


def viewer(request: HttpRequest) -> Viewer:
    """Who asks; looked up once a request."""
    kept = cast("Viewer | None", getattr(request, _KEPT, None))
    if kept is None:
        kept = accounts.viewer(request.user.pk if request.user.is_authenticated else None)
        setattr(request, _KEPT, kept)
    return kept


def language() -> Language:
    """The language of the address asked for."""
    return "en" if get_language() == "en" else "zh"


def whole_number(text: str, *, least: int, most: int) -> int:
    """A number from an address; what is not one, or lies outside, becomes ``least``."""
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    return least
