"""What a new version changes, field by field, and in numbers where a field is a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.engine import factors as engine
from zuji.engine.dependence import per_old_unit
from zuji.engine.errors import EngineError
from zuji.engine.quantities import decimal_text, parse_number, round_half_even
from zuji.formats.factors.candidates import FIELDS, PARTS
from zuji.registry.factors import queries as factors
from zuji.registry.factors.models import FactorVersion
from zuji.registry.factors.published import versions_of
from zuji.registry.governance.content import Content
from zuji.registry.governance.drafting import fields_of
from zuji.registry.governance.models import Publication
from zuji.registry.refusals import NotFound

_NUMBERS = frozenset({"value", "gsd", *PARTS})
_OF_THE_VERSION = frozenset({"version", "supersedes", "reason", "group"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after (empty: not stated). ``absolute`` is the change of a number, exact, and ``percent`` to two decimals; None where
    it has none: a text, a number that one version does not state, a value whose unit changed, a percentage of zero.
    """

    key: str
    before: str
    after: str
    percent: Decimal | None = None
    absolute: str | None = None


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A gas of one kind before and after, exact, in kg per unit of activity of the old version; None: that version has none of it, or does not say."""

    gas: str
    kind: str | None
    before: str | None
    after: str | None
    percent: Decimal | None
    absolute: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a factor. ``same`` are the fields that both state alike, by name; ``parts`` the gases, in the unit of activity ``per``, empty
    where the units of activity cannot be converted. ``value`` is the change of the value, also where its unit was only scaled; None: not comparable.
    """

    before: factors.Sheet
    after: factors.Sheet
    fields: tuple[Difference, ...]
    same: Mapping[str, str]
    per: str
    parts: tuple[PartDifference, ...]
    value: Difference | None


def compared(factor: str, old: str, new: str) -> Comparison:
    """Versions ``old`` and ``new`` of a factor side by side. Raises :class:`NotFound`."""
    before, after = factors.sheet(factor, old), factors.sheet(factor, new)
    one, other = fields_of_published(before.reference), fields_of_published(after.reference)
    known = versions_of([factor])
    was, is_ = known[before.reference], known[after.reference]
    changed = differences(one, other)
    named = {each.key for each in changed}
    return Comparison(
        before=before,
        after=after,
        fields=changed,
        same={key: one[key] for key in FIELDS if key not in named and key not in _OF_THE_VERSION and one.get(key)},
        per=was.per,
        parts=_parts(was, is_),
        value=_value(was, is_),
    )


def differences(before: Mapping[str, str] | None, after: Mapping[str, str]) -> tuple[Difference, ...]:
    """The fields that differ between two versions, in the order in which reviewers read them; all of ``after`` where there is none before.

    Numbers are compared as numbers: ``2.70`` and ``2.7`` do not differ. Changes of a value are given where its unit stayed the same.
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
        if one is None or other is None or not (same_unit or key == "gsd"):
            found.append(Difference(key, was, is_))
        else:
            found.append(Difference(key, was, is_, _percent(one, other), _exact(other - one)))
    return tuple(found)


def fields_of_published(reference: str) -> Mapping[str, str]:
    """The fields of a published version, as its dossier has them where there is one. Raises :class:`NotFound`."""
    factor_id, _, version = reference.rpartition("@")
    row = FactorVersion.objects.filter(factor_id=factor_id, version=version).first()
    if row is None:
        raise NotFound
    kept = Publication.objects.filter(factor=row).values_list("content", flat=True).first()
    return Content.of(kept).fields if kept is not None else fields_of(row)


def _value(old: engine.FactorVersion, new: engine.FactorVersion) -> Difference | None:
    """The change of the value. Where the units differ, it is comparable only if both are of one same gas whose kilograms can be told."""
    if old.unit == new.unit:
        return Difference("value", _exact(old.value), _exact(new.value), _percent(old.value, new.value), _exact(new.value - old.value))
    parts = _parts(old, new)
    if len(parts) != 1 or parts[0].before is None or parts[0].after is None:
        return None
    only = parts[0]
    return Difference("value", only.before or "", only.after or "", only.percent, only.absolute)


def _parts(old: engine.FactorVersion, new: engine.FactorVersion) -> tuple[PartDifference, ...]:
    try:
        scale = per_old_unit(old, new)
    except EngineError:
        return ()
    before = {(part.gas, part.kind): part.kg for part in old.parts}
    after = {(part.gas, part.kind): part.kg * scale for part in new.parts}
    return tuple(_part(key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after)))


def _part(key: tuple[str, str | None], was: Fraction | None, is_: Fraction | None) -> PartDifference:
    before, after = None if was is None else _exact(was), None if is_ is None else _exact(is_)
    if was is None or is_ is None:
        return PartDifference(*key, before, after, None, None)
    return PartDifference(*key, before, after, _percent(was, is_), _exact(is_ - was))


def _percent(was: Fraction, is_: Fraction) -> Decimal | None:
    return round_half_even((is_ - was) / abs(was) * 100, Fraction(1, 100)) if was else None


def _exact(value: Fraction) -> str:
    """In plain digits where it ends, else as a ratio."""
    try:
        return decimal_text(value)
    except ValueError:
        return f"{value.numerator}/{value.denominator}"


def _number(key: str, text: str) -> Fraction | None:
    if key not in _NUMBERS or not text:
        return None
    try:
        return parse_number(text)
    except EngineError:
        return None
