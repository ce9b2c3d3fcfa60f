"""What a candidate is held against: the published factors, the fuel defaults, the GWP sets, the codes, the day."""

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, TypeVar

from zuji.engine.factors import FactorVersion
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.text import Text
from zuji.engine.units import FactorUnit, Powers, parse_factor_unit
from zuji.rules.factor_checks.limits import Limits, load_limits
from zuji.rules.factor_checks.lookalikes import skeleton

K = TypeVar("K")


class Known(NamedTuple):
    """A published factor version as it is compared: per canonical unit (kg of ``gas`` per kWh, kg, t·km …)."""

    version: FactorVersion
    subject: str
    gas: str
    powers: Powers
    per: str
    intensity: Fraction


@dataclass(frozen=True, slots=True)
class FuelDefault:
    """A fuel of a set of defaults: kg CO2 per ``unit`` burnt and per GJ (net), with the oxidation of the set."""

    id: str
    set: str
    name: Text
    unit: str
    co2: Fraction
    per_energy: Fraction


def fuel_default(*, id_: str, of: str, name: Text, unit: str, ncv: Fraction, carbon: Fraction, oxidation: Fraction) -> FuelDefault:
    """A fuel from its net calorific value (GJ per ``unit``), carbon content (kgC/GJ) and the share that oxidises (0 to 1)."""
    per_energy = carbon * oxidation * Fraction(44, 12)
    return FuelDefault(id=id_, set=of, name=name, unit=unit, co2=ncv * per_energy, per_energy=per_energy)


def comparable(gas: str) -> str:
    """CO2 and CO2 equivalent are compared with each other; any other gas with itself."""
    return CO2E if gas in ("CO2", CO2E) else gas


def measured(version: FactorVersion) -> tuple[FactorUnit, Fraction]:
    """The unit of a factor and its value per canonical unit. Raises :class:`~zuji.engine.errors.UnknownUnit`."""
    unit = parse_factor_unit(version.unit)
    return unit, version.value * unit.kg_per / unit.per.scale


def known(version: FactorVersion, subject: str) -> Known:
    """A published version with the subject that the registry files it under."""
    unit, intensity = measured(version)
    return Known(version, subject, comparable(unit.gas), unit.per.powers, unit.per.canonical_text, intensity)


def plain(text: str) -> str:
    """A name as it is compared: one width, lower case, without spaces and punctuation.

    >>> plain("普通水泥 P·O 42.5")
    '普通水泥po425'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@dataclass(frozen=True)
class Shelf:
    """The published factors that candidates are held against, sorted once.

    ``ids`` and ``names`` (name and subject) are those of all published factors, where ``published`` holds only a part of them.
    """

    published: tuple[Known, ...] = ()
    ids: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Known, ...]]:
        """Versions of each id, in the order given (the earlier published first)."""
        return _grouped((row.version.id, row) for row in self.published)

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Known, ...]]:
        return _grouped((row.subject, row) for row in self.published)

    @cached_property
    def by_category(self) -> Mapping[tuple[str, str, Powers, str], tuple[Known, ...]]:
        """By category, kind, dimension and gas."""
        return _grouped(((r.version.category, r.version.kind, r.powers, r.gas), r) for r in self.published)

    @cached_property
    def dimensions(self) -> Mapping[tuple[str, str], frozenset[Powers]]:
        """The dimensions that the factors of a category and kind are stated per."""
        found: defaultdict[tuple[str, str], set[Powers]] = defaultdict(set)
        for row in self.published:
            found[row.version.category, row.version.kind].add(row.powers)
        return {key: frozenset(value) for key, value in found.items()}

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[str]]:
        """The subjects that each name, Chinese or English, stands for."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        own = ((name, row.subject) for row in self.published for name in row.version.name)
        for name, subject in (*own, *self.names):
            found[plain(name)].add(subject)
        return {name: frozenset(subjects) for name, subjects in found.items()}

    @cached_property
    def skeletons(self) -> Mapping[str, frozenset[str]]:
        """The ids that look like each other, by what they look like."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in {*self.ids, *(row.version.id for row in self.published)}:
            found[skeleton(id_)].add(id_)
        return {look: frozenset(ids) for look, ids in found.items()}


@dataclass(frozen=True)
class Context:
    """``shelf`` holds at least every version of the candidate's id and subject, and the newest of its category.

    ``subject`` is what the candidate is about, as the registry files it; ``held`` the SHA-256 of evidence files that are kept (None: not
    asked); ``today`` an argument, because nothing pure reads the clock.
    """

    shelf: Shelf
    subject: str
    today: datetime.date
    fuels: tuple[FuelDefault, ...] = ()
    gwp: Mapping[str, GwpSet] = field(default_factory=dict)
    geographies: frozenset[str] = frozenset()
    held: frozenset[str] | None = None
    limits: Limits = field(default_factory=load_limits)

    def about(self, subject: str) -> "Context":
        """The same surroundings for a candidate of another subject; what was sorted stays sorted."""
        return replace(self, subject=subject)


def _grouped(pairs: Iterable[tuple[K, Known]]) -> dict[K, tuple[Known, ...]]:
    found: defaultdict[K, list[Known]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(rows) for key, rows in found.items()}
