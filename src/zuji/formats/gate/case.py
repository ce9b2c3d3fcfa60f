"""What a check looks at: the database with what refers to what already found, so that a check is a few lines."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from zuji.formats.gate.gases import Gas, gas_of
from zuji.formats.gate.sides import balances
from zuji.formats.gate.units import Measured, measured, ratio
from zuji.formats.gwp import load_gwp
from zuji.formats.inventory import Dataset, Exchange, Flow, Inventory

_SHOWN_GWP = "AR6"


class Line(NamedTuple):
    """An exchange with its dataset, its flow where that is in the database, and the name of its unit."""

    dataset: Dataset
    exchange: Exchange
    flow: Flow | None
    unit: str

    @property
    def is_reference(self) -> bool:
        return self.exchange.number in self.dataset.references

    @property
    def measured(self) -> Measured | None:
        return measured(self.unit) if self.unit else None

    @property
    def dimension(self) -> str:
        found = self.measured
        return found.dimension if found else ""


@dataclass(frozen=True)
class Case:
    """An inventory to be judged in a year: the year is an argument, because nothing pure reads the clock."""

    inventory: Inventory
    year: int

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every exchange of every dataset."""
        inventory = self.inventory
        return tuple(Line(d, e, inventory.flows.get(e.flow), inventory.unit(e)) for d in inventory.datasets for e in d.exchanges)

    @cached_property
    def lines_of(self) -> Mapping[str, tuple[Line, ...]]:
        """The exchanges of each dataset, by its identifier."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.dataset.id].append(line)
        return {dataset.id: tuple(found[dataset.id]) for dataset in self.inventory.datasets}

    @cached_property
    def datasets(self) -> Mapping[str, Dataset]:
        """By identifier."""
        return {dataset.id: dataset for dataset in self.inventory.datasets}

    @cached_property
    def gases(self) -> Mapping[str, Gas]:
        """Which flow is which greenhouse gas."""
        return {flow.id: gas for flow in self.inventory.flows.values() if (gas := gas_of(flow)) is not None}

    @cached_property
    def providers(self) -> Mapping[str, tuple[str, ...]]:
        """Which datasets have a flow as their reference, whether they make it or take it, in the order of their identifiers."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for dataset in self.inventory.datasets:
            for number in dataset.references:
                exchange = dataset.exchange(number)
                if exchange is not None and dataset.id not in found[exchange.flow]:
                    found[exchange.flow].append(dataset.id)
        return {flow: tuple(sorted(ids)) for flow, ids in found.items()}

    def suppliers(self, line: Line) -> tuple[str, ...]:
        """Which datasets can supply an exchange, or treat what it hands over: those of :attr:`providers` on the other side of it."""
        if line.flow is None:
            return ()
        kind = line.flow.kind
        return tuple(p for p in self.providers.get(line.exchange.flow, ()) if balances(line.exchange, kind, self.reference_of(p, line)))

    def reference_of(self, provider: str, line: Line) -> Exchange:
        """The reference exchange by which a provider has the flow of an exchange."""
        dataset = self.datasets[provider]
        return next(e for n in dataset.references if (e := dataset.exchange(n)) is not None and e.flow == line.exchange.flow)

    @cached_property
    def product_inputs(self) -> tuple[Line, ...]:
        """What datasets need from others: inputs of products, and wastes that they hand over to be treated."""
        return tuple(line for line in self.lines if self.needs_provider(line))

    def needs_provider(self, line: Line) -> bool:
        """True where the exchange must be supplied, or treated, by another dataset. Zero amounts need nobody."""
        if line.flow is None or line.is_reference or not line.exchange.amount:
            return False
        if line.flow.kind == "product":
            return line.exchange.direction == "input" or line.exchange.avoided
        return line.flow.kind == "waste" and line.exchange.flow in self.providers

    def kilograms(self, line: Line) -> Decimal | None:
        """The amount in kg where it is a mass."""
        factor = ratio(line.unit, "kg") if line.unit else None
        if factor is None or line.exchange.amount is None:
            return None
        return line.exchange.amount * Decimal(factor.numerator) / Decimal(factor.denominator)

    @cached_property
    def direct_carbon(self) -> Mapping[str, Decimal]:
        """Direct CO2 of each dataset, kg per dataset as written, biogenic CO2 left out."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            gas = self.gases.get(line.exchange.flow)
            mass = self.kilograms(line) if gas is not None and gas.gas == "CO2" and not gas.kind.startswith("biogenic") else None
            if mass is not None and line.exchange.direction == "output":
                found[line.dataset.id] = found.get(line.dataset.id, Decimal(0)) + mass
        return found

    @cached_property
    def direct(self) -> Mapping[str, Decimal]:
        """Direct greenhouse gas emissions of each dataset, kgCO2e of AR6 per dataset as written, uptake and biogenic CO2 left out."""
        values = load_gwp(_SHOWN_GWP).values
        found: dict[str, Decimal] = {}
        for line in self.lines:
            gas = self.gases.get(line.exchange.flow)
            if gas is None or (gas.gas == "CO2" and gas.kind.startswith("biogenic")) or line.exchange.direction == "input":
                continue
            mass, gwp = self.kilograms(line), values.get((gas.gas, gas.kind))
            if mass is not None and gwp is not None:
                found[line.dataset.id] = found.get(line.dataset.id, Decimal(0)) + mass * Decimal(gwp.numerator) / Decimal(gwp.denominator)
        return found
