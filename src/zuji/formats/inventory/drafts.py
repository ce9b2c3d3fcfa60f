"""A dataset while it is being read: each step of a reader fills in its part, and the whole is frozen at the end."""

from dataclasses import dataclass, field, fields
from decimal import Decimal

from zuji.formats.inventory.parts import Allocation, Dataset, DatasetKind, Exchange, Name, Place


@dataclass(slots=True)
class DatasetDraft:
    """The fields of :class:`~zuji.formats.inventory.parts.Dataset`, mutable."""

    place: Place
    digest: str
    id: str = ""
    version: str = ""
    name: Name = field(default_factory=Name)
    kind: DatasetKind = "unknown"
    references: tuple[int, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    location: str = ""
    year: int | None = None
    valid_until: int | None = None
    classification: tuple[str, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str = ""
    owner: str = ""
    volume: Decimal | None = None
    documentation: str = ""

    def frozen(self) -> Dataset:
        """The dataset, which no longer changes."""
        return Dataset(**{f.name: getattr(self, f.name) for f in fields(self)})
