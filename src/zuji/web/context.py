from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from zuji.web.asking import language, viewer


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: its language, its twin in the other one, the version, and whether its reader has a desk."""
    here = request.get_full_path()
    # A page whose address could not be resolved has no twin: the other language's home then.
    found = getattr(request, "resolver_match", None) is not None
    return {
        "language": language(),
        "address_zh": translate_url(here, "zh-hans") if found else "/",
        "address_en": translate_url(here, "en") if found else "/en/",
        "on_duty": request.user.is_authenticated and bool(viewer(request).duties),
        "version": settings.VERSION,
        "mail_is_sent": settings.VALUES.mail is not None,
    }
