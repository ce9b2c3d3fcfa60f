"""The parts of an inventory database, in the words of ISO 14040/14044 and of the ILCD format, which names them most completely.

Amounts are decimals exactly as written. An amount that a file leaves out is ``None`` and never zero. ``documentation`` is what a file of ILCD or TIDAS
says beside the numbers (reviews, compliance, descriptions), word for word and as JSON, for an export to say again; nothing is calculated from it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zuji.formats.inventory.uncertainty import Uncertainty

Direction = Literal["input", "output"]
FlowKind = Literal["product", "waste", "elementary", "other"]
DatasetKind = Literal["unit process", "system", "partly terminated", "result", "EPD", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: the file inside the package, and the element, row or cell inside the file."""

    file: str
    element: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.element}" if self.element else self.file

    def at(self, element: str) -> "Place":
        """A place deeper in the same file."""
        return Place(self.file, f"{self.element}/{element}" if self.element else element)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Chinese and English as far as given; ``other`` holds one in another language where neither is."""

    zh: str = ""
    en: str = ""
    other: str = ""

    def __str__(self) -> str:
        return self.zh or self.en or self.other

    @property
    def words(self) -> str:
        """Every language in lower case, to look for words in."""
        return f"{self.zh} {self.en} {self.other}".lower()


@dataclass(frozen=True, slots=True)
class Unit:
    """One of these is ``factor`` of the reference unit of its group."""

    name: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that convert into one another, and the one they are stated in."""

    id: str
    version: str
    name: Name
    units: tuple[Unit, ...]
    reference: str
    place: Place
    digest: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class FlowProperty:
    """What is measured of a flow (mass, net calorific value …) and the group of its units."""

    id: str
    version: str
    name: Name
    unit_group: str
    place: Place
    digest: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One reference amount of the flow is ``factor`` of this property (in its reference unit)."""

    property: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """A product, a waste or an elementary flow.

    Its amounts are in the reference unit of ``reference_property``; formats that name a unit on the flow itself give ``unit``.
    """

    id: str
    version: str
    name: Name
    kind: FlowKind
    place: Place
    digest: str
    categories: tuple[str, ...] = ()
    category: str = ""  # identifier of a category whose path is in documents of its own
    cas: str = ""
    formula: str = ""
    location: str = ""
    measures: tuple[Measure, ...] = ()
    reference_property: str = ""
    unit: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """The share of an exchange (None: of all) that a co-product bears, 1 being the whole."""

    coproduct: int
    fraction: Decimal
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one dataset takes from, or gives to, another or the environment.

    ``unit`` and ``property`` are empty where the amount is in the flow's own. ``provider`` names the supplying dataset if the file does.
    ``missing`` says that the file itself calls the amount missing, whatever stands in its place. ``uncertainty``: of the amount, as far as the file states any.
    """

    number: int
    flow: str
    name: Name
    direction: Direction
    amount: Decimal | None
    place: Place
    unit: str = ""
    property: str = ""
    provider: str = ""
    location: str = ""
    avoided: bool = False
    missing: bool = False
    derivation: str = ""  # how the amount was found, in ILCD's words
    comment: str = ""
    uncertainty: Uncertainty | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A process dataset. ``references`` are the numbers of the exchanges that everything else is per."""

    id: str
    version: str
    name: Name
    kind: DatasetKind
    place: Place
    digest: str
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
    volume: Decimal | None = None  # annual production, in the unit of the reference exchange
    documentation: str = ""

    @property
    def key(self) -> str:
        """``id@version``."""
        return f"{self.id}@{self.version}" if self.version else self.id

    def exchange(self, number: int) -> Exchange | None:
        """The exchange of that number."""
        return next((e for e in self.exchanges if e.number == number), None)

    @property
    def reference(self) -> Exchange | None:
        """The reference exchange where there is exactly one."""
        return self.exchange(self.references[0]) if len(self.references) == 1 else None


@dataclass(frozen=True, slots=True)
class Document:
    """A source, a contact, a category: kept so that references to it can be followed."""

    id: str
    kind: Literal["source", "contact", "method", "model", "category"]
    name: Name
    place: Place
    digest: str
    parent: str = ""  # of a category: the one above
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of a file could not be read, so that what it holds does not come in. ``dataset`` is its id where that was readable."""

    code: str
    place: Place
    zh: str
    en: str
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one file of a package holds."""

    datasets: tuple[Dataset, ...] = ()
    flows: tuple[Flow, ...] = ()
    properties: tuple[FlowProperty, ...] = ()
    groups: tuple[UnitGroup, ...] = ()
    documents: tuple[Document, ...] = ()
    faults: tuple[Fault, ...] = ()
    passed_over: bool = False  # a file of another purpose, such as a style sheet
