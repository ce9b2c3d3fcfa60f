"""The tree of each kind of dataset: what its file said, with what the inventory holds in its place, and nothing made up."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from zuji.formats.ilcd.carrying import Node
from zuji.formats.ilcd.composing import NO_VERSION, Tree, is_cas, reference, spoken, text, texts, uuid_of, version_of
from zuji.formats.ilcd.flows import KINDS as FLOW_KINDS
from zuji.formats.ilcd.flows import NAME_PARTS as FLOW_NAME_PARTS
from zuji.formats.ilcd.process import KINDS, NAME_PARTS
from zuji.formats.ilcd.tree import attribute, name_of
from zuji.formats.ilcd.uncertainty import elements as uncertainty_elements
from zuji.formats.inventory import (
    Allocation,
    Dataset,
    Document,
    Exchange,
    Flow,
    FlowProperty,
    Inventory,
    Measure,
    Name,
    Place,
    Unit,
    UnitGroup,
    identity_of,
)

FORMAT = ("a97a0155-0234-4b87-b4ce-a45da52f2a40", Name(en="ILCD format 1.1"))
_KINDS = {"unit process": "Unit process, single operation", "system": "LCI result", "partly terminated": "Partly terminated system",
          "result": "LCI result", "EPD": "EPD", "unknown": ""}  # fmt: skip
_FLOW_KINDS = {"product": "Product flow", "waste": "Waste flow", "elementary": "Elementary flow", "other": "Other flow"}
_ENTRY, _PUBLICATION = "administrativeInformation/dataEntryBy", "administrativeInformation/publicationAndOwnership"
OTHER = "Other"
LICENCES = frozenset(
    ("Free of charge for all users and uses", "Free of charge for some user types or use types", "Free of charge for members only",
     "License fee", OTHER)
)  # fmt: skip
DERIVATIONS = frozenset(("Measured", "Calculated", "Estimated", "Unknown derivation", "Missing important", "Missing unimportant"))
_THOUSANDTH = Decimal("0.001")


def with_units(inventory: Inventory) -> Inventory:
    """The same with a flow property and a unit group for each unit that only flows or exchanges name, as EcoSpold and Brightway do.

    ILCD has units in groups only. The group has this one unit and nothing else, so that nothing is said about other units. A flow that states no unit
    is in that of its exchanges where they all have the same.
    """
    units = _bare_units(inventory)
    if not units:
        return inventory
    groups, properties, flows = dict(inventory.groups), dict(inventory.properties), dict(inventory.flows)
    for unit in sorted(set(units.values())):
        group, measured = identity_of("unit group", unit), identity_of("amount in", unit)
        groups[group] = UnitGroup(group, "", Name(f"单位：{unit}", f"unit: {unit}"), (Unit(unit, Decimal(1)),), unit, Place(""), group)
        properties[measured] = FlowProperty(measured, "", Name(f"数量（{unit}）", f"amount in {unit}"), group, Place(""), measured)
    for identity, unit in units.items():
        flow, measured = flows[identity], identity_of("amount in", unit)
        measures = (Measure(measured, Decimal(1)), *flow.measures)
        flows[identity] = replace(flow, measures=measures, reference_property=measured, unit=unit)
    return replace(inventory, groups=groups, properties=properties, flows=flows)


def _bare_units(inventory: Inventory) -> dict[str, str]:
    """By flow the unit, where no flow property says it."""
    bare = {f.id: f.unit for f in inventory.flows.values() if not inventory.unit_of_property(f.reference_property) and not f.measures}
    used: dict[str, set[str]] = {identity: set() for identity, unit in bare.items() if not unit}
    if used:
        for exchange in (e for d in inventory.datasets for e in d.exchanges if e.flow in used):
            used[exchange.flow].add(exchange.unit)
    found = {**bare, **{identity: units.pop() for identity, units in used.items() if len(units) == 1}}
    return {identity: unit for identity, unit in found.items() if unit}


def owner_of(dataset: Dataset) -> str:
    """The identifier of the contact that owns a dataset, where only its name is known."""
    return identity_of("owner", dataset.owner)


def of_group(group: UnitGroup) -> Tree:
    """A unit group dataset."""
    tree = Tree("unitGroupDataSet", group.documentation)
    about = "unitGroupInformation/dataSetInformation"
    _identity(tree, about, group.id, group.version)
    tree.name(about, group.name, "common:name")
    _classified(tree, about, _classes_said(tree, about) or ("Technical unit groups",))
    numbers = {unit.name: str(n) for n, unit in enumerate(group.units)}
    _quantitative(tree, "unitGroupInformation", "referenceToReferenceUnit", numbers.get(group.reference))
    units: list[Node] = [
        {"@dataSetInternalID": str(number), "name": text(unit.name), "meanValue": text(unit.factor)}
        for number, unit in enumerate(group.units)
    ]
    tree.put("units/unit", units)
    return tree


def of_property(measured: FlowProperty, inventory: Inventory) -> Tree:
    """A flow property dataset."""
    tree = Tree("flowPropertyDataSet", measured.documentation)
    about = "flowPropertiesInformation/dataSetInformation"
    _identity(tree, about, measured.id, measured.version)
    tree.name(about, measured.name, "common:name")
    _classified(tree, about, _classes_said(tree, about) or ("Technical flow properties",))
    place = "flowPropertiesInformation/quantitativeReference/referenceToReferenceUnitGroup"
    if (tree.at(place) or {}).get("@refObjectId") != uuid_of(measured.unit_group):
        group = inventory.groups.get(measured.unit_group)
        name, version = (group.name, group.version) if group else (Name(), "")
        tree.put(place, [reference("unitGroupDataSet", measured.unit_group, name, version)])
    return tree


def of_flow(flow: Flow, inventory: Inventory) -> Tree:
    """A flow dataset."""
    tree = Tree("flowDataSet", flow.documentation)
    about = "flowInformation/dataSetInformation"
    _identity(tree, about, flow.id, flow.version)
    tree.name(f"{about}/name", flow.name, *FLOW_NAME_PARTS)
    if flow.kind == "elementary":
        place = f"{about}/classificationInformation/common:elementaryFlowCategorization"
        tree.classes(place, "common:category", flow.categories[:4] or ("Other elementary flows",))
        tree.put(f"{about}/classificationInformation/common:classification", [])
    else:
        _classified(tree, about, flow.categories)
        tree.put(f"{about}/classificationInformation/common:elementaryFlowCategorization", [])
    cas = flow.cas if is_cas(flow.cas) else ""
    if tree.said(f"{about}/CASNumber").lstrip("0") != cas or not cas:
        tree.text(f"{about}/CASNumber", cas)
    tree.text(f"{about}/sumFormula", flow.formula)
    numbers = {measure.property: str(n) for n, measure in enumerate(flow.measures)}
    _quantitative(tree, "flowInformation", "referenceToReferenceFlowProperty", numbers.get(flow.reference_property))
    if tree.said("flowInformation/geography/locationOfSupply") != flow.location:
        tree.text("flowInformation/geography/locationOfSupply", flow.location)
    kind = "modellingAndValidation/LCIMethod/typeOfDataSet"
    if FLOW_KINDS.get(tree.said(kind).lower()) != flow.kind:
        tree.text(kind, _FLOW_KINDS[flow.kind])
    properties: list[Node] = []
    for number, measure in enumerate(flow.measures):
        measured = inventory.properties.get(measure.property)
        name, version = (measured.name, measured.version) if measured else (Name(), "")
        held = [reference("flowPropertyDataSet", measure.property, name, version)]
        properties.append({"@dataSetInternalID": str(number), "referenceToFlowPropertyDataSet": held, "meanValue": text(measure.factor)})
    tree.put("flowProperties/flowProperty", properties)
    return tree


def of_dataset(dataset: Dataset, inventory: Inventory) -> Tree:
    """A process dataset; amounts in the reference unit of their flow."""
    tree = Tree("processDataSet", dataset.documentation)
    about = "processInformation/dataSetInformation"
    _identity(tree, about, dataset.id, dataset.version)
    tree.name(f"{about}/name", dataset.name, *NAME_PARTS)
    _classified(tree, about, dataset.classification)
    quantitative = tree.made("processInformation/quantitativeReference")
    quantitative["@type"] = "Reference flow(s)"
    quantitative["referenceToReferenceFlow"] = [{"#text": str(number)} for number in dataset.references]
    tree.text("processInformation/time/common:referenceYear", "" if dataset.year is None else f"{dataset.year:04d}")
    tree.text("processInformation/time/common:dataSetValidUntil", "" if dataset.valid_until is None else f"{dataset.valid_until:04d}")
    place = "processInformation/geography/locationOfOperationSupplyOrProduction"
    if (tree.at(place) or {}).get("@location", "") != dataset.location:
        tree.put(place, [{"@location": dataset.location}] if dataset.location else [])
    kind = "modellingAndValidation/LCIMethodAndAllocation/typeOfDataSet"
    if KINDS.get(tree.said(kind).lower(), "unknown") != dataset.kind:
        tree.text(kind, _KINDS[dataset.kind])
    _sources(tree, dataset, inventory)
    _owner(tree, dataset)
    tree.put("exchanges/exchange", [node for e in dataset.exchanges if (node := _exchange(e, dataset, inventory))])
    return tree


def _quantitative(tree: Tree, information: str, name: str, number: str | None) -> None:
    """The number of what amounts are in. Where it is not known no other takes its place, for that would change what the amounts mean."""
    place = f"{information}/quantitativeReference"
    tree.put(place, [] if number is None else [{name: text(number)}])


def owners(inventory: Inventory) -> dict[str, Document]:
    """The contacts of those who are only named as owners, by identifier."""
    here = Place("")
    named = {owner_of(d): d.owner for d in inventory.datasets if d.owner}
    return {identity: Document(identity, "contact", spoken(owner), here, identity) for identity, owner in sorted(named.items())}


def of_document(document: Document) -> Tree:
    """A source or a contact."""
    kind = f"{document.kind}DataSet"
    tree = Tree(kind, document.documentation)
    about = f"{document.kind}Information/dataSetInformation"
    _identity(tree, about, document.id, tree.said(f"{_PUBLICATION}/common:dataSetVersion"))
    tree.name(about, document.name, "common:shortName")
    if document.kind == "contact" and not (tree.at(about) or {}).get("common:name"):
        tree.put(f"{about}/common:name", texts(document.name))
    _classified(tree, about, _classes_said(tree, about))
    return tree


def _identity(tree: Tree, about: str, identity: str, version: str) -> None:
    tree.text(f"{about}/common:UUID", uuid_of(identity))
    tree.text(f"{_PUBLICATION}/common:dataSetVersion", version_of(version))
    if tree.at(f"{_ENTRY}/common:referenceToDataSetFormat") is None:
        tree.put(f"{_ENTRY}/common:referenceToDataSetFormat", [reference("sourceDataSet", *FORMAT, NO_VERSION)])


def _classes_said(tree: Tree, about: str) -> tuple[str, ...]:
    node = tree.at(f"{about}/classificationInformation/common:classification") or {}
    return tuple(one.get("#text", "") for one in node.get("common:class", ()))


def _classified(tree: Tree, about: str, classes: tuple[str, ...]) -> None:
    tree.classes(f"{about}/classificationInformation/common:classification", "common:class", classes)


def _sources(tree: Tree, dataset: Dataset, inventory: Inventory) -> None:
    place = "modellingAndValidation/dataSourcesTreatmentAndRepresentativeness/referenceToDataSource"
    block = tree.at(place.rpartition("/")[0]) or {}
    if tuple(node.get("@refObjectId", "") for node in block.get("referenceToDataSource", ())) != dataset.sources:
        documents: Mapping[str, Document] = inventory.documents
        names = {source: documents[source].name if source in documents else Name() for source in dataset.sources}
        tree.put(place, [reference("sourceDataSet", source, name) for source, name in names.items()])


def _owner(tree: Tree, dataset: Dataset) -> None:
    if dataset.licence and dataset.licence not in LICENCES:
        # The format has a list of kinds of licence, with "Other", and a field for words.
        tree.put(f"{_PUBLICATION}/common:accessRestrictions", texts(spoken(dataset.licence)))
    tree.text(f"{_PUBLICATION}/common:licenseType", dataset.licence and (dataset.licence if dataset.licence in LICENCES else OTHER))
    place = f"{_PUBLICATION}/common:referenceToOwnershipOfDataSet"
    said = tree.element(place)
    if (str(name_of(said, "shortDescription")) or attribute(said, "refObjectId")) != dataset.owner:
        named = [reference("contactDataSet", owner_of(dataset), spoken(dataset.owner), NO_VERSION)] if dataset.owner else []
        tree.put(place, named)


def _exchange(exchange: Exchange, dataset: Dataset, inventory: Inventory) -> Node:
    flow = inventory.flows.get(exchange.flow)
    converted = amount_in_flow_unit(exchange, inventory)
    if converted is None:
        return {}
    amount = text(converted)
    node: Node = {
        "@dataSetInternalID": str(exchange.number),
        "referenceToFlowDataSet": [reference("flowDataSet", exchange.flow, exchange.name, flow.version if flow else "")],
        "exchangeDirection": text(exchange.direction.capitalize()),
        "meanAmount": amount,
        "resultingAmount": amount,
    }
    if exchange.derivation in DERIVATIONS or exchange.missing:
        node["dataDerivationTypeStatus"] = text(exchange.derivation if exchange.derivation in DERIVATIONS else "Missing important")
    for name, said in uncertainty_elements(exchange, factor_to_flow_unit(exchange, inventory)):
        node[name] = text(said)
    if exchange.location:
        node["location"] = text(exchange.location)
    shares = [s for s in dataset.allocations if s.exchange == exchange.number]
    if shares:
        held = [{"@internalReferenceToCoProduct": str(share.coproduct), "@allocatedFraction": per_cent(share)} for share in shares]
        node["allocations"] = [{"allocation": held}]
    if exchange.comment:
        node["generalComment"] = texts(spoken(exchange.comment))
    return node


def per_cent(share: Allocation) -> str:
    """An allocated fraction in per cent, to the thousandth that the format takes."""
    return format((share.fraction * 100).quantize(_THOUSANDTH, ROUND_HALF_EVEN).normalize(), "f")


def amount_in_flow_unit(exchange: Exchange, inventory: Inventory) -> Decimal | None:
    """The amount in the unit that the flow is kept in, by the package's own unit groups and flow properties; None where that cannot be followed.

    An amount that cannot be converted is not written: in another unit it would be another number.
    """
    return None if exchange.amount is None else _in_flow_unit(exchange.amount, exchange, inventory)


def factor_to_flow_unit(exchange: Exchange, inventory: Inventory) -> Decimal:
    """How many of the flow's unit one of the exchange's is; 1 where that cannot be followed, and then nothing is written."""
    found = _in_flow_unit(Decimal(1), exchange, inventory)
    return Decimal(1) if found is None else found


def _in_flow_unit(amount: Decimal, exchange: Exchange, inventory: Inventory) -> Decimal | None:
    flow = inventory.flows.get(exchange.flow)
    own = inventory.unit_of_flow(exchange.flow)
    if flow is not None and exchange.property and exchange.property != flow.reference_property:
        measure = next((m for m in flow.measures if m.property == exchange.property), None)
        stated = _converted(amount, exchange.unit, inventory.unit_of_property(exchange.property), inventory)
        return None if measure is None or not measure.factor or stated is None else stated / measure.factor
    return _converted(amount, exchange.unit, own, inventory)


def _converted(amount: Decimal, unit: str, own: str, inventory: Inventory) -> Decimal | None:
    if not unit or unit == own:
        return amount
    for group in inventory.groups.values():
        factors = {held.name: held.factor for held in group.units}
        if unit in factors and factors.get(own):
            return amount * factors[unit] / factors[own]
    return None
