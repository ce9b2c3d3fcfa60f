"""Elements of ILCD datasets."""

from decimal import Decimal
from typing import Any

from lxml import etree

from zuji.formats.ilcd.uncertainty import elements as uncertainty_elements
from zuji.formats.inventory import Dataset, Exchange, Flow, FlowProperty, Inventory, Name, UnitGroup, identity_of

Build = Any  # lxml publishes no types
COMMON = "http://lca.jrc.it/ILCD/Common"
UNCLASSIFIED = "unclassified"  # the schemas demand a class
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FORMAT = ("a97a0155-0234-4b87-b4ce-a45da52f2a40", "ILCD format 1.1")
_KINDS = {"unit process": "Unit process, single operation", "system": "LCI result", "partly terminated": "Partly terminated system",
          "result": "LCI result", "EPD": "EPD", "unknown": ""}  # fmt: skip
_FLOW_KINDS = {"product": "Product flow", "waste": "Waste flow", "elementary": "Elementary flow", "other": "Other flow"}


class _Tree:
    """Adds elements of one namespace; a name that begins with ``common:`` is of the other."""

    def __init__(self, root: str, space: str) -> None:
        self._space = f"http://lca.jrc.it/ILCD/{space}"
        self.root: Build = etree.Element(f"{{{self._space}}}{root}", nsmap={None: self._space, "common": COMMON}, version="1.1")

    def add(self, parent: Build, name: str, text: str = "", **attributes: str) -> Build:
        space, local = (COMMON, name[7:]) if name.startswith("common:") else (self._space, name)
        made = etree.SubElement(parent, f"{{{space}}}{local}", attributes)
        if text:
            made.text = text
        return made

    def texts(self, parent: Build, element: str, name: Name) -> None:
        """The languages of a name; a name in none of ours is written as English, ILCD's default."""
        said = {"zh": name.zh, "en": name.en or ("" if name.zh else name.other)}
        for language, text in said.items():
            if text:
                self.add(parent, element, text).set(LANGUAGE, language)

    def reference(self, parent: Build, element: str, kind: str, identity: str, name: Name) -> None:
        folder = {"flow data set": "flows", "flow property data set": "flowproperties", "unit group data set": "unitgroups",
                  "source data set": "sources", "contact data set": "contacts"}[kind]  # fmt: skip
        made = self.add(parent, element, type=kind, refObjectId=identity, version="00.00.000", uri=f"../{folder}/{identity}.xml")
        self.texts(made, "common:shortDescription", name if str(name) else Name(en=identity))

    def administration(self, version: str, licence: str = "", owner: str | None = None) -> None:
        about = self.add(self.root, "administrativeInformation")
        entry = self.add(about, "dataEntryBy")
        self.reference(entry, "common:referenceToDataSetFormat", "source data set", FORMAT[0], Name(en=FORMAT[1]))
        publication = self.add(about, "publicationAndOwnership")
        self.add(publication, "common:dataSetVersion", version or "00.00.000")
        if owner is not None:
            named = owner or "not stated"
            identity = identity_of("owner", named)
            self.reference(publication, "common:referenceToOwnershipOfDataSet", "contact data set", identity, Name(en=named))
            self.add(publication, "common:copyright", "false")
            if licence:
                self.add(publication, "common:licenseType", licence)


def of_group(group: UnitGroup) -> Build:
    """A unit group dataset."""
    tree = _Tree("unitGroupDataSet", "UnitGroup")
    information = tree.add(tree.root, "unitGroupInformation")
    about = tree.add(information, "dataSetInformation")
    tree.add(about, "common:UUID", group.id)
    tree.texts(about, "common:name", group.name)
    _classification(tree, about, ("Technical unit groups",))
    numbers = {unit.name: str(n) for n, unit in enumerate(group.units)}
    quantitative = tree.add(information, "quantitativeReference")
    tree.add(quantitative, "referenceToReferenceUnit", numbers.get(group.reference, "0"))
    tree.administration(group.version)
    units = tree.add(tree.root, "units")
    for number, unit in enumerate(group.units):
        made = tree.add(units, "unit", dataSetInternalID=str(number))
        tree.add(made, "name", unit.name)
        tree.add(made, "meanValue", str(unit.factor))
    return tree.root


def of_property(measured: FlowProperty) -> Build:
    """A flow property dataset."""
    tree = _Tree("flowPropertyDataSet", "FlowProperty")
    information = tree.add(tree.root, "flowPropertiesInformation")
    about = tree.add(information, "dataSetInformation")
    tree.add(about, "common:UUID", measured.id)
    tree.texts(about, "common:name", measured.name)
    _classification(tree, about, ("Technical flow properties",))
    quantitative = tree.add(information, "quantitativeReference")
    tree.reference(quantitative, "referenceToReferenceUnitGroup", "unit group data set", measured.unit_group, Name())
    tree.administration(measured.version)
    return tree.root


