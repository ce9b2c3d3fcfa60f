"""The PDF: archivable, accessible, with its own faces, the same bytes each time; and text in it is only text."""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from tests.unit.documents import sample
from zuji.documents.blocks import Figure
from zuji.documents.faces import MISSING, covered, drawable
from zuji.documents.pdf import drawable_svg, to_pdf, to_png


def root(data: bytes) -> DictionaryObject:
    found = read(data).root_object
    assert isinstance(found, DictionaryObject)
    return found


def objects(data: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary of the file."""
    reader = read(data)
    for number in range(1, len(reader.xref[0]) + 1):
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(reader: PdfReader, pages: int) -> str:
    """The text of the first pages; reading it out is slower than drawing it."""
    return re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in reader.pages[:pages]))


def test_the_file_claims_pdf_a_and_ua_and_is_tagged_in_its_language() -> None:
    data = sample.pdf("map-fertiliser", "zh")
    catalogue, information = root(data), read(data).metadata
    metadata = catalogue["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    claims = metadata.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]).lower().startswith("zh")
    assert information is not None
    assert "磷酸一铵" in str(information.title)
    assert str(information.get("/CreationDate")).startswith("D:20261120")


def test_every_face_is_embedded_and_is_ours() -> None:
    descriptors = [found for found in objects(sample.pdf("awkward", "zh")) if found.get("/Type") == "/FontDescriptor"]
    assert descriptors
    for descriptor in descriptors:
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSansSC-Regular", str(descriptor["/FontName"]))
        assert "/FontFile3" in descriptor


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_pdf(sample.awkward_report("zh")) == sample.pdf("awkward", "zh")


def test_code_in_names_stays_text() -> None:
    said = words(read(sample.pdf("awkward", "zh")), 10)
    assert re.sub(r"\s", "", sample.HOSTILE[:60]) in said
    assert re.sub(r"\s", "", "#eval <source>") in said


def test_a_name_of_ten_thousand_rare_characters_breaks_nothing_and_what_cannot_be_drawn_is_marked() -> None:
    name = "稀有字\U0002a6d6 \N{GRINNING FACE} عربى" + "长" * 5_000 + "x" * 5_000
    usual = len(read(sample.pdf("awkward", "zh")).pages)
    made = read(to_pdf(sample.made(sample.awkward(name, name), "zh")))
    # goal and producer stand in full in chapter 1, every other place cuts the name
    assert usual <= len(made.pages) <= usual + 16
    assert f"稀有字{MISSING}{MISSING}" in words(made, 1)


def test_the_face_can_draw_what_the_program_itself_writes() -> None:
    assert covered("量化产品碳足迹，kgCO₂e/t −1.234×10⁻⁵ ±10 % ≤ → “”《》·—…") == "量化产品碳足迹，kgCO₂e/t −1.234×10⁻⁵ ±10 % ≤ → “”《》·—…"
    assert len(drawable()) > 30_000


def test_every_character_of_the_shipped_reports_has_a_drawing() -> None:
    for name in sample.EXAMPLES:
        for language in ("zh", "en"):
            report = sample.example_report(name, "zh" if language == "zh" else "en")
            assert MISSING not in covered(repr(report.cover) + repr([b for b in report.blocks if not isinstance(b, Figure)]))


def test_figures_below_the_line_are_drawn_in_svg_and_png_repeats() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20" viewBox="0 0 80 20"><text y="15">CO₂e/t</text></svg>'
    assert drawable_svg(svg).count("<tspan") == 2
    assert "₂" not in drawable_svg(svg)
    png = to_png(svg, 80, 20)
    assert png.startswith(b"\x89PNG")
    assert png == to_png(svg, 80, 20)
