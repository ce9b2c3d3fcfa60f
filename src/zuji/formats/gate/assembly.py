"""From a judged database to the matrix and burdens that the kernels solve.

Every admitted dataset becomes one process for each of its reference products, per one unit of that product. Everything is exact
(fractions) until the last step, where it becomes float64. What cannot be counted is marked as unknown, never taken as zero: an input without a
supplier, a gas without a global warming potential, an exchange that the dataset's allocation does not mention, a unit process into which nothing
goes, a dataset that states no greenhouse gas at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.background import PARTS, Process
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.uncertain import Uncertain
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.checks.gas_uncharacterised import is_uncharacterised
from zuji.formats.gate.judging import Judgement
from zuji.formats.gate.linking import Link, coefficient_ratio
from zuji.formats.gate.sides import balances, gives
from zuji.formats.gate.spreading import Spreads
from zuji.formats.gwp import load_gwp
from zuji.formats.inventory import Dataset, Exchange

SETS = ("AR5", "AR6")
AGGREGATED = frozenset({"system", "result", "EPD"})  # kinds whose inputs are already summed into their elementary flows
# Where a gas counts, by the origin of its flow. What states no origin counts with the fossil gases, as ISO 14067:2018 7.3 has it for all that is
# neither biogenic nor of land use.
PART_OF = {
    "fossil": "fossil",
    "unspecified": "fossil",
    "biogenic": "biogenic",
    "biogenic_removal": "removal",
    "land_use_change": "land-use-change",
    "aircraft": "aircraft",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """An exchange that is not in the numbers of its dataset. ``reason``: as of an open input, or ``gas``, ``allocation``, ``direction``."""

    dataset: str
    exchange: int
    reason: str


@dataclass(frozen=True, eq=False)
class Assembled:
    """``burdens``: (processes, sets, parts), kgCO2e per unit of product; ``unknown``: processes with a lack of their own.

    ``place``: the first process of each admitted dataset. ``lacks`` tells the exchanges behind ``unknown``, ``rootless`` the datasets that are
    there because nothing goes into them or they state nothing that counts: what they supply would be free of burden.
    ``uncertain``: the spreads that files state, of needs and of single emissions. ``undrawn``: how many uncertainties are not drawn as stated, by
    reason: those of :data:`~zuji.formats.gate.spreads.NotDrawn`; ``reference``: of an amount that all others are per; ``merged``: several exchanges
    in one cell are drawn as one; ``split``: one exchange in several cells is drawn apart in each.
    """

    processes: tuple[Process, ...]
    needs: Needs
    burdens: Floats
    unknown: NDArray[np.bool_]
    place: Mapping[str, int]
    lacks: tuple[Lack, ...]
    rootless: frozenset[str]
    uncertain: Uncertain
    undrawn: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Product:
    """A reference product of a dataset: what a process is per."""

    dataset: Dataset
    reference: Exchange
    only: bool

    @property
    def name(self) -> str:
        return self.dataset.id if self.only else f"{self.dataset.id}#{self.reference.number}"

    @property
    def amount(self) -> Fraction:
        """The amount of the reference as written; negative where a format writes treatments so."""
        return Fraction(self.reference.amount or 0)

    def share(self, exchange: Exchange) -> Fraction | None:
        """How much of an exchange this product bears; None where an allocation is stated that does not mention it."""
        if not self.dataset.allocations:
            return Fraction(1) if self.only else None
        own = [a for a in self.dataset.allocations if a.coproduct == self.reference.number]
        found = [a for a in own if a.exchange == exchange.number] or [a for a in own if a.exchange is None]
        return sum((Fraction(a.fraction) for a in found), Fraction(0)) if found else None


def assemble(case: Case, judgement: Judgement) -> Assembled:
    """The admitted datasets as processes, their needs by the links of the judgement, their burdens by part under AR5 and AR6."""
    products = [p for d in case.inventory.datasets if d.id in judgement.admitted for p in _products(d)]
    rows: dict[tuple[str, str], int] = {}
    place: dict[str, int] = {}
    for j, product in enumerate(products):
        rows.setdefault((product.dataset.id, product.reference.flow), j)
        place.setdefault(product.dataset.id, j)
    links: dict[tuple[str, int], list[Link]] = {}
    for made in judgement.linking.links:
        links.setdefault((made.dataset, made.exchange), []).append(made)
    lacks = {(gap.dataset, gap.exchange): Lack(gap.dataset, gap.exchange, gap.reason) for gap in judgement.linking.open}
    entries: list[tuple[int, int, float]] = []
    spreads = Spreads(len(SETS))
    burdens = np.zeros((len(products), len(SETS), len(PARTS)))
    for j, product in enumerate(products):
        for line in case.lines_of[product.dataset.id]:
            counted = _burden(case, product, line) if line.exchange.flow in case.gases or is_uncharacterised(case, line) else None
            needed = _needs(case, product, line, links.get((product.dataset.id, line.exchange.number), ()), products, rows)
            for found in (counted, needed):
                if isinstance(found, str):
                    lacks.setdefault((product.dataset.id, line.exchange.number), Lack(product.dataset.id, line.exchange.number, found))
            if isinstance(counted, tuple):
                part, values = counted
                for s, value in enumerate(values):
                    burdens[j, s, PARTS.index(part)] += float(value)
                spreads.emit(j, PARTS.index(part), [float(value) for value in values], line)
            if isinstance(needed, list):
                entries += [(j, i, amount) for i, amount in needed]
                spreads.need(j, needed, line, shared=not product.only)
            if line.exchange.number == product.reference.number:
                spreads.divide(line)
    lacking = {lack.dataset for lack in lacks.values()}
    supplied = {j for j, _, _ in entries}
    rootless = frozenset(
        product.dataset.id
        for j, product in enumerate(products)
        if j not in supplied and (not burdens[j].any() or (product.dataset.kind not in AGGREGATED and not _takes(product)))
    )
    needs = _matrix(entries, len(products))
    uncertain = spreads.uncertain(needs)
    return Assembled(
        tuple(_process(case, product) for product in products),
        needs,
        burdens,
        np.array([product.dataset.id in lacking or product.dataset.id in rootless for product in products], dtype=np.bool_),
        place,
        tuple(lacks[key] for key in sorted(lacks)),
        rootless,
        uncertain,
        dict(sorted(spreads.undrawn.items())),
    )


def _takes(product: _Product) -> bool:
    """Whether anything goes into the process, from another or from nature."""
    return any(e.amount and e.direction == "input" and e.number != product.reference.number for e in product.dataset.exchanges)


def _products(dataset: Dataset) -> list[_Product]:
    references = [e for n in dataset.references if (e := dataset.exchange(n)) is not None and e.amount]
    return [_Product(dataset, reference, len(references) == 1) for reference in references]


def _process(case: Case, product: _Product) -> Process:
    name = product.dataset.name
    return Process(product.name, str(name), case.inventory.unit(product.reference), product.dataset.location)


def _matrix(entries: list[tuple[int, int, float]], size: int) -> Needs:
    columns: tuple[Iterable[float], ...] = tuple(zip(*entries, strict=True)) if entries else ((), (), ())
    consumers, suppliers, amounts = (list(column) for column in columns)
    return Needs.from_triplets(
        np.array(consumers, np.int64), np.array(suppliers, np.int64), np.array(amounts, np.float64), rows=size
    )  # fmt: skip


def _burden(case: Case, product: _Product, line: Line) -> tuple[str, tuple[Fraction, ...]] | str | None:
    """The part of a gas and its kgCO2e per unit of product under each set; ``gas`` or ``allocation`` where it cannot be counted."""
    if line.is_reference or not line.exchange.amount:
        return None
    gas, mass, share = case.gases.get(line.exchange.flow), case.kilograms(line), product.share(line.exchange)
    if share is None:
        return "allocation"
    # An uptake goes in and an emission goes out: the sign of the set is for these directions.
    if gas is None or mass is None or (line.exchange.direction == "input") != (gas.kind == "biogenic_removal"):
        return "gas"
    potentials = [load_gwp(name).values.get((gas.gas, gas.kind)) for name in SETS]
    if gas.kind not in PART_OF or any(p is None for p in potentials):
        return "gas"
    per = Fraction(mass) * share / abs(product.amount)
    return PART_OF[gas.kind], tuple(per * p for p in potentials if p is not None)


def _needs(
    case: Case, product: _Product, line: Line, links: Iterable[Link], products: list[_Product], rows: Mapping[tuple[str, str], int]
) -> list[tuple[int, float]] | str | None:
    """What one unit of product needs of each supplier for an exchange, in units of the suppliers' products.

    The supplier runs so often that what it brings and what the exchange takes balance: with outputs counted positive and inputs negative,
    activity × supplier's amount + exchange's amount = 0. So a treatment, whose reference is an input, is needed by an output of waste, and an
    avoided output is a credit. A balance that turns out negative without a negative amount or an avoided product is no credit but a
    misunderstanding: ``direction``.
    """
    exchange = line.exchange
    if line.flow is None:
        return None
    found: list[tuple[int, float]] = []
    for link in links:
        share, factor = product.share(exchange), coefficient_ratio(case, line, link.provider)
        i = rows.get((link.provider, exchange.flow))
        if share is None:
            return "allocation"
        if factor is None or i is None or exchange.amount is None:
            return "unit"
        supplier = products[i]
        brings = supplier.amount if supplier.reference.direction == "output" else -supplier.amount
        need = -Fraction(gives(exchange, line.flow.kind)) * (1 if brings > 0 else -1) * factor * link.share * share / abs(product.amount)
        if not balances(exchange, line.flow.kind, supplier.reference):
            return "direction"
        found.append((i, float(need)))
    return found or None
