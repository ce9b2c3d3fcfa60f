"""From an inventory to a TIDAS package: the ILCD elements in the JSON form of xmltodict.

Reference: https://github.com/tiangong-lca/tidas (MIT): what may occur several times is a list, a multilingual text a list of
``{"@xml:lang", "#text"}``.
"""

import json

from zuji.formats.ilcd import FOLDERS, Written, lost, trees
from zuji.formats.intake import Element, local
from zuji.formats.inventory import Inventory

_COMMON = "{http://lca.jrc.it/ILCD/Common}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EC_NUMBER = "http://eplca.jrc.ec.europa.eu/ILCD/Extensions/2018/ECNumber"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_CLASS_AS_OBJECT = {"unitGroupDataSet", "flowPropertyDataSet"}  # one class only, and not in a list
_LISTS = {"unit", "flowProperty", "exchange", "common:class", "common:category"}


def write_package(inventory: Inventory) -> Written:
    """A TIDAS package of the whole inventory, one file a dataset; what it does not carry is what ILCD does not."""
    files = {}
    for tag, identity, root in trees(inventory):
        spaces = {"@xmlns": root.nsmap[None], "@xmlns:common": root.nsmap["common"], "@xmlns:xsi": _INSTANCE}
        schema = f"{root.nsmap[None]} ../../schemas/ILCD_{tag[0].upper()}{tag[1:]}.xsd"
        more = {"@locations": "../ILCDLocations.xml"} if tag in {"processDataSet", "flowDataSet"} else {}
        if tag == "flowDataSet":
            more["@xmlns:ecn"] = _EC_NUMBER
        held = {tag: {**spaces, **more, "@xsi:schemaLocation": schema, **_fields(root, tag)}}
        files[f"{FOLDERS[tag]}/{identity}.json"] = json.dumps(held, ensure_ascii=False, indent=1).encode()
    return Written(dict(sorted(files.items())), lost(inventory))


def _fields(element: Element, tag: str) -> dict[str, object]:
    """Attributes and children of an element; what is repeated, or may be, is a list."""
    held: dict[str, object] = {f"@{'xml:lang' if key == _LANGUAGE else key}": value for key, value in element.attrib.items()}
    for child in element:
        name = f"common:{local(child)}" if child.tag.startswith(_COMMON) else local(child)
        value = _value(child, tag)
        before = held.get(name)
        if before is None:
            listed = name in _LISTS and not (name == "common:class" and tag in _CLASS_AS_OBJECT)
            held[name] = [value] if listed else value
        elif isinstance(before, list):
            before.append(value)
        else:
            held[name] = [before, value]
    return held


def _value(element: Element, tag: str) -> object:
    fields = _fields(element, tag)
    text = (element.text or "").strip()
    if not fields:
        return int(text) if local(element) in {"referenceYear", "dataSetValidUntil"} else text
    return {**fields, "#text": text} if text else fields
