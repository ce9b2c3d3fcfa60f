"""From an inventory to an ILCD 1.1 package, with what of it ILCD cannot carry and what the package refers to without holding it.

The export has no time of its own: the same inventory gives the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from zuji.formats.ilcd.building import FORMAT, of_dataset, of_document, of_flow, of_group, of_property, owners, with_units
from zuji.formats.ilcd.carrying import Node
from zuji.formats.ilcd.composing import FOLDERS, REFERRED, Tree, is_uuid, uuid_of
from zuji.formats.ilcd.losses import Lost, lost
from zuji.formats.inventory import Document, Inventory, Place

# Without these an amount of the dataset has no unit; the schemas of ILCD demand them too.
_NEEDED = {
    "flowDataSet": ("flowInformation/quantitativeReference", "flowProperties/flowProperty"),
    "flowPropertyDataSet": ("flowPropertiesInformation/quantitativeReference",),
    "unitGroupDataSet": ("unitGroupInformation/quantitativeReference", "units/unit"),
}
_KIND = {said: kind for kind, said in REFERRED.items()}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the format demands, or that a dataset names, and that the inventory does not hold: the file is written without it.

    ``field`` is the path of the element; ``how``: ``absent`` (left out, so that the schema does not accept the file), ``unknown`` (said in the
    format's own word for it), ``dangling`` (a dataset of another package), ``broken`` (a reference that names nothing, left out).
    """

    file: str
    field: str
    how: str


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a package by path, what of the inventory they do not carry, and what they lack."""

    files: Mapping[str, bytes]
    lost: tuple[Lost, ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(slots=True)
class Trees:
    """All datasets of a package by kind and identifier, with references that were followed."""

    held: dict[tuple[str, str], Tree] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[str, str, Tree]]:
        return ((kind, identity, tree) for (kind, identity), tree in sorted(self.held.items()))


def write_package(inventory: Inventory) -> Written:
    """An ILCD package of the whole inventory, one file a dataset."""
    made = trees(inventory)
    files = {
        f"ILCD/{FOLDERS[kind]}/{identity}.xml": etree.tostring(tree.element(), xml_declaration=True, encoding="UTF-8", pretty_print=True)
        for kind, identity, tree in made
    }
    return Written(files, lost(inventory), tuple(made.gaps))


def trees(inventory: Inventory) -> Trees:
    """Every dataset as a tree. References to what is in the package lead to its file; others are listed."""
    made = Trees()
    inventory = with_units(inventory)
    for group in inventory.groups.values():
        made.held["unitGroupDataSet", uuid_of(group.id)] = of_group(group)
    for measured in inventory.properties.values():
        made.held["flowPropertyDataSet", uuid_of(measured.id)] = of_property(measured, inventory)
    for flow in inventory.flows.values():
        made.held["flowDataSet", uuid_of(flow.id)] = of_flow(flow, inventory)
    for dataset in inventory.datasets:
        made.held["processDataSet", uuid_of(dataset.id)] = of_dataset(dataset, inventory)
    kept = {d.id: d for d in inventory.documents.values() if d.id and d.kind in {"source", "contact"}}
    format_source = Document(FORMAT[0], "source", FORMAT[1], Place(""), FORMAT[0])
    for document in {FORMAT[0]: format_source, **owners(inventory), **kept}.values():
        made.held[f"{document.kind}DataSet", uuid_of(document.id)] = of_document(document)
    _leave_out_what_nothing_names(made, set(kept))
    for kind, identity, tree in made:
        file = f"{FOLDERS[kind]}/{identity}"
        _follow(tree.root, kind, file, made)
        made.gaps += (Gap(file, f"{kind}/{path}", "absent") for path in _NEEDED.get(kind, ()) if tree.at(path) is None)
    return made


def _leave_out_what_nothing_names(made: Trees, kept: set[str]) -> None:
    """Contacts and sources that were made here, in case something named them, are kept only where something does."""
    named = {node["@refObjectId"] for _, _, tree in made for _, node, _ in _references(tree.root, "")}
    for kind, identity in [key for key in made.held if key[0] in {"sourceDataSet", "contactDataSet"}]:
        if identity not in named and identity not in {uuid_of(one) for one in kept}:
            del made.held[kind, identity]


def _references(node: Node, path: str) -> Iterator[tuple[str, Node, list[Node]]]:
    """Every reference below a node: its path, itself, and the list that it stands in."""
    for name, held in node.items():
        if not isinstance(held, list):
            continue
        where = f"{path}/{name}" if path else name
        for child in list(held):
            if "@refObjectId" in child:
                yield where, child, held
            yield from _references(child, where)


def _follow(root: Node, kind: str, file: str, made: Trees) -> None:
    for path, node, siblings in list(_references(root, kind)):
        identity = node["@refObjectId"].lower()
        if not is_uuid(identity):
            siblings.remove(node)
            made.gaps.append(Gap(file, path, "broken"))
            continue
        node["@refObjectId"] = identity
        node.setdefault("@type", _expected(path))
        meant = _KIND.get(node["@type"], "")
        target = made.held.get((meant, identity))
        if target is None:
            made.gaps.append(Gap(file, f"{path} → {identity}", "dangling"))
            if "@uri" not in node and meant:
                node["@uri"] = f"../{FOLDERS[meant]}/{identity}.xml"
            continue
        node["@uri"] = f"../{FOLDERS[meant]}/{identity}.xml"
        node.setdefault("@version", target.said("administrativeInformation/publicationAndOwnership/common:dataSetVersion"))
        if not node.get("common:shortDescription"):
            node["common:shortDescription"] = _name_in(target)


def _expected(path: str) -> str:
    """What a reference without a type refers to, by the name of its element."""
    name = path.rpartition("/")[2]
    for ending, kind in _EXPECTED:
        if ending in name:
            return kind
    return "contact data set"


_EXPECTED = (
    ("Process", "process data set"),
    ("FlowProperty", "flow property data set"),
    ("UnitGroup", "unit group data set"),
    ("FlowDataSet", "flow data set"),
    ("LCIAMethod", "LCIA method data set"),
    ("Source", "source data set"),
    ("Format", "source data set"),
    ("System", "source data set"),
    ("Report", "source data set"),
    ("Picto", "source data set"),
    ("Logo", "source data set"),
    ("Details", "source data set"),
    ("Documentation", "source data set"),
    ("Principles", "source data set"),
    ("Specification", "source data set"),
)


def _name_in(tree: Tree) -> list[Node]:
    """What a dataset calls itself, for references to it."""
    information: Node = next((held[0] for name, held in tree.root.items() if name.endswith("Information") and held), {})
    about = (information.get("dataSetInformation") or [{}])[0]
    for parent in ((about.get("name") or [{}])[0], about):
        for name in ("baseName", "common:name", "common:shortName"):
            if parent.get(name):
                return list(parent[name])
    return []
