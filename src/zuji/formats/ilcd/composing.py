"""A dataset's tree while it is put together: what its file said, and over it what the inventory holds."""

import json
import re
from typing import Any

from lxml import etree

from zuji.formats.ilcd.carrying import EXTENDED, Node, documentation_of
from zuji.formats.ilcd.grammar import children_of
from zuji.formats.ilcd.tree import LANGUAGE, Element, name_of
from zuji.formats.inventory import Name, identity_of

COMMON = "http://lca.jrc.it/ILCD/Common"
UNCLASSIFIED = "unclassified"  # where a class is demanded and none is known
NO_VERSION = "00.00.000"  # ILCD's own for what has none
SPACES = {
    "processDataSet": "Process", "flowDataSet": "Flow", "flowPropertyDataSet": "FlowProperty", "unitGroupDataSet": "UnitGroup",
    "sourceDataSet": "Source", "contactDataSet": "Contact",
}  # fmt: skip
FOLDERS = {
    "processDataSet": "processes", "flowDataSet": "flows", "flowPropertyDataSet": "flowproperties", "unitGroupDataSet": "unitgroups",
    "sourceDataSet": "sources", "contactDataSet": "contacts",
}  # fmt: skip
# What a reference says it refers to, by the kind of its dataset.
REFERRED = {
    "processDataSet": "process data set", "flowDataSet": "flow data set", "flowPropertyDataSet": "flow property data set",
    "unitGroupDataSet": "unit group data set", "sourceDataSet": "source data set", "contactDataSet": "contact data set",
}  # fmt: skip
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]", re.ASCII)
_VERSION = re.compile(r"[0-9]{2}\.[0-9]{2}(\.[0-9]{3})?", re.ASCII)


def is_uuid(identity: str) -> bool:
    """Whether the schemas take an identifier as it is."""
    return _UUID.fullmatch(identity) is not None


def is_version(version: str) -> bool:
    """Whether the schemas take a version as it is."""
    return _VERSION.fullmatch(version) is not None


def is_cas(number: str) -> bool:
    """Whether the schemas take a CAS number as it is."""
    return _CAS.fullmatch(number) is not None


def uuid_of(identity: str) -> str:
    """The identifier as the schemas demand it: itself where it is a UUID, else one that is always made of the same words."""
    return identity if is_uuid(identity) else identity_of("id", identity)


def version_of(version: str) -> str:
    """The version as the schemas demand it; what is spelled otherwise cannot be written."""
    return version if is_version(version) else NO_VERSION


def texts(name: Name) -> list[Node]:
    """A name in its languages; one in none of ours is written as English, ILCD's default."""
    said = {"zh": name.zh, "en": name.en or ("" if name.zh else name.other)}
    return [{"@xml:lang": language, "#text": text} for language, text in said.items() if text]


def spoken(text: str) -> Name:
    """A text whose language nothing says: Chinese where it has Chinese characters."""
    return Name(zh=text) if HAN.search(text) else Name(en=text)


def text(content: object) -> list[Node]:
    """One node with a text."""
    return [{"#text": str(content)}]


def reference(kind: str, identity: str, name: Name, version: str = "") -> Node:
    """A reference to a dataset of a kind (the name of its root element)."""
    uuid = uuid_of(identity)
    node: Node = {"@type": REFERRED[kind], "@refObjectId": uuid, "@uri": f"../{FOLDERS[kind]}/{uuid}.xml"}
    if version:
        node["@version"] = version_of(version)
    return {**node, "common:shortDescription": texts(name) or [{"@xml:lang": "en", "#text": identity}]}


class Tree:
    """The tree of one dataset. A path is of names from the root's children on; where several nodes stand, the first is meant."""

    def __init__(self, kind: str, documentation: str = "") -> None:
        self.kind = kind
        self.root = documentation_of(documentation)
        self.extended = tuple(str(place) for place in self.root.pop(EXTENDED, ()))

    def at(self, path: str) -> Node | None:
        """The node at a path; None where there is none."""
        node = self.root
        for name in path.split("/"):
            held = node.get(name)
            if not held:
                return None
            node = held[0]
        return node

    def made(self, path: str) -> Node:
        """The node at a path, made with all above it where it is missing."""
        node = self.root
        for name in path.split("/"):
            node = node.setdefault(name, [{}])[0]
        return node

    def put(self, path: str, nodes: list[Node]) -> None:
        """These nodes in place of what stands at a path; none: nothing stands there."""
        parent, _, name = path.rpartition("/")
        if nodes:
            (self.made(parent) if parent else self.root)[name] = nodes
        elif (above := self.at(parent)) is not None:
            above.pop(name, None)

    def text(self, path: str, content: object) -> None:
        """A text at a path; nothing where it is empty."""
        self.put(path, text(content) if content != "" else [])

    def said(self, path: str) -> str:
        """The text at a path; empty where there is none."""
        node = self.at(path)
        return "" if node is None else str(node.get("#text", ""))

    def name(self, path: str, name: Name, *parts: str) -> None:
        """A name: as the file put it together, where it is still this name, and else as a whole in the first part."""
        parent = self.at(path)
        if parent is None or name_of(self.element(path), *parts) != name:
            above = self.made(path)
            for part in parts:
                above.pop(part, None)
            if found := texts(name):
                above[parts[0]] = found

    def classes(self, path: str, name: str, classes: tuple[str, ...]) -> None:
        """Classes from the top down: with the numbers that the file gave them, where they are still these."""
        node = self.at(path)
        here = tuple(one.get("#text", "") for one in (node or {}).get(name, ()))
        if here != classes or not classes:
            shown = classes or (UNCLASSIFIED,)
            self.put(path, [{name: [{"@level": str(level), "#text": one or "-"} for level, one in enumerate(shown)]}])

    def written(self) -> str:
        """The tree as a part of an inventory keeps it, in its ``documentation``."""
        return json.dumps(self.root, ensure_ascii=False, separators=(",", ":"))

    def element(self, path: str = "") -> Element:
        """The part of the tree at a path as XML; the whole without one."""
        return xml(f"{self.kind}/{path}" if path else self.kind, self.at(path) or {} if path else self.root)


def xml(path: str, node: Node) -> Element:
    """The element that a node stands for, its children in the order of the schemas."""
    kind, _, inner = path.partition("/")
    space = f"http://lca.jrc.it/ILCD/{SPACES[kind]}"
    name = path.rpartition("/")[2]
    spaces: dict[Any, str] | None = None if inner else {None: space, "common": COMMON}
    element: Element = etree.Element(_tag(name, space), nsmap=spaces)
    if not inner:
        element.set("version", "1.1")
    _fill(element, path, node, space)
    return element


def _fill(element: Element, path: str, node: Node, space: str) -> None:
    for name, value in sorted(node.items()):
        if name.startswith("@"):
            element.set(LANGUAGE if name == "@xml:lang" else name[1:], value)
    if node.get("#text"):
        element.text = node["#text"]
    for name in children_of(path):
        for child in node.get(name, ()):
            _fill(etree.SubElement(element, _tag(name, space)), f"{path}/{name}", child, space)


def _tag(name: str, space: str) -> str:
    prefix, _, own = name.rpartition(":")
    return f"{{{COMMON if prefix else space}}}{own}"
