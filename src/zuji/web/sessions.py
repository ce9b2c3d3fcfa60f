"""How long somebody stays signed in, so that a page can say so before it ends."""

import time

from django.conf import settings
from django.http import HttpRequest

_TOUCHED = "worked"
_STEP = 60  # seconds; a session is written anew no more often


def prolong(request: HttpRequest) -> int:
    """Somebody is at work: their session begins anew. The seconds that are left of it."""
    now = int(time.time())
    touched = request.session.get(_TOUCHED)
    if not isinstance(touched, int) or not now - _STEP < touched <= now:
        touched = request.session[_TOUCHED] = now
    return max(0, settings.SESSION_COOKIE_AGE - (now - touched))
