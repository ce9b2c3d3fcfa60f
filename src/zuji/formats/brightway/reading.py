"""From a workbook in Brightway's form to its part of the inventory, in visible steps."""

from collections.abc import Callable
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.formats.brightway.sheets import Activity, ExchangeRow, read_workbook
from zuji.formats.brightway.uncertainty import calculated, uncertainty
from zuji.formats.intake import Unreadable, digest_of, read_decimal
from zuji.formats.inventory import Dataset, DatasetDraft, Exchange, Fault, Flow, Name, Part, Place, identity_of

_DIRECTIONS = {"production": "output", "technosphere": "input", "substitution": "output", "generic production": "output"}


@dataclass(slots=True)
class _Work:
    """What the steps of one activity share: its block, the activities of the workbook, and the flows that come up."""

    activity: Activity
    known: frozenset[str]
    flows: dict[str, Flow]


Step = Callable[[_Work, DatasetDraft], None]


def read_member(file: str, data: bytes) -> Part:
    """What one workbook holds; an activity that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith((".xlsx", ".xlsm")):
        return Part(passed_over=True)
    try:
        book = read_workbook(data, file)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    known = frozenset(
        _activity_identity(a.name, a.fields.get("reference product", ""), a.fields.get("location", "")) for a in book.activities
    )
    flows: dict[str, Flow] = {}
    datasets: list[Dataset] = []
    faults: list[Fault] = []
    for activity in book.activities:
        draft = DatasetDraft(place=Place(file, f"{activity.sheet}!A{activity.row}"), digest=digest_of(repr(activity).encode()))
        work = _Work(activity, known, {})
        try:
            for step in STEPS:
                step(work, draft)
        except Unreadable as error:
            faults.append(error.fault(draft.id))
            continue
        datasets.append(draft.frozen())
        flows |= {key: flow for key, flow in work.flows.items() if key not in flows}
    return Part(datasets=tuple(datasets), flows=tuple(flows.values()), faults=tuple(faults))


def identity(work: _Work, draft: DatasetDraft) -> None:
    """By name, reference product and location, as bw2io links."""
    fields = work.activity.fields
    if not work.activity.name:
        raise Unreadable("no-identity", draft.place, Text("活动没有名称。", "The activity has no name."))
    draft.id = _activity_identity(work.activity.name, fields.get("reference product", ""), fields.get("location", ""))


def about(work: _Work, draft: DatasetDraft) -> None:
    """Name, location, sources and licence."""
    fields = work.activity.fields
    draft.name = _name(work.activity.name)
    draft.kind = "unit process"
    draft.location = fields.get("location", "")
    draft.sources = tuple(filter(None, (fields.get("source", "") or fields.get("comment", ""),)))
    draft.licence = fields.get("licence", "") or fields.get("license", "")
    year = fields.get("year", "") or fields.get("reference year", "")
    draft.year = int(year[:4]) if year[:4].isdecimal() else None


def exchanges(work: _Work, draft: DatasetDraft) -> None:
    """Every row; the direction is in its type, and a row without one, or of a type unknown, is refused."""
    draft.exchanges = tuple(_exchange(number, row, work, draft) for number, row in enumerate(work.activity.rows, 1))


def references(work: _Work, draft: DatasetDraft) -> None:
    """The rows of type production."""
    draft.references = tuple(n for n, row in enumerate(work.activity.rows, 1) if row.cells.get("type", "").lower() == "production")


# What is done to an activity, in this order.
STEPS: tuple[Step, ...] = (identity, about, exchanges, references)


def _exchange(number: int, row: ExchangeRow, work: _Work, draft: DatasetDraft) -> Exchange:
    cells = row.cells
    place = Place(draft.place.file, f"{work.activity.sheet}!row {row.row}")
    kind = cells.get("type", "").lower()
    written = cells.get("amount", "")
    amount = read_decimal(calculated(written, place.at("amount")), place.at("amount")) if written else None
    called = _name(cells.get("name", ""))
    if kind == "biosphere":
        categories = tuple(part.strip() for part in cells.get("categories", "").split("::") if part.strip())
        identifier = identity_of("brightway", "elementary", cells.get("name", ""), *categories)
        work.flows.setdefault(identifier, Flow(identifier, "", called, "elementary", Place(place.file), identifier, categories))
        resource = bool(categories) and categories[0].startswith(("natural resource", "resource"))
        return Exchange(
            number,
            identifier,
            called,
            "input" if resource else "output",
            amount,
            place,
            unit=cells.get("unit", ""),
            uncertainty=uncertainty(cells, amount),
        )
    if kind not in _DIRECTIONS:
        raise Unreadable(
            "direction", place.at("type"), Text(f"“{kind[:40]}”不是已知的交换类型。", f"'{kind[:40]}' is no known type of exchange.")
        )
    product = cells.get("reference product", "")
    location = cells.get("location", "") or (draft.location if kind == "production" else "")
    if kind == "production":
        product = product or work.activity.fields.get("reference product", "")
    identifier = _activity_identity(cells.get("name", ""), product, location)
    label = _name(product or cells.get("name", ""))
    work.flows.setdefault(identifier, Flow(identifier, "", label, "product", Place(place.file), identifier, location=location))
    return Exchange(
        number=number,
        flow=identifier,
        name=label,
        direction=_DIRECTIONS[kind],  # type: ignore[arg-type]  # two words
        amount=amount,
        unit=cells.get("unit", ""),
        provider=identifier if kind == "technosphere" and identifier in work.known else "",
        location=location,
        avoided=kind == "substitution",
        comment=cells.get("comment", "")[:300],
        uncertainty=uncertainty(cells, amount),
        place=place,
    )


def _activity_identity(called: str, product: str, location: str) -> str:
    return identity_of("brightway", "activity", called, product or called, location)


def _name(written: str) -> Name:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in written)
    return Name(zh=written) if chinese else Name(en=written)
