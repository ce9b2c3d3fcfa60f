"""Public pages of factors: a page for every version, what changed, two versions side by side, citations, files."""

import csv
import datetime
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import zuji.library
from tests.integration.conftest import World
from zuji.formats.factors.bilingual import COLUMNS, reading, readings
from zuji.formats.factors.library import shipped_rows
from zuji.registry.factors import changes, operations, queries
from zuji.registry.factors.models import FactorVersion
from zuji.registry.footprints.method import Method
from zuji.registry.governance import comparing
from zuji.registry.refusals import NotFound

WORDS = Path(zuji.library.__file__).parent / "words"
MAP = "CHEN2015-MAP"
ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=datetime.UTC)


@pytest.fixture
def corrected(world: World, method: Method) -> None:
    """A version 2 of the MAP factor by a quarter higher, which supersedes the first; its source could be a formula."""
    factor = method.library.find(MAP)
    assert factor is not None
    again = replace(factor, version="2", value=factor.value * 5 / 4, source="=HYPERLINK(1)", digest="sha256:two", superseded_by=None)
    operations.publish_version(again, by="system", at=AT)
    old = FactorVersion.objects.get(factor_id=MAP, version="1")
    operations.set_standing(old, "superseded", by="system", at=AT, superseded_by=f"{MAP}@2", reason_code="corrected", reason="重新核算")


def test_the_old_version_keeps_its_page_and_says_what_became_of_it(corrected: None) -> None:
    browser = Client()
    page = browser.get(f"/factors/{MAP}@1/").content.decode()
    assert "已被取代" in page
    assert f"{MAP}@2" in page
    assert "重新核算" in page
    assert f"/factors/{MAP}/compare/2/1/" in page
    assert "This is not the newest version" in browser.get(f"/en/factors/{MAP}@1/").content.decode()
    assert browser.get(f"/factors/{MAP}/").headers["Location"] == f"/factors/{MAP}@2/"


def test_two_versions_differ_in_what_was_changed_and_nothing_else(corrected: None) -> None:
    found = comparing.compared(MAP, "1", "2")
    assert {field.key for field in found.fields} == {"value", "source"}
    assert found.value is not None
    assert str(found.value.percent) == "25.00"
    assert Fraction(found.value.absolute or "") == Fraction(found.after.value) - Fraction(found.before.value)
    back = comparing.compared(MAP, "2", "1")
    assert [(field.after, field.before) for field in found.fields] == [(field.before, field.after) for field in back.fields]
    assert [Fraction(each.absolute or "") for each in found.parts] == [-Fraction(each.absolute or "") for each in back.parts]
    same = comparing.compared(MAP, "1", "1")
    assert (same.fields, {each.absolute for each in same.parts}) == ((), {"0"})
    page = Client().get(f"/en/factors/{MAP}/compare/1/2/").content.decode()
    assert "2 differ" in page
    assert "+25.00 %" in page
    with pytest.raises(NotFound):
        comparing.compared(MAP, "1", "none")


def test_a_value_in_another_unit_is_compared_where_it_was_only_scaled(corrected: None, method: Method) -> None:
    factor = method.library.find(MAP)
    assert factor is not None
    # Per tonne in place of per kilogram, a thousand times the number: the same value. Per kilowatt-hour: nothing to compare.
    scaled = tuple(replace(part, kg=part.kg * 1000) for part in factor.parts)
    tonne = replace(factor, version="3", value=factor.value * 1000, unit="kgCO2e/t P2O5", per="t P2O5", parts=scaled, digest="sha256:3")
    power = replace(factor, version="4", unit="kgCO2e/kWh", per="kWh", digest="sha256:4")
    for each in (tonne, power):
        operations.publish_version(each, by="system", at=AT)
    found = comparing.compared(MAP, "1", "3")
    assert found.value is not None
    assert (found.value.absolute, str(found.value.percent), found.value.before) == ("0", "0.00", found.value.after)
    other = comparing.compared(MAP, "1", "4")
    assert (other.value, other.parts) == (None, ())
    assert "cannot be subtracted" in Client().get(f"/en/factors/{MAP}/compare/1/4/").content.decode()


def test_the_record_of_changes_its_feed_and_the_interface_tell_the_same(corrected: None) -> None:
    browser = Client()
    listed = changes.changes().rows
    assert [row.state for row in listed].count("superseded") == 1
    assert max(row.added for row in listed if row.state == changes.LOADED) > 500
    feed = ET.fromstring(browser.get("/factors/changes/feed.atom").content)  # noqa: S314  # our own answer
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(listed)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert all(entry.find(f"{ATOM}link") is not None and entry.findtext(f"{ATOM}updated") for entry in entries)
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    told = browser.get("/v1/factors/changes").json()["changes"]
    assert [(row["state"], row["reference"]) for row in told] == [(row.state, row.reference) for row in listed]
    assert f"{MAP}@1" in browser.get("/factors/changes/").content.decode()


