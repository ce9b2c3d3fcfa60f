"""What a dataset says beside its numbers, kept word for word: reviews, compliance, who commissioned and entered it, descriptions, classes.

A node is plain JSON: attributes as ``@name``, text as ``#text``, and under each element's name the list of its nodes. Names and order are those of
:mod:`~zuji.formats.ilcd.grammar`, so that ILCD and TIDAS are written from the same tree.
"""

import json
from typing import Any

from zuji.formats.ilcd.grammar import ATTRIBUTES, MULTILINGUAL, children_of
from zuji.formats.ilcd.tree import LANGUAGE, Element
from zuji.formats.intake import local

Node = dict[str, Any]
# Where a dataset's numbers are: they have parts of the inventory of their own.
NUMBERS = frozenset({"processDataSet/exchanges", "flowDataSet/flowProperties", "unitGroupDataSet/units"})
_RESULT = "processDataSet/LCIAResults/LCIAResult"
EXTENDED = "~"  # marks a dataset with elements that are not of the format's own schemas


def carried(root: Element) -> str:
    """The documentation of a dataset of ILCD or TIDAS, as JSON; elements and attributes of other schemas are left out and marked."""
    extended: list[str] = []
    node = _node(root, local(root), extended)
    if extended:
        node[EXTENDED] = sorted(set(extended))
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _node(element: Element, path: str, extended: list[str]) -> Node:
    node: Node = {}
    for attribute, value in element.attrib.items():
        kept = "xml:lang" if attribute == LANGUAGE else attribute
        if kept == "xml:lang" or kept in ATTRIBUTES:
            node[f"@{kept}"] = value.strip()
    known = {name.rpartition(":")[2]: name for name in children_of(path)}
    for child in element.iterchildren("*"):
        name = known.get(local(child))
        if name is None:
            extended.append(path)
            continue
        if (where := f"{path}/{name}") in NUMBERS:
            if next(child.iter("{*}other"), None) is not None:
                extended.append(where)
            continue
        if where == _RESULT and next(child.iter("{*}other"), None) is not None:
            extended.append(where)  # an EPD's results by module: without the extension they would be other numbers
            continue
        if held := _node(child, where, extended):
            node.setdefault(name, []).append(held)
    text = (element.text or "").strip() if not known else ""
    if text:
        node["#text"] = text
        if local(element) in MULTILINGUAL:
            node.setdefault("@xml:lang", "en")
    return node


def documentation_of(written: str) -> Node:
    """The tree that :func:`carried` put down; an empty one where nothing is known. Raises ``ValueError`` for what is no tree."""
    node = json.loads(written) if written else {}
    if not isinstance(node, dict):
        raise ValueError("documentation is an object")  # noqa: TRY004  # whoever reads JSON catches ValueError
    return node
