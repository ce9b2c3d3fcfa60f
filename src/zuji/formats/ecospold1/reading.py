"""From one EcoSpold 1 file to its part of the inventory, in visible steps.

Numbers in EcoSpold 1 identify within a file only, and some writers reuse them. So a product is identified as in ecoinvent 2, by name,
location, unit and whether it is infrastructure; an elementary flow by name and compartment; and a dataset by its number with its name and
location, because real files (USLCI) hold 78 datasets that make "Electricity, at grid" in one place.
"""

from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from zuji.engine.text import Text
from zuji.formats.ecospold1.uncertainty import uncertainty
from zuji.formats.intake import Element, Unreadable, digest_of, line_of, local, read_decimal, read_number, read_xml, read_year
from zuji.formats.inventory import (
    Allocation,
    Dataset,
    DatasetDraft,
    DatasetKind,
    Direction,
    Exchange,
    Fault,
    Flow,
    Name,
    Part,
    Place,
    identity_of,
)

Step = Callable[[Element, DatasetDraft], None]

_KINDS: dict[str, DatasetKind] = {"0": "partly terminated", "1": "unit process", "2": "system", "5": "unit process"}
_FROM_NATURE, _TO_NATURE = "4", "4"
_REFERENCE, _AVOIDED, _COPRODUCT, _WASTE = "0", "1", "2", "3"


