"""What TIDAS demands of a dataset, as its JSON schemas have it, and its own words for what nobody knows.

Transcribed from the schemas tidas_processes, tidas_flows, tidas_flowproperties, tidas_unitgroups, tidas_sources and tidas_contacts of TIDAS
(https://github.com/tiangong-lca/tidas, MIT); a test compares the two. Whether the number of a class stands in TIDAS's lists of classes is not looked up here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from zuji.formats.ilcd import Tree

Held = Any  # JSON

_LINES = """
processDataSet: processInformation modellingAndValidation administrativeInformation exchanges
processDataSet/processInformation: dataSetInformation quantitativeReference time geography
processDataSet/processInformation/dataSetInformation: common:UUID name classificationInformation common:generalComment
processDataSet/processInformation/dataSetInformation/name: baseName treatmentStandardsRoutes mixAndLocationTypes
processDataSet/processInformation/dataSetInformation/classificationInformation: common:classification
processDataSet/processInformation/dataSetInformation/classificationInformation/common:classification: common:class
processDataSet/processInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
processDataSet/processInformation/quantitativeReference: @type referenceToReferenceFlow
processDataSet/processInformation/time: common:referenceYear
processDataSet/processInformation/geography: locationOfOperationSupplyOrProduction
processDataSet/processInformation/geography/locationOfOperationSupplyOrProduction: @location
processDataSet/processInformation/technology: technologyDescriptionAndIncludedProcesses
processDataSet/modellingAndValidation: LCIMethodAndAllocation validation complianceDeclarations
processDataSet/modellingAndValidation/LCIMethodAndAllocation: typeOfDataSet
processDataSet/modellingAndValidation/dataSourcesTreatmentAndRepresentativeness: dataCutOffAndCompletenessPrinciples referenceToDataSource annualSupplyOrProductionVolume
processDataSet/modellingAndValidation/validation: review
processDataSet/modellingAndValidation/validation/review: @type
processDataSet/modellingAndValidation/validation/review/common:scope: @name common:method
processDataSet/modellingAndValidation/validation/review/common:scope/common:method: @name
processDataSet/modellingAndValidation/validation/review/common:dataQualityIndicators: common:dataQualityIndicator
processDataSet/modellingAndValidation/validation/review/common:dataQualityIndicators/common:dataQualityIndicator: @name @value
processDataSet/modellingAndValidation/complianceDeclarations: compliance
processDataSet/modellingAndValidation/complianceDeclarations/compliance: common:referenceToComplianceSystem common:approvalOfOverallCompliance
  common:nomenclatureCompliance common:methodologicalCompliance common:reviewCompliance common:documentationCompliance common:qualityCompliance
processDataSet/administrativeInformation: common:commissionerAndGoal dataEntryBy publicationAndOwnership
processDataSet/administrativeInformation/common:commissionerAndGoal: common:referenceToCommissioner common:intendedApplications
processDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat common:referenceToPersonOrEntityEnteringTheData
processDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:permanentDataSetURI common:referenceToOwnershipOfDataSet common:copyright
  common:licenseType