def of_flow(flow: Flow) -> Build:
    """A flow dataset."""
    tree = _Tree("flowDataSet", "Flow")
    information = tree.add(tree.root, "flowInformation")
    about = tree.add(information, "dataSetInformation")
    tree.add(about, "common:UUID", flow.id)
    tree.texts(tree.add(about, "name"), "baseName", flow.name)
    if flow.kind == "elementary":
        classified = tree.add(tree.add(about, "classificationInformation"), "common:elementaryFlowCategorization")
        for level, name in enumerate(flow.categories[:4] or ("Other elementary flows",)):
            tree.add(classified, "common:category", name, level=str(level))
    else:
        _classification(tree, about, flow.categories or (UNCLASSIFIED,))
    if flow.cas:
        tree.add(about, "CASNumber", flow.cas)
    if flow.formula:
        tree.add(about, "sumFormula", flow.formula)
    numbers = {measure.property: str(n) for n, measure in enumerate(flow.measures)}
    quantitative = tree.add(information, "quantitativeReference")
    tree.add(quantitative, "referenceToReferenceFlowProperty", numbers.get(flow.reference_property, "0"))
    if flow.location:
        tree.add(tree.add(information, "geography"), "locationOfSupply", flow.location)
    modelling = tree.add(tree.root, "modellingAndValidation")
    tree.add(tree.add(modelling, "LCIMethod"), "typeOfDataSet", _FLOW_KINDS[flow.kind])
    tree.administration(flow.version)
    properties = tree.add(tree.root, "flowProperties")
    for number, measure in enumerate(flow.measures):
        made = tree.add(properties, "flowProperty", dataSetInternalID=str(number))
        tree.reference(made, "referenceToFlowPropertyDataSet", "flow property data set", measure.property, Name())
        tree.add(made, "meanValue", str(measure.factor))
    return tree.root


def of_dataset(dataset: Dataset, inventory: Inventory) -> Build:
    """A process dataset; amounts in the reference unit of their flow."""
    tree = _Tree("processDataSet", "Process")
    information = tree.add(tree.root, "processInformation")
    about = tree.add(information, "dataSetInformation")
    tree.add(about, "common:UUID", dataset.id)
    tree.texts(tree.add(about, "name"), "baseName", dataset.name)
    _classification(tree, about, dataset.classification or (UNCLASSIFIED,))
    quantitative = tree.add(information, "quantitativeReference", type="Reference flow(s)")
    for number in dataset.references:
        tree.add(quantitative, "referenceToReferenceFlow", str(number))
    if dataset.year is not None:
        time = tree.add(information, "time")
        tree.add(time, "common:referenceYear", f"{dataset.year:04d}")
        if dataset.valid_until is not None:
            tree.add(time, "common:dataSetValidUntil", f"{dataset.valid_until:04d}")
    if dataset.location:
        tree.add(tree.add(information, "geography"), "locationOfOperationSupplyOrProduction", location=dataset.location)
    modelling = tree.add(tree.root, "modellingAndValidation")
    if _KINDS[dataset.kind]:
        tree.add(tree.add(modelling, "LCIMethodAndAllocation"), "typeOfDataSet", _KINDS[dataset.kind])
    sources = tree.add(modelling, "dataSourcesTreatmentAndRepresentativeness")
    for source in dataset.sources:
        tree.reference(sources, "referenceToDataSource", "source data set", source, Name())
    tree.administration(dataset.version, dataset.licence, dataset.owner)
    exchanges = tree.add(tree.root, "exchanges")
    for exchange in dataset.exchanges:
        if exchange.amount is not None:
            _exchange(tree, exchanges, exchange, dataset, inventory)
    return tree.root


def _exchange(tree: _Tree, parent: Build, exchange: Exchange, dataset: Dataset, inventory: Inventory) -> None:
    made = tree.add(parent, "exchange", dataSetInternalID=str(exchange.number))
    tree.reference(made, "referenceToFlowDataSet", "flow data set", exchange.flow, exchange.name)
    if exchange.location:
        tree.add(made, "location", exchange.location)
    tree.add(made, "exchangeDirection", exchange.direction.capitalize())
    amount = _in_reference_unit(exchange, inventory)
    tree.add(made, "meanAmount", amount)
    tree.add(made, "resultingAmount", amount)
    for name, said in uncertainty_elements(exchange, _factor(exchange, inventory)):
        tree.add(made, name, said)
    shares = [s for s in dataset.allocations if s.exchange == exchange.number]
    if shares:
        held = tree.add(made, "allocations")
        for share in shares:
            fraction = format(share.fraction * 100, "f")
            tree.add(held, "allocation", internalReferenceToCoProduct=str(share.coproduct), allocatedFraction=fraction)
    tree.add(made, "dataDerivationTypeStatus", "Missing important" if exchange.missing else "Unknown derivation")
    if exchange.comment:
        tree.add(made, "generalComment", exchange.comment).set(LANGUAGE, "en")


def _in_reference_unit(exchange: Exchange, inventory: Inventory) -> str:
    """The amount in the unit that the flow is kept in, by the factors of the package's own unit group."""
    return str((exchange.amount or Decimal(0)) * _factor(exchange, inventory))


def _factor(exchange: Exchange, inventory: Inventory) -> Decimal:
    """How many of the flow's unit one of the exchange's is."""
    own = inventory.unit_of_flow(exchange.flow)
    if exchange.unit and exchange.unit != own:
        for group in inventory.groups.values():
            factors = {unit.name: unit.factor for unit in group.units}
            if exchange.unit in factors and own in factors:
                return factors[exchange.unit] / factors[own]
    return Decimal(1)


def _classification(tree: _Tree, about: Build, classes: tuple[str, ...]) -> None:
    held = tree.add(tree.add(about, "classificationInformation"), "common:classification")
    for level, name in enumerate(classes):
        tree.add(held, "common:class", name or "-", level=str(level))
