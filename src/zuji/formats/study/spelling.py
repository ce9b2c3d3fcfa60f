"""Scalars that a lenient reader would take for something else than what they show.

pydantic takes ``20240101`` for seconds since 1970 and ``2_024`` for 2024; in a study both are faults.
"""

import re
from collections.abc import Iterator

from zuji.engine.excerpt import head
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.formats.study.places import place
from zuji.formats.trees import Node

_DATES = {"start", "end", "valid_from", "valid_to"}
_WHOLE = {"year", "technology", "geography", "time", "completeness", "reliability"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DIGITS = re.compile(r"-?[0-9]{1,9}", re.ASCII)


def misspelt_scalars(tree: Node) -> list[Finding]:
    """A finding for each date that is not written ``2024-12-31`` and each whole number that is not written in plain digits."""
    return [finding for path, node in _scalars(tree) if (finding := _check(tree, path, node)) is not None]


def _scalars(tree: Node) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    waiting: list[tuple[tuple[str | int, ...], Node]] = [((), tree)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node.value, dict):
            waiting += [((*path, key), child) for key, child in node.value.items()]
        elif isinstance(node.value, list):
            waiting += [((*path, at), child) for at, child in enumerate(node.value)]
        elif node.value is not None:
            yield path, node


def _check(tree: Node, path: tuple[str | int, ...], node: Node) -> Finding | None:
    text, field = str(node.value), path[-1] if path else ""
    if path[:1] == ("parameters",):
        return None
    if field in _DATES and _DATE.fullmatch(text) is None:
        message = Text(f"“{head(text)}”不是日期。请写成 2024-12-31。", f"“{head(text)}” is not a date. Write it as 2024-12-31.")
    elif (field == "year" or (field in _WHOLE and path[-2:-1] == ("quality",))) and _DIGITS.fullmatch(text) is None:
        message = Text(f"“{head(text)}”不是整数。请只写数字。", f"“{head(text)}” is not a whole number. Write plain digits.")
    else:
        return None
    return Finding("study.value-invalid", "error", place(tree, path), message)