processDataSet/exchanges: exchange
processDataSet/exchanges/exchange: @dataSetInternalID referenceToFlowDataSet exchangeDirection meanAmount resultingAmount dataDerivationTypeStatus
flowDataSet: flowInformation modellingAndValidation administrativeInformation flowProperties
flowDataSet/flowInformation: dataSetInformation quantitativeReference
flowDataSet/flowInformation/dataSetInformation: common:UUID name classificationInformation
flowDataSet/flowInformation/dataSetInformation/name: baseName treatmentStandardsRoutes mixAndLocationTypes
flowDataSet/flowInformation/dataSetInformation/classificationInformation/common:elementaryFlowCategorization: common:category
flowDataSet/flowInformation/dataSetInformation/classificationInformation/common:classification: common:class
flowDataSet/flowInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
flowDataSet/flowInformation/quantitativeReference: referenceToReferenceFlowProperty
flowDataSet/modellingAndValidation: LCIMethod complianceDeclarations
flowDataSet/modellingAndValidation/LCIMethod: typeOfDataSet
flowDataSet/modellingAndValidation/complianceDeclarations: compliance
flowDataSet/modellingAndValidation/complianceDeclarations/compliance: common:referenceToComplianceSystem common:approvalOfOverallCompliance
flowDataSet/administrativeInformation: dataEntryBy publicationAndOwnership
flowDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat
flowDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:referenceToOwnershipOfDataSet
flowDataSet/flowProperties: flowProperty
flowDataSet/flowProperties/flowProperty: @dataSetInternalID referenceToFlowPropertyDataSet meanValue
flowPropertyDataSet: flowPropertiesInformation administrativeInformation
flowPropertyDataSet/flowPropertiesInformation: dataSetInformation quantitativeReference
flowPropertyDataSet/flowPropertiesInformation/dataSetInformation: common:UUID common:name classificationInformation
flowPropertyDataSet/flowPropertiesInformation/dataSetInformation/classificationInformation: common:classification
flowPropertyDataSet/flowPropertiesInformation/dataSetInformation/classificationInformation/common:classification: common:class
flowPropertyDataSet/flowPropertiesInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
flowPropertyDataSet/flowPropertiesInformation/quantitativeReference: referenceToReferenceUnitGroup
flowPropertyDataSet/modellingAndValidation: complianceDeclarations
flowPropertyDataSet/modellingAndValidation/complianceDeclarations: compliance
flowPropertyDataSet/modellingAndValidation/complianceDeclarations/compliance: common:referenceToComplianceSystem common:approvalOfOverallCompliance
flowPropertyDataSet/administrativeInformation: dataEntryBy publicationAndOwnership
flowPropertyDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat
flowPropertyDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:referenceToOwnershipOfDataSet
unitGroupDataSet: unitGroupInformation modellingAndValidation administrativeInformation
unitGroupDataSet/unitGroupInformation: dataSetInformation quantitativeReference
unitGroupDataSet/unitGroupInformation/dataSetInformation: common:UUID common:name classificationInformation
unitGroupDataSet/unitGroupInformation/dataSetInformation/classificationInformation: common:classification
unitGroupDataSet/unitGroupInformation/dataSetInformation/classificationInformation/common:classification: common:class
unitGroupDataSet/unitGroupInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
unitGroupDataSet/unitGroupInformation/quantitativeReference: referenceToReferenceUnit
unitGroupDataSet/modellingAndValidation: complianceDeclarations
unitGroupDataSet/modellingAndValidation/complianceDeclarations: compliance
unitGroupDataSet/modellingAndValidation/complianceDeclarations/compliance: common:referenceToComplianceSystem common:approvalOfOverallCompliance
unitGroupDataSet/administrativeInformation: dataEntryBy publicationAndOwnership
unitGroupDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat
unitGroupDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:referenceToOwnershipOfDataSet
sourceDataSet: sourceInformation administrativeInformation
sourceDataSet/sourceInformation: dataSetInformation
sourceDataSet/sourceInformation/dataSetInformation: common:UUID common:shortName classificationInformation
sourceDataSet/sourceInformation/dataSetInformation/classificationInformation: common:classification
sourceDataSet/sourceInformation/dataSetInformation/classificationInformation/common:classification: common:class
sourceDataSet/sourceInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
sourceDataSet/administrativeInformation: dataEntryBy publicationAndOwnership
sourceDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat
sourceDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:referenceToOwnershipOfDataSet
contactDataSet: contactInformation administrativeInformation
contactDataSet/contactInformation: dataSetInformation
contactDataSet/contactInformation/dataSetInformation: common:UUID common:shortName common:name classificationInformation
contactDataSet/contactInformation/dataSetInformation/classificationInformation: common:classification
contactDataSet/contactInformation/dataSetInformation/classificationInformation/common:classification: common:class
contactDataSet/contactInformation/dataSetInformation/classificationInformation/common:classification/common:class: @classId
contactDataSet/administrativeInformation: dataEntryBy publicationAndOwnership
contactDataSet/administrativeInformation/dataEntryBy: common:timeStamp common:referenceToDataSetFormat
contactDataSet/administrativeInformation/publicationAndOwnership: common:dataSetVersion common:referenceToOwnershipOfDataSet
flowDataSet/flowInformation/dataSetInformation/classificationInformation/common:elementaryFlowCategorization/common:category: @catId
"""
_REFERENCE = ("@type", "@version", "@uri", "common:shortDescription")
_ENTRY_LEVEL = ("d92a1a12-2545-49e2-a585-55c259997756", "ILCD Data Network - Entry-level")
_NOT_PROCESS = ("9ba3ac1e-6797-4cc0-afd5-1b8f7bf28c6a", "ILCD Data Network - compliance (non-Process)")
_OF_PROCESSES = (
    "common:nomenclatureCompliance", "common:methodologicalCompliance", "common:reviewCompliance", "common:documentationCompliance",
    "common:qualityCompliance",
)  # fmt: skip
_REVIEW = "processDataSet/modellingAndValidation/validation/review"
_OF_REVIEWS = (
    "common:scope", "common:reviewDetails", "common:referenceToNameOfReviewerAndInstitution", "common:referenceToCompleteReviewReport",
)  # fmt: skip
NOT_REVIEWED, NOT_DEFINED = "Not reviewed", "Not defined"


def _read() -> Mapping[str, tuple[str, ...]]:
    held = (line.partition(": ") for line in _LINES.strip().replace("\n  ", " ").splitlines())
    return {path: tuple(children.split()) for path, _, children in held}


# By the path of an element, what it must hold wherever it stands.
DEMANDS = _read()


def absent(held: Mapping[str, Held]) -> Iterator[str]:
    """The paths of what a dataset in JSON lacks, each once."""
    ((kind, root),) = held.items()
    yield from dict.fromkeys(_absent(root, kind))


def _absent(held: Held, path: str) -> Iterator[str]:
    if isinstance(held, list):
        for one in held:
            yield from _absent(one, path)
        return
    demanded = DEMANDS.get(path, ())
    if not isinstance(held, dict):
        yield from (f"{path}/{name}" for name in demanded)
        return
    if path == _REVIEW and held.get("@type") != NOT_REVIEWED:
        demanded = (*demanded, *_OF_REVIEWS)
    if "@refObjectId" in held:
        demanded = (*demanded, *_REFERENCE)
    yield from (f"{path}/{name}" for name in demanded if held.get(name) in (None, [], ""))
    for name, value in held.items():
        if not name.startswith(("@", "#")):
            yield from _absent(value, f"{path}/{name}")


def say_unknown(tree: Tree) -> list[str]:
    """Write "Not reviewed", "Not defined" and "Unknown derivation" where TIDAS demands a statement and none is known; the paths of what was written."""
    said = []
    if tree.kind == "processDataSet" and tree.at("modellingAndValidation/validation/review") is None:
        tree.put("modellingAndValidation/validation/review", [{"@type": NOT_REVIEWED}])
        said.append("modellingAndValidation/validation/review/@type")
    for exchange in (tree.at("exchanges") or {}).get("exchange", ()):
        if not exchange.get("dataDerivationTypeStatus"):
            exchange["dataDerivationTypeStatus"] = [{"#text": "Unknown derivation"}]
            said.append("exchanges/exchange/dataDerivationTypeStatus")
    place = "modellingAndValidation/complianceDeclarations/compliance"
    if f"{tree.kind}/{place}" not in DEMANDS:
        return list(dict.fromkeys(said))
    if tree.at(place) is None:
        identity, name = _ENTRY_LEVEL if tree.kind == "processDataSet" else _NOT_PROCESS
        system = {"@type": "source data set", "@refObjectId": identity, "@version": "00.00.000", "@uri": f"../sources/{identity}.xml"}
        tree.put(
            place, [{"common:referenceToComplianceSystem": [{**system, "common:shortDescription": [{"@xml:lang": "en", "#text": name}]}]}]
        )
    wanted = ("common:approvalOfOverallCompliance", *(_OF_PROCESSES if tree.kind == "processDataSet" else ()))
    for node in tree.made(place.rpartition("/")[0])["compliance"]:
        for name in wanted:
            if not node.get(name):
                node[name] = [{"#text": NOT_DEFINED}]
                said.append(f"{place}/{name}")
    return list(dict.fromkeys(said))
