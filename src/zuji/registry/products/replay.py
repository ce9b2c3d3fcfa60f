"""Answers as they stood: the changes of a version, one after the other."""

import json
from collections.abc import Iterable
from typing import cast

from zuji.registry.products.models import Change, Version


def answers_of(version: Version) -> dict[str, str]:
    """The answers of a version as they are now."""
    return cast("dict[str, str]", json.loads(version.answers))


def replayed(changes: Iterable[Change]) -> dict[str, str]:
    """The answers after the changes, whatever order they come in."""
    answers: dict[str, str] = {}
    for change in sorted(changes, key=lambda each: each.revision):
        if change.after is None:
            answers.pop(change.key, None)
        else:
            answers[change.key] = change.after
    return answers
