"""Letters about dossiers of factors: what the registry knows, in the words and with the addresses of the site."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from zuji.config.notices import NotSent
from zuji.engine.text import Text
from zuji.registry.governance import notices
from zuji.registry.jobs.operations import Argument, Change
from zuji.web import letters


def dossier_notice(arguments: Mapping[str, Argument]) -> Change:
    """Send one person the letter about one step, assignment or proposed revocation, where there is still a reason for it; at least once, as every letter."""
    if revocation := str(arguments.get("revocation") or ""):
        proposed = notices.due_revocation(user=_number(arguments, "user"), revocation=revocation)
        if proposed is not None and not letters.send(proposed.email, letters.revocation(proposed, link=_address("revocation", revocation))):
            raise NotSent
        return lambda: None
    found = notices.due(user=_number(arguments, "user"), step=_number(arguments, "step"), assignment=_number(arguments, "assignment"))
    if found is not None and not letters.send(found.email, letters.dossier(found, link=_link(found.dossier))):
        raise NotSent
    return lambda: None


def _number(arguments: Mapping[str, Argument], name: str) -> int:
    return int(arguments.get(name) or 0)


def _link(code: str) -> Text:
    """The page of a dossier in both languages."""
    return _address("dossier", code)


def _address(name: str, code: str) -> Text:
    found = []
    for language in ("zh-hans", "en"):
        with override(language):
            try:
                found.append(settings.ADDRESS + reverse(name, args=[code]))
            except NoReverseMatch:  # the site as it is without pages of dossiers
                found.append(settings.ADDRESS + reverse("home"))
    return Text(*found)
