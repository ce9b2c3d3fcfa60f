"""From one EcoSpold 2 file to its part of the inventory, in visible steps.

An activity may make several products, each of which is a dataset after allocation; so a dataset is identified by its activity and its
reference product, and an input by the activity that it is linked to and the product it takes.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from zuji.engine.text import Text
from zuji.formats.ecospold2.uncertainty import uncertainty
from zuji.formats.intake import Element, Unreadable, digest_of, line_of, local, read_decimal, read_xml, read_year
from zuji.formats.inventory import Dataset, DatasetDraft, DatasetKind, Exchange, Fault, Flow, Name, Part, Place

Step = Callable[[Element, DatasetDraft], None]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS: dict[str, DatasetKind] = {"1": "unit process", "2": "system"}
_REFERENCE, _WASTE_KINDS = "0", {"3"}


def read_member(file: str, data: bytes) -> Part:
    """What one EcoSpold 2 file holds; a dataset that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith((".spold", ".xml")):
        return Part(passed_over=True)
    try:
        root = read_xml(data, file)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    elements = [e for e in root if local(e) in {"activityDataset", "childActivityDataset"}] if local(root) == "ecoSpold" else []
    if not elements:
        return Part(passed_over=True)  # master data
    datasets: list[Dataset] = []
    faults: list[Fault] = []
    flows: dict[str, Flow] = {}
    for element in elements:
        place = Place(file, local(element))
        draft = DatasetDraft(place=place, digest=digest_of(etree.tostring(element, method="c14n")))
        try:
            for step in STEPS:
                step(element, draft)
            datasets.append(draft.frozen())
            for exchange in _exchange_elements(element):
                flow = _flow(exchange, place)
                flows.setdefault(flow.id, flow)
        except Unreadable as error:
            faults.append(error.fault(draft.id))
    return Part(datasets=tuple(datasets), flows=tuple(flows.values()), faults=tuple(faults))


def identity(dataset: Element, draft: DatasetDraft) -> None:
    """The activity's identifier with that of its first reference product, and the version of the file."""
    activity = _attribute(dataset.find("{*}activityDescription/{*}activity"), "id").lower()
    if not activity:
        raise Unreadable("no-identity", draft.place.at("activity/@id"), Text("没有 UUID。", "There is no UUID."))
    products = [_flow_id(e) for e in _exchange_elements(dataset) if _group(e, "outputGroup") == _REFERENCE]
    draft.id = f"{activity}_{products[0]}" if products else activity
    about = dataset.find("{*}administrativeInformation/{*}fileAttributes")
    numbers = [_attribute(about, part) for part in ("majorRelease", "minorRelease", "majorRevision", "minorRevision")]
    draft.version = ".".join(numbers) if all(numbers) else ""


def name(dataset: Element, draft: DatasetDraft) -> None:
    """The activity's name in every language given."""
    draft.name = _name(dataset.find("{*}activityDescription/{*}activity"), "activityName")
    classes = dataset.iterfind("{*}activityDescription/{*}classification/{*}classificationValue")
    draft.classification = tuple((c.text or "").strip() for c in classes)


def kind(dataset: Element, draft: DatasetDraft) -> None:
    """Unit process or accumulated system."""
    draft.kind = _KINDS.get(_attribute(dataset.find("{*}activityDescription/{*}activity"), "type"), "unknown")


def geography(dataset: Element, draft: DatasetDraft) -> None:
    """The short name of the geography."""
    draft.location = str(_name(dataset.find("{*}activityDescription/{*}geography"), "shortname"))


def time(dataset: Element, draft: DatasetDraft) -> None:
    """The first and the last year the data stand for."""
    period = dataset.find("{*}activityDescription/{*}timePeriod")
    draft.year = read_year(_attribute(period, "startDate"), draft.place.at("timePeriod/@startDate"))
    draft.valid_until = read_year(_attribute(period, "endDate"), draft.place.at("timePeriod/@endDate"))


def licence(dataset: Element, draft: DatasetDraft) -> None:
    """The published source and the rights as stated."""
    about = dataset.find("{*}administrativeInformation/{*}dataGeneratorAndPublication")
    source = " ".join(filter(None, (_attribute(about, "publishedSourceFirstAuthor"), _attribute(about, "publishedSourceYear"))))
    draft.sources = (source,) if source else ()
    draft.owner = _attribute(about, "companyCode") or _attribute(about, "personName")


