"""Flows, flow properties and unit groups."""

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.ilcd.carrying import carried
from zuji.formats.ilcd.tree import Element, attribute, children, find, name_of, text
from zuji.formats.intake import Unreadable, read_decimal
from zuji.formats.inventory import Flow, FlowKind, FlowProperty, Measure, Place, Unit, UnitGroup

KINDS: dict[str, FlowKind] = {
    "product flow": "product",
    "waste flow": "waste",
    "elementary flow": "elementary",
    "other flow": "other",
}
NAME_PARTS = ("baseName", "treatmentStandardsRoutes", "mixAndLocationTypes", "flowProperties")


def read_flow(root: Element, place: Place, digest: str) -> Flow:
    """A flow dataset. Raises ``Unreadable`` where it has no identity, no known kind, or a factor that is no number."""
    about = find(root, "flowInformation", "dataSetInformation")
    kind = text(root, "modellingAndValidation", "LCIMethod", "typeOfDataSet")
    if kind.lower() not in KINDS:
        raise Unreadable(
            "flow-kind",
            place.at("LCIMethod/typeOfDataSet"),
            Text(f"“{head(kind, 40)}”不是 ILCD 的流类型。", f"'{head(kind, 40)}' is no kind of flow of ILCD."),
        )
    measures = {
        attribute(p, "dataSetInternalID"): Measure(
            attribute(find(p, "referenceToFlowPropertyDataSet"), "refObjectId").lower(),
            read_decimal(text(p, "meanValue"), place.at("flowProperties/flowProperty/meanValue")),
        )
        for p in children(find(root, "flowProperties"), "flowProperty")
    }
    reference = measures.get(text(root, "flowInformation", "quantitativeReference", "referenceToReferenceFlowProperty"))
    return Flow(
        id=_identity(about, place),
        version=_version(root),
        name=name_of(find(about, "name"), *NAME_PARTS),
        kind=KINDS[kind.lower()],
        place=place,
        digest=digest,
        categories=_categories(about),
        cas=text(about, "CASNumber").lstrip("0"),
        formula=text(about, "sumFormula"),
        location=text(root, "flowInformation", "geography", "locationOfSupply"),
        measures=tuple(measures.values()),
        reference_property=reference.property if reference else "",
        documentation=carried(root),
    )


def read_flow_property(root: Element, place: Place, digest: str) -> FlowProperty:
    """A flow property dataset. Raises ``Unreadable`` where it has no identity."""
    about = find(root, "flowPropertiesInformation", "dataSetInformation")
    group = find(root, "flowPropertiesInformation", "quantitativeReference", "referenceToReferenceUnitGroup")
    return FlowProperty(
        id=_identity(about, place),
        version=_version(root),
        name=name_of(about, "name"),
        unit_group=attribute(group, "refObjectId").lower(),
        place=place,
        digest=digest,
        documentation=carried(root),
    )


def read_unit_group(root: Element, place: Place, digest: str) -> UnitGroup:
    """A unit group dataset. Raises ``Unreadable`` where it has no identity, or a factor that is no number."""
    about = find(root, "unitGroupInformation", "dataSetInformation")
    units = {
        attribute(u, "dataSetInternalID"): Unit(text(u, "name"), read_decimal(text(u, "meanValue"), place.at("units/unit/meanValue")))
        for u in children(find(root, "units"), "unit")
    }
    reference = units.get(text(root, "unitGroupInformation", "quantitativeReference", "referenceToReferenceUnit"))
    return UnitGroup(
        id=_identity(about, place),
        version=_version(root),
        name=name_of(about, "name"),
        units=tuple(units.values()),
        reference=reference.name if reference else "",
        place=place,
        digest=digest,
        documentation=carried(root),
    )


def _identity(about: Element | None, place: Place) -> str:
    identity = text(about, "UUID").lower()
    if not identity:
        raise Unreadable("no-identity", place.at("dataSetInformation/UUID"), Text("没有 UUID。", "There is no UUID."))
    return identity


def _version(root: Element) -> str:
    return text(root, "administrativeInformation", "publicationAndOwnership", "dataSetVersion")


def _categories(about: Element | None) -> tuple[str, ...]:
    information = find(about, "classificationInformation")
    elementary = find(information, "elementaryFlowCategorization")
    found = children(elementary, "category") if elementary is not None else children(find(information, "classification"), "class")
    return tuple((c.text or "").strip() for c in found)
