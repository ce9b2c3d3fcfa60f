"""How often a program, or an address without one, may ask."""

from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from zuji.registry.accounts.viewer import Viewer


class PerProgram(SimpleRateThrottle):
    """So many requests of one program to one worker process; of one address where no program shows itself."""

    cache = caches["process"]

    def get_cache_key(self, request: HttpRequest) -> str | None:
        who = getattr(request, "auth", None)
        name = who.name if isinstance(who, Viewer) else f"at:{request.META.get('REMOTE_ADDR', '')}"
        return f"throttle:{self.rate}:{name}"


class PerStranger(PerProgram):
    """Reading what is public without a token: seldom, so that one address does not take it from the others."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return None if isinstance(getattr(request, "auth", None), Viewer) else super().get_cache_key(request)


class PerKnownReader(PerProgram):
    """Reading what is public with a program's token: often."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return super().get_cache_key(request) if isinstance(getattr(request, "auth", None), Viewer) else None


STRANGER, PROGRAM, TOKENS = 120, 600, 60
"""Requests a minute: of what is public by an address without a token; by a program with one; for tokens by an address. The description of the
interface and the page for developers tell these same numbers."""
READING = (PerStranger(f"{STRANGER}/m"), PerKnownReader(f"{PROGRAM}/m"))
EVERYTHING = PerProgram(f"{PROGRAM}/m")
TOKEN = PerProgram(f"{TOKENS}/m")
