"""What tidas-tools knows of ILCD and TIDAS: its schemas, read for comparison with our tables, and its verdicts on files."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tidas_tools
from lxml import etree
from tidas_tools.validate import _build_tidas_validator, _collect_item_issues, _collect_schema_issues, validate_ilcd_file

_XS = "{http://www.w3.org/2001/XMLSchema}"
_TOOLS = Path(str(tidas_tools.__file__)).parent
_ILCD, _TIDAS = _TOOLS / "eilcd" / "schemas", _TOOLS / "tidas" / "schemas"
ROOTS = ("Process", "Flow", "FlowProperty", "UnitGroup", "Source", "Contact")
CATEGORIES = ("processes", "flows", "flowproperties", "unitgroups", "sources", "contacts")


@cache
def _tidas_validator(category: str) -> Any:
    return _build_tidas_validator(category)


def complaints(files: Mapping[str, bytes], form: str, folder: Path) -> dict[str, list[str]]:
    """By file of a package, what tidas-tools has against it; files without a complaint are left out."""
    found: dict[str, list[str]] = {}
    for name, content in files.items():
        path = folder / name.removeprefix("ILCD/")
        if form == "ilcd":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            issues = [f"{issue.location}: {issue.message}" for issue in validate_ilcd_file(str(path))[1]]
        else:
            category = path.parent.name
            item, validator = json.loads(content), _tidas_validator(category)
            judged = _collect_schema_issues(validator, item, category, name) or _collect_item_issues(validator, item, category, name)
            issues = [issue.message for issue in judged]
        if issues:
            found[name] = issues
    return found


def demanded(category: str) -> dict[str, set[str]]:
    """By path, what the JSON schema of TIDAS requires there, but for what every file of the kind begins with."""
    found: dict[str, set[str]] = {}

    def walk(schema: object, path: str) -> None:
        if not isinstance(schema, dict):
            return
        required = {name for name in schema.get("required", ()) if not name.startswith(("@xmlns", "@xsi")) and name not in _HEADS}
        if path and required:
            found.setdefault(path, set()).update(required)
        for name, held in schema.get("properties", {}).items():
            walk(held, f"{path}/{name}" if path else name)
        walk(schema.get("items"), path)
        for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
            walk(one, path)

    walk(json.loads((_TIDAS / f"tidas_{category}.json").read_text(encoding="utf-8")), "")
    return found


_HEADS = {"@version", "@locations", "@level", "#text", "@xml:lang"}


def numbered(category: str, number: str) -> dict[str, str]:
    """The number of each class of a list of TIDAS by its name."""
    found: dict[str, str] = {}

    def walk(schema: object) -> None:
        if isinstance(schema, list):
            for one in schema:
                walk(one)
        if isinstance(schema, dict):
            held = schema.get("properties", {})
            if "const" in held.get(number, {}):
                found[held["#text"]["const"]] = held[number]["const"]
            for one in schema.values():
                walk(one)

    walk(json.loads((_TIDAS / f"tidas_{category}_category.json").read_text(encoding="utf-8")))
    return found


class _Schema:
    """One XSD with what it includes."""

    def __init__(self, name: str) -> None:
        root = etree.parse(_ILCD / name).getroot()
        self.space: str = root.get("targetNamespace")
        self.prefixes: dict[str | None, str] = dict(root.nsmap)
        self.types = {e.get("name"): e for e in root.iter(f"{_XS}complexType") if e.get("name")}
        self.elements = {e.get("name"): e for e in root.findall(f"{_XS}element")}
        self.groups = {e.get("name"): e for e in root.findall(f"{_XS}group")}
        for included in root.findall(f"{_XS}include"):
            other = _schema(included.get("schemaLocation"))
            self.types |= other.types
            self.elements |= other.elements
            self.groups |= other.groups

    def found(self, name: str, where: str) -> "tuple[_Schema, Any] | None":
        """What a qualified name means, in whichever schema it is."""
        prefix, _, own = name.rpartition(":")
        space = self.prefixes.get(prefix or None)
        for path in sorted(_ILCD.glob("*.xsd")):
            other = _schema(path.name)
            if other.space == space and own in getattr(other, where):
                return other, getattr(other, where)[own]
        return None


@cache
def _schema(name: str) -> _Schema:
    return _Schema(name)


def grammar() -> dict[str, tuple[str, ...]]:
    """By the path of an element, its children in the order of the XSD, extensions and references left out."""
    found: dict[str, tuple[str, ...]] = {}

    def walk(schema: _Schema, element: Any, path: str) -> None:
        kind = element.find(f"{_XS}complexType")
        if kind is None:
            known = schema.found(element.get("type"), "types") if element.get("type") else None
            if known is None:
                return
            schema, kind = known
        children = [(name, s, e) for name, s, e in _children(schema, kind) if name != "common:other"]
        if not children or "common:shortDescription" in {name for name, _, _ in children}:
            return
        found[path] = tuple(name for name, _, _ in children)
        for name, of, child in children:
            walk(of, child, f"{path}/{name}")

    for name in ROOTS:
        schema, root = _schema(f"ILCD_{name}DataSet.xsd"), f"{name[0].lower()}{name[1:]}DataSet"
        walk(schema, schema.elements[root], root)
    return found


def _children(schema: _Schema, kind: Any) -> Iterator[tuple[str, _Schema, Any]]:
    for part in kind:
        tag = str(part.tag).removeprefix(_XS)
        if tag in {"sequence", "choice", "all", "complexContent"}:
            yield from _children(schema, part)
        elif tag in {"extension", "restriction"}:
            known = schema.found(part.get("base"), "types")
            if known is not None:
                yield from _children(*known)
            yield from _children(schema, part)
        elif tag == "group":
            known = schema.found(part.get("ref"), "groups")
            assert known is not None
            yield from _children(*known)
        elif tag == "element":
            known = schema.found(part.get("ref"), "elements") if part.get("ref") else (schema, part)
            if known is not None:
                yield f"{'common:' if known[0].space.endswith('Common') else ''}{known[1].get('name')}", *known
