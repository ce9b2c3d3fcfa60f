"""From one ILCD file to its part of the inventory, in visible steps."""

from collections.abc import Callable

from zuji.formats.ilcd.carrying import carried
from zuji.formats.ilcd.exchanges import allocations, exchanges
from zuji.formats.ilcd.flows import read_flow, read_flow_property, read_unit_group
from zuji.formats.ilcd.process import classification, geography, identity, kind, licence, name, references, sources, time
from zuji.formats.ilcd.tree import Element, find, name_of, text
from zuji.formats.intake import Unreadable, digest_of, local, read_xml
from zuji.formats.inventory import DatasetDraft, Document, Part, Place

Step = Callable[[Element, DatasetDraft], None]

# What is done to a process dataset, in this order. Each step reads one part of the file and fills in one part of the draft.
STEPS: tuple[Step, ...] = (identity, name, classification, kind, time, geography, sources, licence, exchanges, allocations, references)

_DOCUMENTS = {
    "sourceDataSet": ("source", "sourceInformation", ("shortName",)),
    "contactDataSet": ("contact", "contactInformation", ("shortName", "name")),
    "LCIAMethodDataSet": ("method", "LCIAMethodInformation", ("name",)),
    "lifeCycleModelDataSet": ("model", "lifeCycleModelInformation", ("name",)),
}


def read_member(file: str, data: bytes) -> Part:
    """What one file of an ILCD package holds; a file that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith(".xml"):
        return Part(passed_over=True)
    try:
        root = read_xml(data, file)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    return part_of_root(root, Place(file), digest_of(data))


def part_of_root(root: Element, place: Place, digest: str) -> Part:
    """The part that one dataset is, of whatever kind its root element says."""
    draft = DatasetDraft(place=place, digest=digest)
    try:
        match local(root):
            case "processDataSet":
                for step in STEPS:
                    step(root, draft)
                draft.documentation = carried(root)
                return Part(datasets=(draft.frozen(),))
            case "flowDataSet":
                return Part(flows=(read_flow(root, place, digest),))
            case "flowPropertyDataSet":
                return Part(properties=(read_flow_property(root, place, digest),))
            case "unitGroupDataSet":
                return Part(groups=(read_unit_group(root, place, digest),))
            case other if other in _DOCUMENTS:
                return Part(documents=(_document(root, place, digest),))
    except Unreadable as error:
        return Part(faults=(error.fault(draft.id),))
    return Part(passed_over=True)  # lists of locations and classes


def _document(root: Element, place: Place, digest: str) -> Document:
    kind, information, names = _DOCUMENTS[local(root)]
    about = find(root, information, "dataSetInformation")
    held = carried(root) if kind in {"source", "contact"} else ""  # a method is its factors, which are not kept
    identity, called = text(about, "UUID").lower(), name_of(about, *names[:1])
    return Document(identity, kind, called, place, digest, documentation=held)  # type: ignore[arg-type]  # one of the four above
