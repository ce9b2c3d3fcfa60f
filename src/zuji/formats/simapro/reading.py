"""From a SimaPro CSV file to its part of the inventory, in visible steps.

A product is known by its name, which is unique in a SimaPro project.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.intake import Parameters, Unreadable, decode, digest_of, read_decimal, read_year
from zuji.formats.inventory import (
    Allocation,
    Dataset,
    DatasetDraft,
    Direction,
    Exchange,
    Fault,
    Flow,
    FlowKind,
    FlowProperty,
    Name,
    Part,
    Place,
    Uncertainty,
    Unit,
    UnitGroup,
    identity_of,
)
from zuji.formats.inventory.uncertainty import half, of_square
from zuji.formats.simapro.blocks import Block, Header, Row, read_blocks

_TECHNOSPHERE = {"Materials/fuels": "product", "Electricity/heat": "product", "Waste to treatment": "waste"}
_ENVIRONMENT = {
    "Resources": "resource", "Emissions to air": "air", "Emissions to water": "water", "Emissions to soil": "soil",
    "Final waste flows": "final waste", "Non material emissions": "non material", "Social issues": "social", "Economic issues": "economic",
}  # fmt: skip
_SUBSTANCES = {
    "Raw materials": "resource", "Airborne emissions": "air", "Waterborne emissions": "water", "Emissions to soil": "soil",
    "Final waste flows": "final waste", "Non material emissions": "non material", "Social issues": "social", "Economic issues": "economic",
}  # fmt: skip
_FRACTION_COLUMN = 3


@dataclass(slots=True)
class _Work:
    """What the steps of one process share: its block, how numbers are written, and the flows that come up."""

    block: Block
    header: Header
    flows: dict[str, Flow]
    substances: dict[tuple[str, str], Row]


Step = Callable[[_Work, DatasetDraft], None]


def read_member(file: str, data: bytes) -> Part:
    """What one SimaPro CSV file holds; a process that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith((".csv", ".txt")):
        return Part(passed_over=True)
    place = Place(file)
    try:
        header, listed = read_blocks(decode(data, file, legacy=True), place)
        blocks = list(listed)
        groups = _unit_groups(blocks, header, place)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    substances = {(_SUBSTANCES[b.name], r.cell(0).lower()): r for b in blocks if b.name in _SUBSTANCES for r in b.sections[""]}
    flows: dict[str, Flow] = {}
    datasets: list[Dataset] = []
    faults: list[Fault] = []
    for block in blocks:
        if block.name != "Process":
            continue
        draft = DatasetDraft(place=place.at(f"line {block.line}"), digest=digest_of(repr(block.sections).encode()))
        work = _Work(block, header, {}, substances)
        try:
            for step in STEPS:
                step(work, draft)
        except Unreadable as error:
            faults.append(error.fault(draft.id))
            continue
        datasets.append(draft.frozen())
        flows |= {key: flow for key, flow in work.flows.items() if key not in flows}
    properties = tuple(FlowProperty(g.id, "", g.name, g.id, place, g.id) for g in groups)
    return Part(tuple(datasets), tuple(flows.values()), properties, tuple(groups), faults=tuple(faults))


def name(work: _Work, draft: DatasetDraft) -> None:
    """The process name, or the name of its first product where that is left out."""
    products = work.block.sections.get("Products", []) + work.block.sections.get("Waste treatment", [])
    draft.name = _name(work.block.first("Process name") or (products[0].cell(0) if products else ""))


def identity(work: _Work, draft: DatasetDraft) -> None:
    """The process identifier, or one made from the name of the first product."""
    products = work.block.sections.get("Products", []) + work.block.sections.get("Waste treatment", [])
    written = work.block.first("Process identifier") or (products[0].cell(0) if products else "")
    if not written:
        raise Unreadable("no-identity", draft.place, Text("过程既没有编号也没有产品。", "The process has neither identifier nor product."))
    draft.id = identity_of("simapro", "process", written)


def about(work: _Work, draft: DatasetDraft) -> None:
    """Kind, place, time and sources as far as the file states them; ``Unspecified`` is nothing."""
    said = {key: work.block.first(key) for key in ("Type", "Geography", "Date", "Category type")}
    draft.kind = "system" if said["Type"].lower() == "system" else "unit process"
    draft.location = "" if said["Geography"] == "Unspecified" else said["Geography"]
    period = work.block.first("Time period")
    draft.year = read_year(period[:4], draft.place.at("Time period")) if period[:4].isdecimal() else None
    draft.classification = (said["Category type"],) if said["Category type"] else ()
    draft.sources = tuple(row.cell(0) for row in work.block.sections.get("Literature references", []) if row.cell(0))


def products(work: _Work, draft: DatasetDraft) -> None:
    """Products (outputs) and, for a treatment, the waste it takes (an input that is the reference); allocation in per cent."""
    made: list[Exchange] = []
    shares = []
    for section, kind, direction in (("Products", "product", "output"), ("Waste treatment", "waste", "input")):
        for row in work.block.sections.get(section, []):
            flow = _flow(work, row, kind, draft.place)
            number = len(made) + 1
            place = draft.place.at(f"line {row.line}")
            amount = _amount(row.cell(2), work.header, place)
            made.append(Exchange(number, flow.id, flow.name, direction, amount, place, unit=row.cell(1)))  # type: ignore[arg-type]  # two words
            if section == "Products" and row.cell(_FRACTION_COLUMN):
                shares.append(Allocation(number, _amount(row.cell(_FRACTION_COLUMN), work.header, place) / Decimal(100)))
    draft.exchanges = tuple(made)
    draft.references = tuple(exchange.number for exchange in made)
    draft.allocations = tuple(shares)


