"""Small writers of the files that people upload, sound ones and hostile ones; each is made anew, none is kept."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

_TYPES = "application/vnd.openxmlformats-officedocument"
_MAIN = {
    "xlsx": ("xl/workbook.xml", f"{_TYPES}.spreadsheetml.sheet.main+xml"),
    "docx": ("word/document.xml", f"{_TYPES}.wordprocessingml.document.main+xml"),
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(text: str = "electricity bill", *, password: str = "", owner: str = "", **root: Any) -> bytes:
    """A PDF of one page; ``root`` are further entries of its catalogue."""
    made = Pdf.new()
    made.add_blank_page(page_size=(595, 842))
    made.pages[0].Contents = made.make_stream(f"% {text}".encode())
    for name, value in root.items():
        made.Root[f"/{name}"] = made.make_indirect(value)
    target = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else None
    made.save(target, encryption=encryption or False, static_id=not encryption)
    return target.getvalue()


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def pdf_with_attachment(name: str, content: bytes) -> bytes:
    made = Pdf.new()
    made.add_blank_page()
    made.attachments[name] = pikepdf.AttachedFileSpec(made, content, filename=name)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def scripted_pdf() -> bytes:
    return pdf(OpenAction=action("JavaScript", JS=String("app.alert('CANARY-7F3A')")))


def package(parts: Mapping[str, bytes], *, compressed: bool = True) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def office(kind: str, more: Mapping[str, bytes] | None = None, *, main: bytes = b"<x/>", content_type: str = "") -> bytes:
    """A package of Office Open XML with the parts that make it one, and ``more``."""
    name, usual = _MAIN[kind]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{name}" ContentType="{content_type or usual}"/></Types>'
    )
    return package({"[Content_Types].xml": types.encode(), name: main, **(more or {})})


def relationships(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def field(instruction: str) -> bytes:
    """A Word document with one field, its instruction split over runs as Word does."""
    half = len(instruction) // 2
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (instruction[:half], instruction[half:]))
    return f'<w:document xmlns:w="{WORD}"><w:body><w:p>{runs}</w:p></w:body></w:document>'.encode()


def picture(kind: str, width: int = 8, height: int = 8) -> bytes:
    target = io.BytesIO()
    Image.new("L", (width, height), 128).save(target, kind)
    return target.getvalue()


def flood(kind: str) -> bytes:
    """A small picture whose header states 65,000 pixels a side."""
    content = bytearray(picture(kind))
    if kind == "png":
        content[16:24] = (65_000).to_bytes(4, "big") * 2
        content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    else:
        frame = content.index(b"\xff\xc0")
        content[frame + 5 : frame + 9] = (65_000).to_bytes(2, "big") * 2
    return bytes(content)


def script_in_annotation() -> bytes:
    return pdf(Hidden=Dictionary(A=Array([Dictionary(B=action("JavaScript", JS=String("1")))])))


def bursting_pdf(mebibytes: int) -> bytes:
    """A small PDF one of whose object streams (ISO 32000-2, 7.5.7) unpacks to so many MiB."""
    packer = zlib.compressobj(1)
    stream = packer.compress(b"2 0 <</Pages 3 0 R>>".ljust(2**20)) + b"".join(packer.compress(b" " * 2**20) for _ in range(mebibytes))
    stream += packer.flush()
    body = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(stream)).encode() + b">>stream\n" + stream
    body += b"\nendstream\nendobj\n"
    table = len(body)
    # Objects 0 free, 1 at its place, 2 in the stream of 1, 3 and 4 at their places.
    pages = b"4 0 obj\n<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>\nendobj\n3 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n"
    body += pages
    rows = ((0, 0, 0), (1, 9, 0), (2, 1, 0), (1, table + pages.index(b"3 0 obj"), 0), (1, table, 0), (1, table + len(pages), 0))
    entries = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows)
    start = len(body)
    body += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 2 0 R/Length " + str(len(entries)).encode() + b">>stream\n" + entries
    return body + b"\nendstream\nendobj\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"


def locked_objects() -> bytes:
    """A PDF with a stream of objects that is packed in a way of its own."""
    made = Pdf.new()
    made.add_blank_page()
    stream = pikepdf.Stream(made, b"9 0 <</S/JavaScript/JS(1)>>", Type=Name("/ObjStm"), N=1, First=4, Filter=Name("/OwnDecode"))
    made.Root["/Hidden"] = made.make_indirect(stream)
    target = io.BytesIO()
    made.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue().replace(b"JavaScript", b"JavaScr#69pt")


PROGRAM = b"MZ\x90\x00" + bytes(200) + b"This program cannot be run in DOS mode"
