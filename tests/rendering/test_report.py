"""One result, every output: the numbers of the JSON stand in the PDF, the DOCX and the page; what is missing is said to be missing."""

import datetime
import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from pypdf import PdfReader

from tests.unit.documents import sample
from zuji.documents import build_report, to_html
from zuji.documents.blocks import Callout, Contents, Figure, Heading, KeyFigures, Table
from zuji.documents.chapters import assessment
from zuji.documents.numerals import Column, Percentages, shown
from zuji.documents.wording import KINDS, STAGES
from zuji.engine.analyses import Analyses
from zuji.engine.results import as_json
from zuji.engine.text import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def plain(text: str) -> str:
    """Text without spaces, breaks and typographic variants, for finding numbers in it whatever the layout."""
    return re.sub(r"[\s\u200b]", "", text).replace("−", "-").replace("₂", "2")


@cache
def text_of(name: str, language: Language, form: str) -> str:
    report = sample.example_report(name, language)
    if form == "pdf":
        return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(sample.pdf(name, language))).pages))
    if form == "docx":
        xml = zipfile.ZipFile(io.BytesIO(sample.word(name, language))).read("word/document.xml").decode()
        return plain(
            unescape("".join(re.findall(r"<w:t[ >][^<]*|<w:br/>", xml)).replace('<w:t xml:space="preserve">', "").replace("<w:t>", ""))
        )
    return plain(unescape(re.sub(r"<[^>]+>", " ", to_html(report))))


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("map-fertiliser", "zh", "pdf"),
        ("map-fertiliser", "zh", "docx"),
        ("map-fertiliser", "zh", "html"),
        ("lfp-battery-pack", "en", "html"),
    ],
)
def test_every_number_of_the_json_stands_in_the_document(name: str, language: Language, form: str) -> None:
    said = text_of(name, language, form)
    result = sample.example_result(name)
    content = as_json(result, language)
    assert isinstance(content["by_stage"], dict)
    assert isinstance(content["by_kind"], dict)
    assert isinstance(content["by_gas"], dict)
    assert isinstance(content["contributions"], list)
    full = [content["total"], *content["by_stage"].values(), *content["by_kind"].values(), *content["by_gas"].values()]
    full += [row["value"] for row in content["contributions"]]
    missing = [value for value in full if str(value) not in said]
    assert not missing
    column, shares = Column(result.by_stage, result.total), Percentages(result.by_stage, result.total)
    for stage in result.by_stage:
        assert plain(f"{STAGES[stage].in_(language)}{column.text(stage)}{shares.text(stage)}") in said
    assert plain(shown(result.total)) in said
    assert result.result_hash in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_headline_range_and_shares_are_those_of_the_result(language: Language) -> None:
    result = sample.example_result("portland-cement")
    report = sample.example_report("portland-cement", language)
    (keys,) = (block for block in report.blocks if isinstance(block, KeyFigures))
    total, spread, primary, quality, gaps = keys.items
    assert (report.cover.headline, report.cover.headline_unit) == (shown(result.total), "kgCO₂e/t")
    assert (total.value, total.unit) == (shown(result.total), "kgCO₂e/t")
    assert result.uncertainty.low is not None
    assert result.uncertainty.high is not None
    assert spread.value == f"{shown(result.uncertainty.low)} – {shown(result.uncertainty.high)}"
    assert result.data_quality.overall is not None
    assert (quality.value, gaps.value) == (shown(result.data_quality.overall, 3), str(len(result.gaps)))
    assert result.primary_data_share is not None
    assert primary.value == f"{float(result.primary_data_share) * 100:.1f} %"


def test_a_stage_outside_the_boundary_has_no_number() -> None:
    report = sample.example_report("portland-cement", "zh")
    table = next(block for block in report.blocks if isinstance(block, Table))
    cells = {row.cells[0]: row.cells[1] for row in table.rows}
    assert cells["使用"] == cells["寿命终止"] == cells["分销运输"] == "未包括"


@pytest.mark.parametrize(("language", "words"), [("zh", "未说明"), ("en", "not stated")])
def test_a_kind_that_may_hide_in_what_is_not_split_is_not_stated_rather_than_zero(language: Language, words: str) -> None:
    report = sample.example_report("lfp-battery-pack", language)
    assert sample.example_result("lfp-battery-pack").by_kind["aircraft"] == 0
    assert sample.example_result("lfp-battery-pack").by_kind["unspecified"] > 0
    tables = [
        {row.cells[0]: row.cells[1] for row in block.rows if row.kind != "group"} for block in report.blocks if isinstance(block, Table)
    ]
    said = [rows[KINDS["aircraft"].in_(language)] for rows in tables if KINDS["aircraft"].in_(language) in rows]
    assert said == [words]
    rows = next(rows for rows in tables if KINDS["aircraft"].in_(language) in rows)
    assert all(KINDS[kind].in_(language) in rows for kind in assessment._KINDS)


