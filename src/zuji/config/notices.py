"""Letters about versions that wait for somebody: what the registry knows, in the words and with the addresses of the site."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from zuji.engine.text import Text
from zuji.registry.footprints import notices
from zuji.registry.jobs.operations import Argument, Change
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


def _links(found: notices.Notice) -> Text:
    """The page on which the version is signed or mended, in both languages."""
    with override("zh-hans"):
        zh = reverse("version-submit", args=[found.product, found.number])
    with override("en"):
        en = reverse("version-submit", args=[found.product, found.number])
    return Text(settings.ADDRESS + zh, settings.ADDRESS + en)
