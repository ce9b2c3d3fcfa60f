"""Letters about what waits for somebody: what the registry knows, in the words and with the addresses of the site."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from zuji.engine.text import Text
from zuji.registry.footprints import notices
from zuji.registry.jobs.operations import Argument, Change
from zuji.registry.republication import notices as republication
from zuji.web import letters


class NotSent(Exception):
    """The mail server did not take the letter; the job is tried again."""


def notice(arguments: Mapping[str, Argument]) -> Change:
    """Send one person the letter about one step, where there is still a reason for it.

    The letter goes out before the job is done, and outside its transaction: the database waits for no mail server. A worker that is
    killed between the two sends it once more; none is lost.
    """
    found = notices.due(int(arguments["step"] or 0), int(arguments["user"] or 0))
    if found is not None and not letters.send(found.email, letters.waiting(found.act, enterprise=found.enterprise, link=_links(found))):
        raise NotSent
    return lambda: None


def republication_letter(arguments: Mapping[str, Argument]) -> Change:
    """Send one person the letter about drafts that a published factor has made at their enterprise; as :func:`notice` does."""
    found = republication.due(int(arguments["notice"] or 0), int(arguments["user"] or 0))
    if found is not None:
        link = _address("enterprise-successors", found.uscc)
        if not letters.send(found.email, letters.successors(enterprise=found.enterprise, link=link, revoked=found.revoked)):
            raise NotSent
    return lambda: None


def _links(found: notices.Notice) -> Text:
    """The page on which the version is signed or mended, in both languages."""
    return _address("version-submit", found.product, found.number)


def _address(name: str, *arguments: str | int) -> Text:
    """The address of a page in both languages."""
    with override("zh-hans"):
        zh = reverse(name, args=arguments)
    with override("en"):
        en = reverse(name, args=arguments)
    return Text(settings.ADDRESS + zh, settings.ADDRESS + en)
