"""Emission factors as the calculation sees them: immutable versions with kind, parts and source."""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, Protocol

from zuji.engine.study import EmissionKind, FactorKind
from zuji.engine.text import Text

FactorState = Literal["current", "caution", "superseded", "revoked"]
Confidence = Literal["verified", "secondary", "unverified"]


@dataclass(frozen=True, slots=True)
class FactorPart:
    """A part of a factor's value, per unit of activity.

    ``kg`` is kilograms of ``gas`` (``gas="CO2e"``: kilograms of CO2 equivalent whose gases are not stated);
    ``kind`` is None where the factor does not say what it is: it then stays ``unspecified``, never fossil.
    """

    gas: str
    kind: EmissionKind | None
    kg: Fraction


@dataclass(frozen=True, slots=True)
class FactorVersion:
    """One published version of an emission factor. Never changes; a correction is a new version.

    ``value`` is in ``unit`` as published (``kgCO2e/kWh``); ``parts`` are kilograms per ``per`` unit (``kWh``) and are what is calculated with.
    ``use_instead`` names the factors to take where this one is of the wrong kind for a product footprint.
    ``digest`` is the SHA-256 of the row's whole content; ``gwp`` the set behind a CO2e value, None where the publisher does not say.
    Of ``gsd`` (lognormal) and ``relative_sd`` (normal) at most one is stated.
    """

    id: str
    version: str
    name: Text
    kind: FactorKind
    value: Fraction
    unit: str
    per: str
    parts: tuple[FactorPart, ...]
    source: str
    digest: str
    category: str = ""
    geography: str = ""
    year: int | None = None
    boundary: str = ""
    publisher: str = ""
    address: str = ""
    licence: str = ""
    note: str = ""
    confidence: Confidence = "unverified"
    state: FactorState = "current"
    superseded_by: str | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    gwp: str | None = None
    gsd: Fraction | None = None
    relative_sd: Fraction | None = None
    use_instead: tuple[str, ...] = field(default=())
    synonyms: tuple[str, ...] = field(default=())

    @property
    def reference(self) -> str:
        """``id@version``, the address by which a study pins it."""
        return f"{self.id}@{self.version}"


class FactorSource(Protocol):
    """Where the calculation looks up factors."""

    def find(self, reference: str) -> FactorVersion | None:
        """The version that ``id`` or ``id@version`` names; without a version the newest; None if there is none."""
        ...

    def nearest(self, reference: str) -> tuple[str, ...]:
        """Ids that look like a mistyped one, best first, at most three."""
        ...
