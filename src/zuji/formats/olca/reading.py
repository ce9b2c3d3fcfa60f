"""From one file of an openLCA package to its part of the inventory, in visible steps."""

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from zuji.engine.text import Text
from zuji.formats.intake import Unreadable, digest_of, read_json, read_year
from zuji.formats.inventory import (
    Allocation,
    DatasetDraft,
    DatasetKind,
    Document,
    Exchange,
    Flow,
    FlowKind,
    FlowProperty,
    Measure,
    Name,
    Part,
    Place,
    Unit,
    UnitGroup,
)
from zuji.formats.olca.fields import NOTHING, Object, decimal, flag, many, one, text
from zuji.formats.olca.uncertainty import uncertainty

Step = Callable[[Object, DatasetDraft], None]

_KINDS: dict[str, DatasetKind] = {"UNIT_PROCESS": "unit process", "LCI_RESULT": "system"}
_DOCUMENTS: dict[str, Literal["source", "contact", "category"]] = {"Source": "source", "Actor": "contact", "Category": "category"}
_FLOW_KINDS: dict[str, FlowKind] = {"PRODUCT_FLOW": "product", "WASTE_FLOW": "waste", "ELEMENTARY_FLOW": "elementary"}


def read_member(file: str, data: bytes) -> Part:
    """What one file of an openLCA package holds; a file that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith((".json", ".jsonld")):
        return Part(passed_over=True)
    place = Place(file)
    draft = DatasetDraft(place=place, digest=digest_of(data))
    try:
        held = read_json(data, file)
        return _part(held, draft) if isinstance(held, dict) else Part(passed_over=True)
    except Unreadable as error:
        return Part(faults=(error.fault(draft.id),))


def _part(held: Object, draft: DatasetDraft) -> Part:
    """The part that one object is, by its type; locations, currencies, methods and results are passed over."""
    place, digest = draft.place, draft.digest
    match held.get("@type"):
        case "Process":
            for step in STEPS:
                step(held, draft)
            return Part(datasets=(draft.frozen(),))
        case "Flow":
            return Part(flows=(_flow(held, place, digest),))
        case "FlowProperty":
            return Part(properties=(_flow_property(held, place, digest),))
        case "UnitGroup":
            return Part(groups=(_unit_group(held, place, digest),))
        case "Source" | "Actor" | "Category" as kind:
            parent = text(one(held, "category", place), "@id").lower()
            return Part(documents=(Document(_id(held, place), _DOCUMENTS[kind], _name(held), place, digest, parent),))
    return Part(passed_over=True)


def identity(held: Object, draft: DatasetDraft) -> None:
    """UUID and version."""
    draft.id = _id(held, draft.place)
    draft.version = text(held, "version")


def name(held: Object, draft: DatasetDraft) -> None:
    """The name, which the format gives in one language that it does not state: Chinese characters make it Chinese."""
    draft.name = _name(held)
    category = held.get("category")
    path = one(held, "category", draft.place) if isinstance(category, dict) else NOTHING
    found = path.get("categoryPath")
    above = tuple(str(part) for part in found) if isinstance(found, list) else ()
    draft.classification = (*above, text(path, "name")) if path else tuple(filter(None, text(held, "category").split("/")))


def kind(held: Object, draft: DatasetDraft) -> None:
    """Unit process or system."""
    draft.kind = _KINDS.get(text(held, "processType"), "unknown")


def geography(held: Object, draft: DatasetDraft) -> None:
    """The location by code where the reference carries one, else by name."""
    location = one(held, "location", draft.place)
    draft.location = text(location, "code", "name")


def time(held: Object, draft: DatasetDraft) -> None:
    """The years between which the data are valid."""
    about = one(held, "processDocumentation", draft.place)
    draft.year = read_year(text(about, "validFrom"), draft.place.at("validFrom"))
    draft.valid_until = read_year(text(about, "validUntil"), draft.place.at("validUntil"))


def sources(held: Object, draft: DatasetDraft) -> None:
    """Sources, owner and restrictions."""
    about = one(held, "processDocumentation", draft.place)
    draft.sources = tuple(text(source, "@id") for source in many(about, "sources", draft.place))
    draft.owner = text(one(about, "dataSetOwner", draft.place), "name")
    draft.licence = text(about, "restrictionsDescription", "accessRestrictions", "useAdvice")


def exchanges(held: Object, draft: DatasetDraft) -> None:
    """Every exchange, by its internal number or, in files without, its position."""
    found = []
    for position, element in enumerate(many(held, "exchanges", draft.place), 1):
        found.append(_exchange(element, _number(element, position), draft.place))
    draft.exchanges = tuple(found)


def references(held: Object, draft: DatasetDraft) -> None:
    """The quantitative reference."""
    listed = enumerate(many(held, "exchanges", draft.place), 1)
    draft.references = tuple(_number(e, n) for n, e in listed if flag(e, "quantitativeReference", "isQuantitativeReference"))


def allocations(held: Object, draft: DatasetDraft) -> None:
    """Fractions of the default method; without a default they are left aside, because nobody chose one of them."""
    method = text(held, "defaultAllocationMethod")
    numbers = {e.flow: e.number for e in draft.exchanges if e.direction == "output"}
    found = []
    for position, factor in enumerate(many(held, "allocationFactors", draft.place), 1):
        place = draft.place.at(f"allocationFactors[{position}]")
        product = numbers.get(text(one(factor, "product", place), "@id").lower())
        value = decimal(factor, "value", place)
        if text(factor, "allocationType") != method or product is None or value is None:
            continue
        listed = text(one(factor, "exchange", place), "internalId")
        found.append(Allocation(product, value, int(listed) if listed.isdecimal() else None))
    draft.allocations = tuple(found)


# What is done to a process, in this order.
STEPS: tuple[Step, ...] = (identity, name, kind, geography, time, sources, exchanges, references, allocations)


def _number(element: Object, position: int) -> int:
    written = text(element, "internalId")
    return int(written) if written.isdecimal() and len(written) < 10 else position


def _exchange(element: Object, number: int, file: Place) -> Exchange:
    place = file.at(f"exchanges[{number}]")
    flow = one(element, "flow", place)
    return Exchange(
        number=number,
        flow=text(flow, "@id").lower(),
        name=_name(flow),
        direction="input" if flag(element, "input", "isInput") else "output",
        amount=decimal(element, "amount", place),
        unit=text(one(element, "unit", place), "name"),
        property=text(one(element, "flowProperty", place), "@id").lower(),
        provider=text(one(element, "defaultProvider", place), "@id").lower(),
        location=text(one(element, "location", place), "code", "name"),
        avoided=flag(element, "avoidedProduct", "isAvoidedProduct"),
        comment=text(element, "description")[:300],
        uncertainty=uncertainty(element, place),
        place=place,
    )


def _flow(held: Object, place: Place, digest: str) -> Flow:
    kind = text(held, "flowType")
    if kind not in _FLOW_KINDS:
        raise Unreadable(
            "flow-kind",
            place.at("flowType"),
            Text(f"“{kind[:40]}”不是 openLCA 的流类型。", f"'{kind[:40]}' is no kind of flow of openLCA."),
        )
    measures, reference = [], ""
    for factor in many(held, "flowProperties", place):
        measured = text(one(factor, "flowProperty", place), "@id").lower()
        measures.append(Measure(measured, decimal(factor, "conversionFactor", place.at("flowProperties")) or Decimal(0)))
        if flag(factor, "referenceFlowProperty", "isRefFlowProperty"):
            reference = measured
    category = held.get("category")
    found = category.get("categoryPath") if isinstance(category, dict) else None
    named = str(category.get("name", "")) if isinstance(category, dict) else ""
    above = tuple(str(part) for part in found) if isinstance(found, list) else ()
    return Flow(
        id=_id(held, place),
        version=text(held, "version"),
        name=_name(held),
        kind=_FLOW_KINDS[kind],
        place=place,
        digest=digest,
        categories=(*above, named) if named else tuple(filter(None, str(category or "").split("/"))),
        category=str(category.get("@id", "")).lower() if isinstance(category, dict) else "",
        cas=text(held, "cas").lstrip("0"),
        formula=text(held, "formula"),
        location=text(one(held, "location", place), "code", "name"),
        measures=tuple(measures),
        reference_property=reference,
    )


def _flow_property(held: Object, place: Place, digest: str) -> FlowProperty:
    group = text(one(held, "unitGroup", place), "@id").lower()
    return FlowProperty(_id(held, place), text(held, "version"), _name(held), group, place, digest)


def _unit_group(held: Object, place: Place, digest: str) -> UnitGroup:
    units, reference = [], ""
    for element in many(held, "units", place):
        unit = Unit(text(element, "name"), decimal(element, "conversionFactor", place.at("units")) or Decimal(0))
        units.append(unit)
        if flag(element, "referenceUnit", "isRefUnit"):
            reference = unit.name
    return UnitGroup(_id(held, place), text(held, "version"), _name(held), tuple(units), reference, place, digest)


def _id(held: Object, place: Place) -> str:
    identifier = text(held, "@id").lower()
    if not identifier:
        raise Unreadable("no-identity", place.at("@id"), Text("没有 @id。", "There is no @id."))
    return identifier


def _name(held: Object) -> Name:
    written = " ".join(text(held, "name").split())
    chinese = any("\u4e00" <= character <= "\u9fff" for character in written)
    return Name(zh=written) if chinese else Name(en=written)
