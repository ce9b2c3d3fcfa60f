"""The steps that read a process dataset, but for its exchanges."""

from zuji.engine.text import Text
from zuji.formats.ilcd.tree import Element, attribute, children, find, name_of, text
from zuji.formats.intake import Unreadable, read_number, read_year
from zuji.formats.inventory import DatasetDraft, DatasetKind

KINDS: dict[str, DatasetKind] = {
    "unit process, single operation": "unit process",
    "unit process, black box": "unit process",
    "lci result": "system",
    "partly terminated system": "partly terminated",
    "avoided product system": "system",
    "epd": "EPD",
}
NAME_PARTS = ("baseName", "treatmentStandardsRoutes", "mixAndLocationTypes", "functionalUnitFlowProperties")


def identity(root: Element, draft: DatasetDraft) -> None:
    """UUID and version."""
    draft.id = text(root, "processInformation", "dataSetInformation", "UUID").lower()
    draft.version = text(root, "administrativeInformation", "publicationAndOwnership", "dataSetVersion")
    if not draft.id:
        raise Unreadable("no-identity", draft.place.at("dataSetInformation/UUID"), Text("没有 UUID。", "There is no UUID."))


def name(root: Element, draft: DatasetDraft) -> None:
    """Base name, treatment, mix and quantity, as ILCD builds the full name."""
    about = find(root, "processInformation", "dataSetInformation", "name")
    draft.name = name_of(about, *NAME_PARTS)


def classification(root: Element, draft: DatasetDraft) -> None:
    """Classes from the top down."""
    about = find(root, "processInformation", "dataSetInformation", "classificationInformation", "classification")
    draft.classification = tuple((c.text or "").strip() for c in children(about, "class"))


def kind(root: Element, draft: DatasetDraft) -> None:
    """Unit process or aggregated."""
    said = text(root, "modellingAndValidation", "LCIMethodAndAllocation", "typeOfDataSet")
    draft.kind = KINDS.get(said.lower(), "unknown")


def time(root: Element, draft: DatasetDraft) -> None:
    """Reference year and end of validity."""
    about = find(root, "processInformation", "time")
    draft.year = read_year(text(about, "referenceYear"), draft.place.at("time/referenceYear"))
    draft.valid_until = read_year(text(about, "dataSetValidUntil"), draft.place.at("time/dataSetValidUntil"))


def geography(root: Element, draft: DatasetDraft) -> None:
    """The code of the place of operation, supply or production."""
    draft.location = attribute(find(root, "processInformation", "geography", "locationOfOperationSupplyOrProduction"), "location")


def sources(root: Element, draft: DatasetDraft) -> None:
    """Identifiers of the sources of the data."""
    about = find(root, "modellingAndValidation", "dataSourcesTreatmentAndRepresentativeness")
    draft.sources = tuple(attribute(r, "refObjectId") for r in children(about, "referenceToDataSource"))


def licence(root: Element, draft: DatasetDraft) -> None:
    """Licence and owner as stated."""
    about = find(root, "administrativeInformation", "publicationAndOwnership")
    draft.licence = text(about, "licenseType")
    owner = find(about, "referenceToOwnershipOfDataSet")
    draft.owner = str(name_of(owner, "shortDescription")) or attribute(owner, "refObjectId")


def references(root: Element, draft: DatasetDraft) -> None:
    """Numbers of the exchanges that are reference flows; a number that no exchange has stays in, for the gate to report."""
    about = find(root, "processInformation", "quantitativeReference")
    place = draft.place.at("quantitativeReference/referenceToReferenceFlow")
    draft.references = tuple(
        dict.fromkeys(read_number(r.text, place) for r in children(about, "referenceToReferenceFlow") if (r.text or "").strip())
    )
