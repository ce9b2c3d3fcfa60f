"""Reading a request's body: JSON with one meaning only."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST = 20


class TwoMeanings(ValueError):
    """The body is JSON to some readers and not, or something else, to others."""


class StrictParser(Parser):
    """Refuses what readers of JSON read differently: a name twice, NaN and Infinity, half a surrogate pair, and endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of ``request``. Raises :class:`ValueError`."""
        try:
            content = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
        except (RecursionError, UnicodeDecodeError) as error:
            raise TwoMeanings(str(error)) from error
        _check(content, DEEPEST)
        return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise TwoMeanings("a name stands twice in one object")
    return found


def _refuse(constant: str) -> Any:
    raise TwoMeanings(f"{constant} is no number of JSON")


def _check(content: Any, depth: int) -> None:
    if depth == 0:
        raise TwoMeanings("nested too deeply")
    if isinstance(content, str) and any("\ud800" <= character <= "\udfff" for character in content):
        raise TwoMeanings("half a surrogate pair")
    if isinstance(content, dict):
        for name, value in content.items():
            _check(name, depth)
            _check(value, depth - 1)
    elif isinstance(content, list):
        for value in content:
            _check(value, depth - 1)
