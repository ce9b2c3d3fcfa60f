"""Workbooks and documents of Office Open XML (ISO/IEC 29500-2): the package is sound, small when opened, and holds nothing that acts."""

import io
import re
import zipfile
import zlib

from zuji.formats.attachments.unfit import Unfit
from zuji.formats.attachments.xml import each_element

_MOST_PARTS = 10_000
_MOST_BYTES = 256 * 2**20  # of all parts opened
_USUAL_RATIO = 100  # XML of a workbook packs to about a twentieth; what packs to less than a hundredth is made to burst
_SLACK = 16 * 2**20
_PIECE = 2**16
_MOST_XML = 16 * 2**20  # of a part that is read as XML here

_MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
}
# External relationships that only name a place: a link that a reader clicks, another workbook whose values are kept as they were.
_NAMING = ("/hyperlink", "/externallinkpath", "/xlpathmissing")
_DYNAMIC = re.compile(r"(?:^|\s)DDE(?:AUTO)?\b", re.IGNORECASE)


def kind_of_package(data: bytes) -> str:
    """``xlsx`` or ``docx`` of a sound package; ``ofd`` or ``archive`` of another ZIP file.

    Raises:
        Unfit: the package is damaged, packed to burst, or holds macros, embedded objects, or references that are loaded when it is opened.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_structure(package, data)
            return _kind(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise Unfit("damaged") from None


def _check_structure(package: zipfile.ZipFile, data: bytes) -> None:
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    end = data.rfind(b"PK\x05\x06")
    if end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") != len(data):
        raise Unfit("trailing")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("password")
    opened = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or opened > min(_MOST_BYTES, _USUAL_RATIO * len(data) + _SLACK):
        raise Unfit("bomb")
    if sum(part.compress_size for part in parts) > len(data):
        raise Unfit("bomb")  # parts that lie on top of each other
    if len(set(names)) != len(names) or any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise Unfit("damaged")  # two readers would see two different files


def _kind(package: zipfile.ZipFile) -> str:
    names = {name.lower(): name for name in package.namelist()}
    if "[content_types].xml" not in names:
        return "ofd" if "ofd.xml" in names else "archive"
    types = _content_types(package, names["[content_types].xml"])
    if any("vbaproject" in name or "/macrosheets/" in name for name in names) or any("macro" in each or "vba" in each for each in types):
        raise Unfit("macros")
    found = {_MAIN[each] for each in types if each in _MAIN}
    if len(found) != 1:
        return "archive"
    for name, stored in names.items():
        if "/embeddings/" in name or "/activex/" in name:
            raise Unfit("objects")
        _check_part(package, name, stored)
    return found.pop()


def _content_types(package: zipfile.ZipFile, name: str) -> set[str]:
    types: set[str] = set()
    each_element(_xml(package, name), lambda _, attributes: types.add(attributes.get("ContentType", "").lower()))
    return types


def _xml(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > _MOST_XML:
        raise Unfit("bomb")
    return package.read(name)


def _check_part(package: zipfile.ZipFile, name: str, stored: str) -> None:
    if name.endswith(".rels"):
        each_element(_xml(package, stored), _check_relationship)
    elif name.startswith("xl/externallinks/"):
        each_element(_xml(package, stored), _check_link)
    elif name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1:
        _check_fields(_xml(package, stored))
    else:
        with package.open(stored) as part:
            while part.read(_PIECE):  # to its end: only there its checksum is compared
                pass


def _check_relationship(element: str, attributes: dict[str, str]) -> None:
    if element == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
        kind = attributes.get("Type", "").lower()
        if not kind.endswith(_NAMING):
            raise Unfit("remote", kind.rpartition("/")[2][:40])


def _check_link(element: str, _: dict[str, str]) -> None:
    if element in {"ddeLink", "oleLink"}:
        raise Unfit("remote", "DDE")


def _check_fields(content: bytes) -> None:
    """The instructions of a document's fields: none that fetches from another program when it is opened."""
    inside, instructions = False, []

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "instrText"
        if name == "fldSimple":
            instructions.append("".join(value for key, value in attributes.items() if key.endswith("instr")))
        elif name == "fldChar":
            instructions.append(" ")

    each_element(content, element, lambda text: instructions.append(text) if inside else None)
    if _DYNAMIC.search("".join(instructions)):
        raise Unfit("remote", "DDE")
