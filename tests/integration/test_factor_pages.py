"""Public pages of factors: a page for every version, what changed, two versions side by side, citations, files."""

import csv
import datetime
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.integration.conftest import World
from zuji.formats.factors.bilingual import parted
from zuji.registry.factors import changes, differences, operations, queries
from zuji.registry.factors.models import FactorVersion
from zuji.registry.footprints.method import Method
from zuji.registry.refusals import NotFound

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
    found = differences.difference(MAP, "1", "2")
    assert {field.name for field in found.fields if not field.same} == {"value", "source", "digest"}
    assert str(found.percent) == "25.00"
    back = differences.difference(MAP, "2", "1")
    assert [(field.after, field.before) for field in found.fields] == [(field.before, field.after) for field in back.fields]
    assert differences.difference(MAP, "1", "1").changed == 0
    page = Client().get(f"/en/factors/{MAP}/compare/1/2/").content.decode()
    assert "3 differ" in page
    assert "25.00" in page
    with pytest.raises(NotFound):
        differences.difference(MAP, "1", "none")


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


def test_the_record_takes_two_queries(corrected: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        changes.changes()
    assert len(seen) == 2


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


def test_notes_are_parted_only_where_both_languages_say_the_same(world: World) -> None:
    sheet = queries.sheet("CN-EL-CO2-2023-national", "1")
    assert sheet.noted.zh.startswith("口径为CO2")
    assert sheet.noted.en == "CO2 only, generation stage, not a life-cycle factor."
    assert "CO2 only" in Client().get("/en/factors/CN-EL-CO2-2023-national@1/").content.decode()
    for note in FactorVersion.objects.exclude(note="").values_list("note", flat=True):
        both = parted(note)
        assert set("".join(both.zh.split())) | set("".join(both.en.split())) == set("".join(note.split())), "nothing is lost"
