"""Every kind of file that is taken is taken; whatever acts, hides or bursts is refused by the name of its fault."""

import zipfile
from io import BytesIO

import pytest
from pikepdf import Dictionary, Name, String

from tests import attachments as made
from zuji.formats.attachments.faults import FAULTS, NAMES, in_words
from zuji.formats.attachments.inspection import inspect
from zuji.formats.attachments.kinds import KINDS, SUFFIXES

LEDGER = "月份,用电量 kWh\n一月,120000\n"
XML_INVOICE = "<?xml version='1.0' encoding='UTF-8'?><发票><金额>1</金额></发票>".encode()


def fault(data: bytes, suffix: str) -> tuple[str, str]:
    found = inspect(data, suffix)
    assert set(found) == {"fault", "found"}, found
    return found["fault"], found["found"]


@pytest.mark.parametrize(
    ("data", "suffix", "media"),
    [
        (made.pdf(), ".pdf", KINDS["pdf"]),
        (made.pdf() + b"\r\n\0", ".pdf", KINDS["pdf"]),
        (made.pdf(owner="only the printer's"), ".pdf", KINDS["pdf"]),
        (made.pdf(OpenAction=made.action("URI", URI=String("https://meter.example/"))), ".pdf", KINDS["pdf"]),
        (made.pdf_with_attachment("invoice.xml", XML_INVOICE), ".pdf", KINDS["pdf"]),
        (made.picture("png"), ".png", KINDS["png"]),
        (made.picture("jpeg"), ".jpg", KINDS["jpeg"]),
        (made.picture("jpeg") + b"notes of a camera", ".jpeg", KINDS["jpeg"]),
        (made.office("xlsx"), ".xlsx", KINDS["xlsx"]),
        (made.office("docx"), ".docx", KINDS["docx"]),
        (made.office("xlsx", {"xl/_rels/workbook.xml.rels": made.relationships("hyperlink", "https://a.example")}), ".xlsx", KINDS["xlsx"]),
        (made.office("xlsx", {"xl/e/_rels/a.rels": made.relationships("externalLinkPath", "book.xlsx")}), ".xlsx", KINDS["xlsx"]),
        (made.office("docx", main=made.field(" PAGE ")), ".docx", KINDS["docx"]),
        (LEDGER.encode(), ".csv", "text/csv; charset=utf-8"),
        (LEDGER.encode("utf-8-sig"), ".csv", "text/csv; charset=utf-8"),
        (LEDGER.encode("gbk"), ".csv", "text/csv; charset=gb18030"),
        ("抄表记录\r\n".encode(), ".txt", "text/plain; charset=utf-8"),
        (b"temperature,-5\n=SUM(A1:A2),+3\n", ".csv", "text/csv; charset=utf-8"),
    ],
)
def test_what_people_hand_in_is_taken(data: bytes, suffix: str, media: str) -> None:
    assert inspect(data, suffix) == {"kind": SUFFIXES[suffix], "media": media}


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (made.PROGRAM, "program"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "page"),
        (b"  \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "page"),
        (made.package({"a.txt": b"a"}), "archive"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (made.package({"OFD.xml": b"<a/>"}), "ofd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "ole"),
        (b"GIF89a" + bytes(20), "picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "picture"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "archive"),
        (bytes(range(256)) * 4, "unknown"),
    ],
)
def test_other_content_is_refused_whatever_its_name(data: bytes, found: str, suffix: str) -> None:
    assert fault(data, suffix) == ("kind", found)


@pytest.mark.parametrize("suffix", [".exe", ".html", ".svg", ".zip", ".xlsm", ".pdf.exe", ""])
def test_a_name_that_is_none_of_the_kinds_is_refused(suffix: str) -> None:
    assert fault(made.pdf(), suffix) == ("ending", "pdf")


@pytest.mark.parametrize(
    ("data", "suffix", "found"),
    [
        (made.picture("png"), ".pdf", "png"),
        (made.pdf(), ".jpg", "pdf"),
        (made.office("docx"), ".xlsx", "docx"),
        (made.office("xlsx"), ".csv", "xlsx"),
        (LEDGER.encode(), ".pdf", "text"),
    ],
)
def test_content_and_name_agree(data: bytes, suffix: str, found: str) -> None:
    assert fault(data, suffix)[1] == found


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (made.scripted_pdf(), "script"),
        (made.script_in_annotation(), "script"),
        (made.pdf(Names=Dictionary(JavaScript=Dictionary(Names=[]))), "script"),
        (made.pdf(OpenAction=made.action("Launch", F=String("cmd.exe"))), "launch"),
        (made.pdf(OpenAction=made.action("GoToR", F=String("//evil.example/x"), D=String("a"))), "launch"),
        (made.pdf(OpenAction=made.action("SubmitForm", F=String("https://evil.example"))), "form"),
        (made.pdf(AcroForm=Dictionary(XFA=String("<x/>"), Fields=[])), "form"),
        (made.pdf(OpenAction=made.action("GoToE", D=String("a"))), "attachment"),
        (made.pdf_with_attachment("run.exe", made.PROGRAM), "attachment"),
        (made.pdf_with_attachment("entities.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "attachment"),
        (made.pdf(RichMedia=Dictionary(RichMediaContent=Dictionary())), "media"),
        (made.pdf().replace(b"\nxref", b"\n99 0 obj\n<< /S /JavaScr#69pt /JS (1) >>\nendobj\nxref"), "script"),
        # An object that the file's table of contents leaves out, as a reader that repairs files would find it.
        (made.pdf().replace(b"\nxref", b"\n99 0 obj\n<< /S /JavaScript /JS (1) >>\nendobj\nxref"), "script"),
    ],
)
def test_a_pdf_that_acts_is_refused_and_what_acts_is_named(data: bytes, what: str) -> None:
    assert fault(data, ".pdf") == ("acts", what)


def test_a_script_in_a_compressed_part_of_a_pdf_is_found() -> None:
    import pikepdf  # noqa: PLC0415  # only here

    target = BytesIO()
    with pikepdf.open(BytesIO(made.scripted_pdf())) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in target.getvalue()
    assert fault(target.getvalue(), ".pdf") == ("acts", "script")


def test_a_script_behind_an_open_lock_is_found() -> None:
    data = made.pdf(owner="a", OpenAction=Dictionary(S=Name("/JavaScript"), JS=String("1")))
    assert fault(data, ".pdf") == ("acts", "script")


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (made.pdf(password="secret"), ".pdf", "password"),
        (made.pdf()[:300], ".pdf", "damaged"),
        (b"%PDF-1.7\n%%EOF", ".pdf", "damaged"),
        (made.locked_objects(), ".pdf", "damaged"),
        (made.pdf() + b"\n<script>alert(1)</script>", ".pdf", "trailing"),
        (made.pdf() + made.package({"a": b"a"}), ".pdf", "trailing"),
        (made.picture("png") + made.package({"a": b"a"}), ".png", "trailing"),
        (made.picture("jpeg") + made.package({"a": b"a"}), ".jpg", "trailing"),
        (made.picture("png")[:50], ".png", "damaged"),
        (made.picture("jpeg")[:100], ".jpg", "damaged"),
        (made.flood("png"), ".png", "pixels"),
        (made.flood("jpeg"), ".jpg", "pixels"),
        (made.office("xlsx") + b"tail", ".xlsx", "trailing"),
        (made.office("xlsx")[:200], ".xlsx", "damaged"),
        (made.office("xlsx", {"xl/worksheets/sheet1.xml": b" " * 60_000_000}), ".xlsx", "bomb"),
        (made.office("xlsx", {f"xl/p{n}.xml": b"" for n in range(10_001)}), ".xlsx", "bomb"),
        (made.office("xlsx", {"xl/vbaProject.bin": b"a"}), ".xlsx", "macros"),
        (made.office("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}), ".xlsx", "macros"),
        (made.office("xlsx", content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), ".xlsx", "macros"),
        (made.office("docx", {"word/embeddings/oleObject1.bin": b"a"}), ".docx", "objects"),
        (made.office("docx", {"word/activeX/activeX1.xml": b"<x/>"}), ".docx", "objects"),
        (
            made.office("docx", {"word/_rels/settings.xml.rels": made.relationships("attachedTemplate", "https://e.example/t.dotm")}),
            ".docx",
            "remote",
        ),
        (
            made.office("docx", {"word/_rels/document.xml.rels": made.relationships("image", "https://e.example/pixel.png")}),
            ".docx",
            "remote",
        ),
        (made.office("docx", main=made.field(' DDEAUTO c:\\windows\\cmd.exe "/k calc" ')), ".docx", "remote"),
        (made.office("xlsx", {"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}), ".xlsx", "remote"),
        (
            made.office("docx", {"word/_rels/a.rels": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}),
            ".docx",
            "doctype",
        ),
        (made.office("docx", main=b"<w:document>"), ".docx", "damaged"),
        (made.office("docx", {"../../etc/cron.d/x": b"a"}), ".docx", "damaged"),
        (b"cell\n=cmd|' /C calc'!A0\n", ".csv", "remote"),
        (b"\x00\x01\x02", ".txt", "kind"),
        (b"bell\x07", ".txt", "encoding"),
        ("Größe".encode("latin-1") + b"\xff\xff", ".txt", "encoding"),
        (LEDGER.encode("utf-16"), ".csv", "kind"),
    ],
)
def test_what_is_damaged_hidden_or_made_to_burst_is_refused(data: bytes, suffix: str, expected: str) -> None:
    assert fault(data, suffix)[0] == expected


def test_a_changed_byte_in_a_workbook_is_found_by_its_checksum() -> None:
    data = bytearray(made.package({"[Content_Types].xml": b"<Types/>"}))
    good = made.office("xlsx", {"xl/theme.bin": b"a long part of a workbook " * 20})
    with zipfile.ZipFile(BytesIO(good)) as archive:
        part = archive.getinfo("xl/theme.bin")
    data = bytearray(good)
    data[part.header_offset + 60] ^= 0xFF
    assert fault(bytes(data), ".xlsx")[0] == "damaged"


def test_a_package_whose_parts_overlap_is_refused() -> None:
    data = made.package({"a": b"x" * 100, "b": b"x" * 100}, compressed=False)
    first, second = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    overlapping = bytearray(data)
    for entry in (first, second):
        overlapping[entry + 20 : entry + 24] = (300).to_bytes(4, "little")
    assert fault(bytes(overlapping), ".xlsx")[0] in {"bomb", "damaged"}


def test_two_parts_of_one_name_are_refused() -> None:
    data = made.office("xlsx", {"xl/a.xml": b"<a/>", "xl/A.xml": b"<b/>"})
    assert fault(data, ".xlsx")[0] == "damaged"


@pytest.mark.parametrize("code", sorted(FAULTS))
@pytest.mark.parametrize("found", [*NAMES, "script", "20 × 30"])
def test_every_fault_has_whole_sentences_in_both_languages(code: str, found: str) -> None:
    text = in_words(code, found, ".pdf")
    assert text.zh.endswith("。")
    assert text.en.endswith(".")
    assert "{" not in text.zh + text.en