def test_a_correction_says_what_it_replaces_and_why(corrected: None) -> None:
    rows = changes.changes(factor=MAP).rows
    assert [(row.kind, row.reference, row.replaces, row.superseded_by, row.reason) for row in rows] == [
        ("superseded", f"{MAP}@1", "", f"{MAP}@2", "重新核算"),
        ("corrected", f"{MAP}@2", f"{MAP}@1", "", "重新核算"),
    ]
    page = Client().get(f"/en/factors/changes/?factor={MAP}").content.decode()
    assert f"/en/factors/{MAP}/compare/1/2/" in page
    assert "2 in all" in page
    assert Client().get(f"/v1/factors/changes?factor={MAP}&kind=corrected").json()["total"] == 1


def test_pages_of_the_record_joined_are_the_whole_record_whatever_their_size_and_kind(world: World, method: Method) -> None:
    factor = method.library.find(MAP)
    assert factor is not None
    loaded = changes.changes().rows[0].at
    for number in range(7):  # before, at and after the load, one of them new, three withdrawn and two expired
        id_ = "NEW-1" if number == 6 else MAP
        again = replace(factor, id=id_, version=f"1{number}", digest=f"sha256:{number}", superseded_by=None)
        at = loaded + datetime.timedelta(days=number - 3)
        row = operations.publish_version(again, by="system", at=at)
        if number % 2:
            operations.set_standing(row, "revoked", by="system", at=at, reason_code="data-error", reason="有误")
        if number > 4:
            operations.set_standing(row, "expired", by="system", at=at)
    for kind, count in {"": 13, "added": 1, "corrected": 6, "withdrawn": 3, "expired": 2, "superseded": 0, "loaded": 1}.items():
        whole = changes.changes(kind=kind, size=100)
        assert (whole.total, {row.kind for row in whole.rows} - {kind}) == (count, set() if kind else {row.kind for row in whole.rows})
        assert [row.at for row in whole.rows] == sorted((row.at for row in whole.rows), reverse=True)
        for size in (1, 2, 3, 5):
            pages = [changes.changes(kind=kind, size=size, page=page + 1) for page in range(-(-count // size))]
            assert [row.key for page in pages for row in page.rows] == [row.key for row in whole.rows]
    answer = Client().get("/factors/changes/feed.atom?kind=withdrawn").content
    feed = ET.fromstring(answer)  # noqa: S314  # our own answer
    assert [each.get("term") for each in feed.iter(f"{ATOM}category")] == ["withdrawn"] * 3


def test_the_record_takes_five_queries_however_long_it_is(corrected: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        changes.changes()
    assert len(seen) == 5


def test_files_hold_every_digit_and_run_nothing(corrected: None) -> None:
    browser = Client()
    answer = browser.get(f"/factors/{MAP}@2/factor.csv")
    rows = dict(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:])
    assert rows["value"] == FactorVersion.objects.get(factor_id=MAP, version="2").value
    assert rows["source"] == "'=HYPERLINK(1)"
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(browser.get(f"/factors/{MAP}@2/factor.json").content)
    assert (data["value"], data["source"]) == (rows["value"], "=HYPERLINK(1)")
    listed = list(csv.reader(io.StringIO(browser.get("/factors/found.csv?q=纯碱").content.decode("utf-8-sig"))))
    assert listed[0][:2] == ["id", "version"]
    assert "CPCD-34240B0022014A" in {row[0] for row in listed[1:]}


def test_a_version_is_cited_in_three_ways(world: World) -> None:
    page = Client().get("/factors/CPCD-34240B0022014A@1/").content.decode()
    assert "[DB/OL]" in page
    assert "@misc{CPCD-34240B0022014A-1," in page
    assert "http://testserver/factors/CPCD-34240B0022014A@1/" in page


def test_what_says_the_same_in_both_languages_is_shown_in_that_of_the_page(world: World) -> None:
    sheet = queries.sheet("CN-EL-CO2-2023-national", "1")
    assert sheet.noted.zh.startswith("口径为CO2")
    assert sheet.noted.en == "CO2 only, generation stage, not a life-cycle factor."
    chinese, english = (Client().get(f"{tongue}/factors/CN-EL-CO2-2023-national@1/").content.decode() for tongue in ("", "/en"))
    assert "CO2 only, generation" in english
    assert "口径为CO2" not in english
    assert "CO2 only, generation" not in chinese
    for note in FactorVersion.objects.exclude(note="").values_list("note", flat=True):
        both = reading(note)
        assert set("".join(both.zh.split())) | set("".join(both.en.split())) == set("".join(note.split())), "nothing is lost"


def test_what_is_read_in_two_languages_stands_in_the_library(world: World) -> None:
    kept = {text for column in COLUMNS for text in FactorVersion.objects.values_list(column, flat=True)}
    table = {row["text"] for row in csv.DictReader(io.StringIO((WORDS / "readings.csv").read_text("utf-8")))}
    written = {row[column] for row in shipped_rows() for column in COLUMNS}
    assert table <= written
    assert {text for text in readings() if text not in table} <= kept
    assert all(both.zh and both.en for both in readings().values())
