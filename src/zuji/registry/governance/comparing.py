"""What a new version changes, field by field, and in numbers where a field is a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.engine.errors import EngineError
from zuji.engine.quantities import parse_number, round_half_even
from zuji.formats.factors.candidates import FIELDS, PARTS
from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance.content import Content
from zuji.registry.governance.drafting import fields_of
from zuji.registry.governance.models import Publication
from zuji.registry.refusals import NotFound

_NUMBERS = frozenset({"value", "gsd", *PARTS})
_OF_THE_VERSION = frozenset({"version", "supersedes", "reason", "group"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after (empty: not stated). ``percent`` is the change of a number to two decimals, None where it has none."""

    key: str
    before: str
    after: str
    percent: Decimal | None = None


def differences(before: Mapping[str, str] | None, after: Mapping[str, str]) -> tuple[Difference, ...]:
    """The fields that differ between two versions, in the order in which reviewers read them; all of ``after`` where there is none before.

    Numbers are compared as numbers: ``2.70`` and ``2.7`` do not differ. Percentages of a value are given where its unit stayed the same.
    """
    old = before or {}
    same_unit = old.get("unit") == after.get("unit")
    found = []
    for key in FIELDS:
        was, is_ = old.get(key, ""), after.get(key, "")
        if key in _OF_THE_VERSION or was == is_:
            continue
        one, other = (_number(key, was), _number(key, is_))
        if one is not None and one == other:
            continue
        percent = None
        if one and other is not None and (same_unit or key == "gsd"):
            percent = round_half_even((other - one) / abs(one) * 100, Fraction(1, 100))
        found.append(Difference(key, was, is_, percent))
    return tuple(found)


def between(old: str, new: str) -> tuple[Difference, ...]:
    """What differs between two published versions (``id@version``). Raises :class:`NotFound`."""
    return differences(fields_of_published(old), fields_of_published(new))


def fields_of_published(reference: str) -> Mapping[str, str]:
    """The fields of a published version, as its dossier has them where there is one. Raises :class:`NotFound`."""
    factor_id, _, version = reference.rpartition("@")
    row = FactorVersion.objects.filter(factor_id=factor_id, version=version).first()
    if row is None:
        raise NotFound
    kept = Publication.objects.filter(factor=row).values_list("content", flat=True).first()
    return Content.of(kept).fields if kept is not None else fields_of(row)


def _number(key: str, text: str) -> Fraction | None:
    if key not in _NUMBERS or not text:
        return None
    try:
        return parse_number(text)
    except EngineError:
        return None
