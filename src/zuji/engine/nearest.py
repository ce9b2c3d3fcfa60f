"""Names that look like a mistyped one, found in bounded time: a file may hold thousands of names and thousands of mistakes."""

import difflib
from collections.abc import Iterable

MOST_COMPARED = 300
_MOST_CHARACTERS = 60


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> list[str]:
    """Up to three of ``known``, best first; of many names only those that begin alike are compared. The order of ``known`` means nothing.

    >>> nearest("killn", {"kiln", "mill", "grinding"})
    ['kiln', 'mill']
    """
    short = word[:_MOST_CHARACTERS]
    names = sorted(known)
    if len(names) > MOST_COMPARED:
        names = [name for name in names if name[:1] == short[:1]][:MOST_COMPARED]
    by_head: dict[str, str] = {}
    for name in names:
        by_head.setdefault(name[:_MOST_CHARACTERS], name)
    return [by_head[close] for close in difflib.get_close_matches(short, by_head, n=3, cutoff=cutoff)]