def read_member(file: str, data: bytes) -> Part:
    """What one EcoSpold 1 file holds; a dataset that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith((".xml", ".spold")):
        return Part(passed_over=True)
    try:
        root = read_xml(data, file)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    if local(root) != "ecoSpold" or root.find("{*}dataset") is None:
        return Part(passed_over=True)  # lists of categories, persons and the like
    datasets: list[Dataset] = []
    faults: list[Fault] = []
    flows: dict[str, Flow] = {}
    for element in root.iterchildren("{*}dataset"):
        where = Place(file, f"dataset[{element.get('number', '')}] ({line_of(element)})")
        draft = DatasetDraft(place=where, digest=digest_of(etree.tostring(element, method="c14n")))
        try:
            for step in STEPS:
                step(element, draft)
            datasets.append(draft.frozen())
            for exchange in element.iterfind("{*}flowData/{*}exchange"):
                flow = _flow(exchange, where)
                flows.setdefault(flow.id, flow)
        except Unreadable as error:
            faults.append(error.fault(draft.id))
    return Part(datasets=tuple(datasets), flows=tuple(flows.values()), faults=tuple(faults))


def name(dataset: Element, draft: DatasetDraft) -> None:
    """Name in English and in the local language."""
    function = _required(dataset, draft.place, "metaInformation", "processInformation", "referenceFunction")
    english, local_name = _attribute(function, "name"), _attribute(function, "localName")
    language = _attribute(dataset.find("{*}metaInformation/{*}processInformation/{*}dataSetInformation"), "localLanguageCode")
    draft.name = Name(zh=local_name if language.lower().startswith("zh") else "", en=english)
    draft.classification = tuple(filter(None, (_attribute(function, "category"), _attribute(function, "subCategory"))))


def geography(dataset: Element, draft: DatasetDraft) -> None:
    """The code of the location."""
    draft.location = _attribute(dataset.find("{*}metaInformation/{*}processInformation/{*}geography"), "location")


def identity(dataset: Element, draft: DatasetDraft) -> None:
    """By number, name and location; the version as stated."""
    draft.id = identity_of("ecospold1", "dataset", _attribute(dataset, "number"), draft.name.en, draft.location)
    draft.version = _attribute(dataset.find("{*}metaInformation/{*}processInformation/{*}dataSetInformation"), "version")


def kind(dataset: Element, draft: DatasetDraft) -> None:
    """Unit process or system."""
    about = dataset.find("{*}metaInformation/{*}processInformation/{*}dataSetInformation")
    draft.kind = _KINDS.get(_attribute(about, "type"), "unknown")


def time(dataset: Element, draft: DatasetDraft) -> None:
    """The first and the last year the data stand for."""
    period = dataset.find("{*}metaInformation/{*}processInformation/{*}timePeriod")
    place = draft.place.at("timePeriod")
    draft.year = read_year(_text(period, "startYear") or _text(period, "startDate") or _text(period, "startYearMonth"), place)
    draft.valid_until = read_year(_text(period, "endYear") or _text(period, "endDate") or _text(period, "endYearMonth"), place)


def sources(dataset: Element, draft: DatasetDraft) -> None:
    """Titles of the sources, which have no identifier beyond the dataset."""
    found = dataset.iterfind("{*}metaInformation/{*}modellingAndValidation/{*}source")
    draft.sources = tuple(filter(None, (_attribute(source, "title") for source in found)))


def exchanges(dataset: Element, draft: DatasetDraft) -> None:
    """Every exchange, with the flow it names."""
    draft.exchanges = tuple(_exchange(e, draft.place) for e in dataset.iterfind("{*}flowData/{*}exchange"))


def references(dataset: Element, draft: DatasetDraft) -> None:
    """Exchanges of output group 0, or the co-products (group 2) of a multi-output process."""
    groups = {_exchange_number(e, draft.place): _text(e, "outputGroup") for e in dataset.iterfind("{*}flowData/{*}exchange")}
    main = tuple(number for number, group in groups.items() if group == _REFERENCE)
    draft.references = main or tuple(number for number, group in groups.items() if group == _COPRODUCT)


def allocations(dataset: Element, draft: DatasetDraft) -> None:
    """Fractions (in the file in per cent) that a co-product bears of the exchanges listed."""
    found: list[Allocation] = []
    for element in dataset.iterfind("{*}flowData/{*}allocation"):
        place = draft.place.at(f"allocation ({line_of(element)})")
        fraction = read_decimal(_attribute(element, "fraction"), place) / Decimal(100)
        product = read_number(_attribute(element, "referenceToCoProduct"), place)
        shared = element.iterfind("{*}referenceToInputOutput")
        found.extend(Allocation(product, fraction, read_number(reference.text, place)) for reference in shared)
    draft.allocations = tuple(found)


# What is done to a dataset, in this order.
STEPS: tuple[Step, ...] = (name, geography, identity, kind, time, sources, exchanges, references, allocations)


def _exchange(element: Element, place: Place) -> Exchange:
    number = _exchange_number(element, place)
    where = place.at(f"exchange[{number}] ({line_of(element)})")
    flow = _flow(element, place)
    written = _attribute(element, "meanValue")
    return Exchange(
        number=number,
        flow=flow.id,
        name=flow.name,
        direction=_direction(element, where),
        amount=read_decimal(written, where.at("@meanValue")) if written else None,
        unit=_attribute(element, "unit"),
        location=_attribute(element, "location"),
        avoided=_text(element, "outputGroup") == _AVOIDED,
        comment=_attribute(element, "generalComment")[:300],
        uncertainty=uncertainty(element),
        place=where,
    )


def _exchange_number(element: Element, place: Place) -> int:
    return read_number(_attribute(element, "number"), place.at(f"exchange ({line_of(element)})/@number"))


def _direction(element: Element, place: Place) -> Direction:
    if element.find("{*}inputGroup") is not None:
        return "input"
    if element.find("{*}outputGroup") is not None:
        return "output"
    raise Unreadable("direction", place, Text("既没有 inputGroup 也没有 outputGroup。", "There is neither inputGroup nor outputGroup."))


def _flow(element: Element, place: Place) -> Flow:
    called = _attribute(element, "name")
    if not called:
        raise Unreadable("no-identity", place.at(f"exchange ({line_of(element)})/@name"), Text("没有名称。", "There is no name."))
    categories = tuple(filter(None, (_attribute(element, "category"), _attribute(element, "subCategory"))))
    cas, formula = _attribute(element, "CASNumber").lstrip("0"), _attribute(element, "formula")
    if _text(element, "inputGroup") == _FROM_NATURE or _text(element, "outputGroup") == _TO_NATURE:
        identifier = identity_of("ecospold1", "elementary", called, *categories)
        return Flow(identifier, "", Name(en=called), "elementary", place, identifier, categories, cas=cas, formula=formula)
    location, unit = _attribute(element, "location"), _attribute(element, "unit")
    identifier = _product_identity(called, location, unit, _attribute(element, "infrastructureProcess"))
    waste = _text(element, "outputGroup") == _WASTE
    return Flow(
        identifier,
        "",
        Name(en=called),
        "waste" if waste else "product",
        place,
        identifier,
        categories,
        cas=cas,
        formula=formula,
        location=location,
    )


def _product_identity(called: str, location: str, unit: str, infrastructure: str) -> str:
    return identity_of("ecospold1", "product", called, location, unit, "infrastructure" if infrastructure in {"true", "1"} else "")


def _required(dataset: Element, place: Place, *path: str) -> Element:
    found = dataset.find("/".join(f"{{*}}{name}" for name in path))
    if found is None:
        raise Unreadable("element-missing", place.at("/".join(path)), Text(f"缺少 {path[-1]}。", f"{path[-1]} is missing."))
    return found


def _attribute(element: Element | None, key: str) -> str:
    return "" if element is None else " ".join((element.get(key) or "").split())


def _text(element: Element | None, child: str) -> str:
    return "" if element is None else (element.findtext(f"{{*}}{child}") or "").strip()