def exchanges(dataset: Element, draft: DatasetDraft) -> None:
    """Every exchange, numbered in the order of the file; what is exchanged within one activity keeps its place."""
    draft.exchanges = tuple(_exchange(number, e, draft.place) for number, e in enumerate(_exchange_elements(dataset), 1))


def references(dataset: Element, draft: DatasetDraft) -> None:
    """Exchanges of output group 0 that are not zero: after allocation the other products stay in the file with amount 0."""
    found = [n for n, e in enumerate(_exchange_elements(dataset), 1) if _group(e, "outputGroup") == _REFERENCE]
    made = tuple(n for n in found if draft.exchanges[n - 1].amount)
    draft.references = made or tuple(found[:1])


def volume(dataset: Element, draft: DatasetDraft) -> None:
    """The annual production of the reference product, where stated."""
    for number, element in enumerate(_exchange_elements(dataset), 1):
        written = _attribute(element, "productionVolumeAmount")
        if draft.references[:1] == (number,) and written:
            draft.volume = read_decimal(written, draft.place.at("@productionVolumeAmount"))


# What is done to a dataset, in this order.
STEPS: tuple[Step, ...] = (identity, name, kind, geography, time, licence, exchanges, references, volume)


def _exchange_elements(dataset: Element) -> Iterator[Element]:
    flow_data = dataset.find("{*}flowData")
    for element in flow_data if flow_data is not None else ():
        if local(element) in {"intermediateExchange", "elementaryExchange"}:
            yield element


def _exchange(number: int, element: Element, place: Place) -> Exchange:
    where = place.at(f"{local(element)}[{_attribute(element, 'id') or number}] ({line_of(element)})")
    flow = _flow(element, place)
    written = _attribute(element, "amount")
    incoming = element.find("{*}inputGroup") is not None
    if not incoming and element.find("{*}outputGroup") is None:
        raise Unreadable("direction", where, Text("既没有 inputGroup 也没有 outputGroup。", "There is neither inputGroup nor outputGroup."))
    link = _attribute(element, "activityLinkId").lower()
    return Exchange(
        number=number,
        flow=flow.id,
        name=flow.name,
        direction="input" if incoming else "output",
        amount=read_decimal(written, where.at("@amount")) if written else None,
        unit=str(_name(element, "unitName")),
        provider=f"{link}_{flow.id}" if link else "",
        comment=str(_name(element, "comment"))[:300],
        uncertainty=uncertainty(element),
        place=where,
    )


def _flow_id(element: Element) -> str:
    return (_attribute(element, "intermediateExchangeId") or _attribute(element, "elementaryExchangeId")).lower()


def _flow(element: Element, place: Place) -> Flow:
    identifier = _flow_id(element)
    if not identifier:
        raise Unreadable(
            "no-identity", place.at(f"{local(element)} ({line_of(element)})"), Text("没有流的 UUID。", "There is no UUID of a flow.")
        )
    elementary = local(element) == "elementaryExchange"
    compartment = element.find("{*}compartment")
    categories = (
        tuple(filter(None, (str(_name(compartment, "compartment")), str(_name(compartment, "subcompartment"))))) if elementary else ()
    )
    called = _name(element, "name")
    kind = "elementary" if elementary else ("waste" if _group(element, "outputGroup") in _WASTE_KINDS else "product")
    content = digest_of("\x1f".join((called.zh, called.en, str(elementary), *categories)).encode())
    cas, formula = _attribute(element, "casNumber").lstrip("0"), _attribute(element, "formula")
    return Flow(identifier, "", called, kind, place, content, categories, cas=cas, formula=formula)  # type: ignore[arg-type]  # one of three words


def _name(element: Element | None, child: str) -> Name:
    found: dict[str, str] = {}
    for one in element.iterchildren(f"{{*}}{child}") if element is not None else ():
        language = (one.get(_LANGUAGE) or "en").lower().partition("-")[0]
        found.setdefault(language, " ".join((one.text or "").split()))
    zh, en = found.get("zh", ""), found.get("en", "")
    return Name(zh=zh, en=en, other="" if zh or en else next(iter(found.values()), ""))


def _group(element: Element, which: str) -> str:
    return (element.findtext(f"{{*}}{which}") or "").strip()


def _attribute(element: Element | None, key: str) -> str:
    return "" if element is None else (element.get(key) or "").strip()
