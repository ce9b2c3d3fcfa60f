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
