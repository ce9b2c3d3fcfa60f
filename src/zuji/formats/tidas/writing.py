"""From an inventory to a TIDAS package: the trees of ILCD in the JSON form of xmltodict.

Reference: https://github.com/tiangong-lca/tidas (MIT). What TIDAS demands and an inventory does not hold is left out and listed; only where
the format has a word of its own for "not known" is that word written, and listed too.
"""

import json
from typing import Any

from zuji.formats.ilcd import FOLDERS, HAN, SPACES, Gap, Written, lost, trees
from zuji.formats.ilcd.grammar import children_of
from zuji.formats.inventory import Inventory
from zuji.formats.tidas.classes import number_classes
from zuji.formats.tidas.demands import absent, say_unknown

_COMMON = "http://lca.jrc.it/ILCD/Common"
_EC_NUMBER = "http://eplca.jrc.ec.europa.eu/ILCD/Extensions/2018/ECNumber"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_LISTS = {"unit", "exchange", "common:class", "common:category"}
_CLASS_AS_OBJECT = {"unitGroupDataSet", "flowPropertyDataSet", "contactDataSet", "sourceDataSet"}  # one class only, and not in a list
_YEARS = {"common:referenceYear", "common:dataSetValidUntil"}


def write_package(inventory: Inventory) -> Written:
    """A TIDAS package of the whole inventory, one file a dataset; what it does not carry is what ILCD does not, and what it lacks is listed."""
    made = trees(inventory)
    files, gaps = {}, list(made.gaps)
    for kind, identity, tree in made:
        file = f"{FOLDERS[kind]}/{identity}"
        number_classes(tree)
        own = [Gap(file, f"{kind}/{path}", "unknown") for path in say_unknown(tree)]
        own += (Gap(file, path, "language") for path in speak(tree.root, kind))
        held = {kind: {**_head(kind), **_fields(tree.root, kind, kind)}}
        own += (Gap(file, path, "absent") for path in absent(held))
        gaps += own
        files[f"{file}.json"] = json.dumps(held, ensure_ascii=False, indent=1).encode()
    return Written(dict(sorted(files.items())), lost(inventory), tuple(dict.fromkeys(gaps)))


def speak(node: dict[str, Any], path: str) -> list[str]:
    """Mark texts by the script they are in: TIDAS takes Chinese characters only as Chinese, and Chinese only with them.

    Where a text is marked otherwise and nothing stands under its own language, the mark is corrected. The value: paths of what was corrected, and of
    what could not be, which is left as it is.
    """
    found: list[str] = []
    for name, held in node.items():
        if not isinstance(held, list):
            continue
        where = f"{path}/{name}"
        languages = {child.get("@xml:lang") for child in held}
        for child in held:
            meant = _meant(child.get("@xml:lang"), str(child.get("#text", "")))
            if meant:
                found.append(where)
                if meant not in languages:
                    child["@xml:lang"] = meant
                    languages = {one.get("@xml:lang") for one in held}
            found += speak(child, where)
    return list(dict.fromkeys(found))


def _meant(language: str | None, text: str) -> str:
    """The language that a text is in, where its mark says the other of the two; else nothing."""
    chinese = HAN.search(text) is not None
    if language == "en" and chinese:
        return "zh"
    return "en" if language == "zh" and not chinese else ""


def _head(kind: str) -> dict[str, object]:
    space = f"http://lca.jrc.it/ILCD/{SPACES[kind]}"
    head: dict[str, object] = {"@xmlns": space, "@xmlns:common": _COMMON, "@xmlns:xsi": _INSTANCE, "@version": "1.1"}
    if kind in {"processDataSet", "flowDataSet"}:
        head["@locations"] = "../ILCDLocations.xml"
    if kind == "flowDataSet":
        head["@xmlns:ecn"] = _EC_NUMBER
    return {**head, "@xsi:schemaLocation": f"{space} ../../schemas/ILCD_{kind[0].upper()}{kind[1:]}.xsd"}


def _fields(node: dict[str, object], kind: str, path: str) -> dict[str, object]:
    """Attributes and children of a node; what may be repeated is a list."""
    held: dict[str, object] = {}
    order = {name: number for number, name in enumerate(children_of(path), 1)}
    for name, value in sorted(node.items(), key=lambda item: (order.get(item[0], 0), item[0])):
        if not isinstance(value, list):
            held[name] = value
            continue
        values = [_value(child, name, kind, f"{path}/{name}") for child in value]
        listed = name in _LISTS and not (name == "common:class" and kind in _CLASS_AS_OBJECT)
        held[name] = values if listed or len(values) > 1 else values[0] if values else None
    return {name: value for name, value in held.items() if value is not None}


def _value(node: dict[str, object], name: str, kind: str, path: str) -> object:
    if set(node) == {"#text"}:
        text = str(node["#text"])
        return int(text) if name in _YEARS and text.isdecimal() else text
    return _fields(node, kind, path)
