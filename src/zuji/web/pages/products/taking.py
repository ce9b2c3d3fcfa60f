"""What a form of the questionnaire sends, as changes to the answers. Only the keys of its own page are read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from zuji.registry.products.cleaning import cleaned
from zuji.rules.model_schema import Group, ModelField
from zuji.rules.model_study import INDICATORS
from zuji.rules.models import ProductModel
from zuji.web.asking import whole_number
from zuji.web.pages.products.questions import keys, own

MOST_CHANGES = 2000
MOST_REVISIONS = 999_999_999
Changes = dict[str, str | None]


class Malformed(Exception):
    """A script sent what is no request of this page's."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a script sent: the revision that its page showed, and the changed answers."""

    base: int
    changes: Changes


def typed(post: QueryDict, group: Group) -> Changes:
    """The answers of a group as a form sent them; what the form did not send is not here, and stays as it is."""
    found: Changes = {}
    for field in own(group.fields):
        for key in keys(field):
            if key in post:
                found[key] = post.get(key, "") or None
        if field.kind == "number" and all(_score_key(field, name) in post for name in INDICATORS):
            found[f"{field.key}.quality"] = _scores([post.get(_score_key(field, name), "") for name in INDICATORS])
    return found | _theirs(post, found)


def base_revision(post: QueryDict, newest: int) -> int:
    """The revision that a form was filled in from."""
    return whole_number(post.get("base_revision", ""), least=0, most=newest)


def differing(found: Mapping[str, str | None], seen: Mapping[str, str], model: ProductModel) -> Changes:
    """Of what a form sent, that which its person changed: what reads otherwise than the answers that the form showed."""
    clean = cleaned(found, model.model)
    return {key: value for key, value in found.items() if key in clean.faults or clean.values.get(key) != seen.get(key)}


def sent(request: HttpRequest) -> Sent:
    """The JSON of a script. Other members than those named here are not looked at. Raises :class:`Malformed`."""
    try:
        content: Any = json.loads(request.body)
    except ValueError as error:
        raise Malformed from error
    if not isinstance(content, dict):
        raise Malformed
    base, changes = content.get("base_revision", 0), content.get("changes", {})
    if type(base) is not int or not 0 <= base <= MOST_REVISIONS or not isinstance(changes, dict) or len(changes) > MOST_CHANGES:
        raise Malformed
    if not all(value is None or isinstance(value, str) for value in changes.values()):
        raise Malformed
    return Sent(base, {key: value or None for key, value in changes.items()})


def _theirs(post: QueryDict, found: Changes) -> Changes:
    """Fields of a conflict where the other's answer was chosen: the value that they left, which the form carries along."""
    return {key: post.get(f"theirs.{key}") or None for key in found if post.get(f"choose.{key}") == "theirs"}


def _score_key(field: ModelField, indicator: str) -> str:
    return f"{field.key}.quality.{indicator}"


def _scores(given: list[str]) -> str | None:
    return ",".join(given) if any(given) else None
