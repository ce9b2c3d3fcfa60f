"""The DOCX: real headings and captions, repeated header rows, words for drawings, the same bytes each time."""

import io
import zipfile
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn

from tests.unit.documents import sample
from zuji.documents import to_docx
from zuji.documents.blocks import Figure, Table
from zuji.documents.ooxml import _ORDER


@cache
def opened() -> Document:
    return docx.Document(io.BytesIO(sample.word("map-fertiliser", "zh")))


def test_headings_are_headings() -> None:
    report = sample.example_report("map-fertiliser", "zh")
    found = [(p.style.name, p.text) for p in opened().paragraphs if p.style is not None and str(p.style.name).startswith("Heading")]
    assert found == [(f"Heading {heading.level}", heading.full) for heading in report.headings()]


def test_every_table_repeats_its_header_and_keeps_its_text_editable() -> None:
    tables = [block for block in sample.example_report("map-fertiliser", "zh").blocks if isinstance(block, Table)]
    made = [table for table in opened().tables if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
    assert len(made) == len(tables)
    for table, block in zip(made, tables, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [column.title.replace("₂", "2") for column in block.columns]
        assert len(table.rows) == len(block.rows) + 1


def test_every_drawing_has_words() -> None:
    figures = [block for block in sample.example_report("map-fertiliser", "zh").blocks if isinstance(block, Figure)]
    described = [shape._inline.docPr.get("descr") for shape in opened().inline_shapes]
    assert described == [figure.alt for figure in figures]


def test_chinese_and_latin_faces_and_the_date_of_the_report_are_set() -> None:
    document = opened()
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("Microsoft YaHei", "Arial")
    assert document.core_properties.created is not None
    assert document.core_properties.created.date() == sample.ISSUED
    assert document.core_properties.title.startswith("磷酸一铵")


def test_properties_stand_in_the_order_of_the_schema() -> None:
    for element in opened().element.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _ORDER:
            places = [_ORDER[name].index(str(child.tag).rpartition("}")[2]) for child in element]
            assert places == sorted(places)


def test_names_of_any_kind_make_a_document_that_opens_and_repeats() -> None:
    name = sample.HOSTILE + "长" * 10_000 + "\x07\u202e稀\U0002a6d6"
    report = sample.made(sample.awkward(name, name), "zh")
    data = to_docx(report)
    assert data == to_docx(report)
    assert docx.Document(io.BytesIO(data)).paragraphs
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "<script" not in xml
    assert "&lt;script" in xml