def technosphere(work: _Work, draft: DatasetDraft) -> None:
    """What comes from other processes, goes to treatment, or is avoided."""
    found = list(draft.exchanges)
    for section, kind in (*_TECHNOSPHERE.items(), ("Avoided products", "product")):
        for row in work.block.sections.get(section, []):
            flow = _flow(work, row, kind, draft.place)
            place = draft.place.at(f"line {row.line}")
            amount = _amount(row.cell(2), work.header, place)
            outgoing = section in {"Waste to treatment", "Avoided products"}
            found.append(
                Exchange(
                    len(found) + 1, flow.id, flow.name, "output" if outgoing else "input", amount, place,
                    unit=row.cell(1), avoided=section == "Avoided products", uncertainty=_uncertainty(work, row, 3),
                )
            )  # fmt: skip
    draft.exchanges = tuple(found)


def environment(work: _Work, draft: DatasetDraft) -> None:
    """What is taken from, or given to, the environment."""
    found = list(draft.exchanges)
    for section, compartment in _ENVIRONMENT.items():
        for row in work.block.sections.get(section, []):
            place = draft.place.at(f"line {row.line}")
            substance = work.substances.get((compartment, row.cell(0).lower()))
            categories = tuple(filter(None, (compartment, row.cell(1))))
            identifier = identity_of("simapro", "elementary", row.cell(0), *categories)
            cas = substance.cell(2).lstrip("0") if substance else ""
            flow = Flow(identifier, "", _name(row.cell(0)), "elementary", Place(place.file), identifier, categories, cas=cas)
            work.flows.setdefault(identifier, flow)
            amount = _amount(row.cell(3), work.header, place)
            direction: Direction = "input" if compartment == "resource" else "output"
            found.append(
                Exchange(
                    len(found) + 1,
                    identifier,
                    flow.name,
                    direction,
                    amount,
                    place,
                    unit=row.cell(2),
                    uncertainty=_uncertainty(work, row, 4),
                )
            )
    draft.exchanges = tuple(found)


# What is done to a process, in this order.
STEPS: tuple[Step, ...] = (name, identity, about, products, technosphere, environment)


def _amount(written: str, header: Header, place: Place) -> Decimal:
    """A number in the file's own notation. A formula is refused: SimaPro can export with expressions converted to constants."""
    try:
        return read_decimal(_plain(written, header), place)
    except Unreadable:
        shown = written[:40]
        raise Unreadable(
            "not-a-number",
            place,
            Text(
                f"“{shown}”不是数值。若为公式，请在 SimaPro 导出时选择“Convert expressions to constants”。",
                f"'{shown}' is not a number. If it is a formula, export with “Convert expressions to constants”.",
            ),
        ) from None


def _plain(written: str, header: Header) -> str:
    """A number with a point, whatever the file writes."""
    return written if header.decimal == "." else written.replace(".", "?").replace(header.decimal, ".")


def _uncertainty(work: _Work, row: Row, column: int) -> Uncertainty | None:
    """The distribution in a column, and behind it the square of the geometric standard deviation or twice the standard deviation, and bounds."""
    held = Parameters()
    columns = ((1, "SD2"), (2, "Min"), (3, "Max"))
    doubled, minimum, maximum = (held.read(name, _plain(row.cell(column + n), work.header)) for n, name in columns)
    match kind := row.cell(column).lower():
        case "lognormal":
            return held.checked(Uncertainty("lognormal", spread=of_square(doubled)))
        case "normal":
            return held.checked(Uncertainty("normal", spread=half(doubled)))
        case "triangle" | "triangular":
            return held.checked(Uncertainty("triangular", minimum=minimum, maximum=maximum))
        case "uniform":
            return held.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
        case "" | "undefined":
            return None
    return held.checked(Uncertainty("other", minimum=minimum, maximum=maximum, stated=kind[:80]))


def _flow(work: _Work, row: Row, kind: str, place: Place) -> Flow:
    identifier = identity_of("simapro", "product", row.cell(0))
    said: FlowKind = "waste" if kind == "waste" else "product"
    flow = Flow(identifier, "", _name(row.cell(0)), said, Place(place.file), identifier)
    return work.flows.setdefault(identifier, flow)


def _name(written: str) -> Name:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in written)
    return Name(zh=written) if chinese else Name(en=written)


def _unit_groups(blocks: list[Block], header: Header, place: Place) -> list[UnitGroup]:
    units: dict[str, list[Unit]] = {}
    reference: dict[str, str] = {}
    for block in blocks:
        for row in block.sections.get("", []) if block.name == "Units" else ():
            factor = _amount(row.cell(2), header, place.at(f"line {row.line}"))
            units.setdefault(row.cell(1), []).append(Unit(row.cell(0), factor))
            reference[row.cell(1)] = row.cell(3)
    return [
        UnitGroup(identity_of("simapro", "quantity", quantity), "", Name(en=quantity), tuple(held), reference[quantity], place, digest_of(repr(held).encode()))
        for quantity, held in units.items()
    ]  # fmt: skip
