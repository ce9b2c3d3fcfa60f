"""Two versions of a factor side by side, field by field."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.engine.quantities import round_half_even
from zuji.registry.factors.queries import Sheet, sheet

FIELDS = (
    "name_zh", "name_en", "value", "unit", "parts", "kind", "category", "geography", "year", "boundary", "gwp", "gsd", "confidence", "state",
    "superseded_by", "valid_from", "valid_to", "source", "publisher", "address", "licence", "note", "synonyms", "use_instead", "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what it says in both versions."""

    name: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Difference:
    """Every field of two versions. ``percent`` is the change of the value to two decimals; None where the units differ or the old value is zero."""

    before: Sheet
    after: Sheet
    fields: tuple[Field, ...]
    percent: Decimal | None

    @property
    def changed(self) -> int:
        """How many fields changed."""
        return sum(not field.same for field in self.fields)


def difference(factor: str, before: str, after: str) -> Difference:
    """The two versions compared. Raises :class:`~zuji.registry.refusals.NotFound`."""
    old, new = sheet(factor, before), sheet(factor, after)
    fields = tuple(Field(name, _text(old, name), _text(new, name)) for name in FIELDS)
    return Difference(old, new, fields, _percent(old, new))


def _percent(old: Sheet, new: Sheet) -> Decimal | None:
    start = Fraction(old.value)
    if old.unit != new.unit or not start:
        return None
    return round_half_even((Fraction(new.value) - start) / start * 100, Fraction(1, 100))


def _text(version: Sheet, name: str) -> str:
    if name == "parts":
        return "; ".join(f"{part.gas} {part.kind or '?'} {part.kg} kg" for part in version.parts)
    if name in {"name_zh", "name_en"}:
        return version.name.zh if name == "name_zh" else version.name.en
    value = getattr(version, name)
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
