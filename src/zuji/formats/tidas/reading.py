"""From one TIDAS file to its part of the inventory: JSON to the elements that it stands for, then the steps of ILCD."""

from lxml import etree

from zuji.engine.text import Text
from zuji.formats.ilcd import STEPS, part_of_root
from zuji.formats.intake import Element, Unreadable, digest_of, read_json
from zuji.formats.inventory import Part, Place

__all__ = ["STEPS", "read_member"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_LEVELS = 100


def read_member(file: str, data: bytes) -> Part:
    """What one file of a TIDAS package holds; a file that cannot be read is a fault in the part, never an exception."""
    if not file.lower().endswith(".json"):
        return Part(passed_over=True)
    place = Place(file)
    try:
        tree = read_json(data, file)
        if not isinstance(tree, dict) or len(tree) != 1 or not next(iter(tree)).endswith("DataSet"):
            return Part(passed_over=True)  # a classification or a manifest
        ((name, value),) = tree.items()
        root = _element(name, value, place, 0)
    except Unreadable as error:
        return Part(faults=(error.fault(),))
    return part_of_root(root, place, digest_of(data))


def _element(name: str, value: object, place: Place, level: int) -> Element:
    """The element that a JSON value stands for. Prefixes are left out, as the steps look for local names."""
    if level > _MOST_LEVELS:
        raise Unreadable("json", place, Text(f"嵌套超过 {_MOST_LEVELS} 层。", f"Nested more than {_MOST_LEVELS} levels deep."))
    try:
        element: Element = etree.Element(name.rpartition(":")[2])
        if isinstance(value, dict):
            for key, held in value.items():
                _fill(element, key, held, place, level)
        elif value is not None:
            element.text = _text(value, place, name)
    except (ValueError, TypeError):
        raise Unreadable(
            "tidas-name", place, Text(f"“{name[:40]}”不能作为元素名或内容。", f"'{name[:40]}' cannot be an element or its content.")
        ) from None
    return element


def _fill(element: Element, key: str, held: object, place: Place, level: int) -> None:
    if key == "#text":
        element.text = _text(held, place, key)
    elif key.startswith("@"):
        name = key[1:]
        if not name.startswith("xmlns"):
            element.set(_LANGUAGE if name == "xml:lang" else name.rpartition(":")[2], _text(held, place, key))
    else:
        for one in held if isinstance(held, list) else [held]:
            element.append(_element(key, one, place.at(key), level + 1))


def _text(value: object, place: Place, key: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise Unreadable("tidas-type", place.at(key), Text("此处应为文字。", "This should be a text."))