def test_what_nobody_stated_is_said_to_be_not_stated() -> None:
    study = sample.study("portland-cement").model_copy(update={"about": None})
    processes = tuple(
        p.model_copy(update={"data": None, "inputs": tuple(i.model_copy(update={"data": None}) for i in p.inputs), "emissions": ()})
        for p in study.processes
    )
    report = sample.made(study.model_copy(update={"processes": processes, "rule": None}), "zh")
    keys = next(block for block in report.blocks if isinstance(block, KeyFigures))
    assert [item.value for item in keys.items[1:4]] == ["未说明", "未说明", "未说明"]
    assert report.cover.producer == "未说明"
    assert "0 %" not in keys.items[3].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_of_the_standard_are_there_in_order(language: Language) -> None:
    for name in sample.EXAMPLES:
        report = sample.example_report(name, language)
        chapters = [heading.number for heading in report.headings() if heading.level == 1]
        assert chapters[:5] == ["", "1", "2", "3", "4"]
        assert [number[-1] for number in chapters[5:]] == ["A", "B", "C", "D", "E"]
        sections = [heading.number for heading in report.headings() if heading.level == 2]
        assert sections == [f"{c}.{k}" for c, count in (("1", 5), ("2", 6), ("3", 5), ("4", 8)) for k in range(1, count + 1)]


def test_sections_that_the_text_refers_to_are_what_it_says() -> None:
    names = {heading.number: heading.text for heading in sample.example_report("portland-cement", "zh").headings()}
    assert (names["2.4"], names["4.6"], names["附录 B"], names["附录 C"]) == ("取舍及其影响", "数据缺口", "完整数值", "检查发现")


@pytest.mark.parametrize("name", sample.EXAMPLES)
def test_both_languages_say_the_same_things_with_the_same_numbers(name: str) -> None:
    zh, en = (sample.example_report(name, language) for language in LANGUAGES)
    assert [type(block) for block in zh.blocks] == [type(block) for block in en.blocks]
    for one, other in zip(zh.blocks, en.blocks, strict=True):
        if isinstance(one, Table) and isinstance(other, Table):
            assert len(one.rows) == len(other.rows)
            assert [c.align for c in one.columns] == [c.align for c in other.columns]
    headings = [block.text for block in en.blocks if isinstance(block, Heading)] + [
        b.caption for b in en.blocks if isinstance(b, Table | Figure)
    ]
    assert not [text for text in headings if re.search(r"[\u4e00-\u9fff]", text)]


def test_tables_figures_and_columns_are_complete() -> None:
    for report in [sample.example_report(name, language) for name in sample.EXAMPLES for language in LANGUAGES] + [
        sample.awkward_report("zh")
    ]:
        tables = [block for block in report.blocks if isinstance(block, Table)]
        figures = [block for block in report.blocks if isinstance(block, Figure)]
        assert [table.number.split()[-1] for table in tables] == [str(k) for k in range(1, len(tables) + 1)]
        assert [figure.number.split()[-1] for figure in figures] == [str(k) for k in range(1, len(figures) + 1)]
        assert all(figure.alt and figure.caption for figure in figures)
        assert all(len(row.cells) == len(table.columns) for table in tables for row in table.rows if row.kind != "group")


def test_a_demonstration_says_so_on_its_cover_every_page_and_in_the_summary() -> None:
    report = sample.example_report("portland-cement", "zh")
    assert "示范" in report.cover.mark
    assert "示范" in report.running_mark
    assert [block for block in report.blocks if isinstance(block, Callout) and block.kind == "demonstration"]
    real = sample.awkward_report("zh")
    assert real.cover.mark == ""
    assert not [block for block in real.blocks if isinstance(block, Callout) and block.kind == "demonstration"]


def test_gaps_stand_in_the_summary_and_with_their_size_in_chapter_four() -> None:
    report = sample.awkward_report("zh")
    gap = next(block for block in report.blocks if isinstance(block, Callout) and block.kind == "gap")
    assert "可能为 1.538 – 3.077 kgCO₂e" in gap.items[0]


def test_contracts_show_their_certificate_and_what_the_grid_would_give() -> None:
    report = sample.awkward_report("zh")
    result = sample.result(sample.awkward())
    assert result.grid_mix_total is not None
    texts = " ".join(getattr(block, "text", "") for block in report.blocks)
    assert shown(result.grid_mix_total) in texts
    cells = " ".join(cell for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells)
    assert "GEC-<1>" in cells
    assert "已核销" in cells


def test_a_factor_that_is_not_the_one_calculated_with_is_not_shown() -> None:
    study, result = sample.study("portland-cement"), sample.example_result("portland-cement")
    factors = result.manifest["factors"]
    assert isinstance(factors, dict)
    other = {**result.manifest, "factors": dict.fromkeys(factors, f"1+sha256:{'0' * 64}")}
    report = build_report(study, replace(result, manifest=other), None, "zh", issued=sample.ISSUED, analyses=Analyses((), None))
    cells = [cell for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    assert not [cell for cell in cells if "0.5777" in cell]
    assert [cell for cell in cells if cell == "未说明\nCN-EL-CF-2024-national"]


def test_the_report_does_not_depend_on_the_day_but_for_its_date() -> None:
    study, result = sample.study("map-fertiliser"), sample.example_result("map-fertiliser")
    days = [datetime.date(2026, 11, 20), datetime.date(2031, 2, 3)]
    one, other = (build_report(study, result, None, "en", issued=day, analyses=Analyses((), None)) for day in days)
    assert one.blocks == other.blocks
    assert one.cover != other.cover


def test_contents_come_before_the_first_chapter() -> None:
    assert isinstance(sample.example_report("portland-cement", "zh").blocks[0], Contents)
