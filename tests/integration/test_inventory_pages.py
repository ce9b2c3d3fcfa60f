"""The pages of a basic database: every number with its standing, what is kept out with its reason, and nothing that is not public."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.integration.inventories import BROKEN, FORGE, MILL, QUARRY, SILENT, SOURCE, imported
from zuji.importing import Imported
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.inventory import operations
from zuji.registry.inventory.models import Dataset, Release


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported(tmp_path_factory.mktemp("database"))


@pytest.fixture
def release(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, read: Imported) -> str:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")
    return operations.store(viewer=SYSTEM, imported=read, source=SOURCE).code


def page(path: str, **query: str) -> str:
    answer = Client().get(path, query)
    assert answer.status_code == 200, path
    return answer.content.decode()


def of(release: str, uuid: str, prefix: str = "") -> str:
    return f"{prefix}/inventory/{release}/{Dataset.objects.get(release=release, uuid=uuid).number}/"


def test_without_a_release_the_page_says_how_to_import(db: None) -> None:
    assert "zuji import ilcd" in page("/inventory/")
    assert "No database has been imported" in page("/en/inventory/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_release_says_what_came_in_and_what_did_not(release: str, prefix: str) -> None:
    assert f"{prefix}/inventory/{release}/" in page(f"{prefix}/inventory/")
    shown = page(f"{prefix}/inventory/{release}/")
    for said in ("reference.zero", "CC0-1.0", "only-provider", "足迹", Release.objects.get(code=release).background):
        assert said in shown, said
    assert "<b>" not in shown.partition("<main")[2].replace("<br>", ""), "names are escaped"
    assert ("有缺口" if not prefix else "gaps") in shown


def test_the_list_is_searched_and_narrowed(release: str) -> None:
    found = page(f"/inventory/{release}/", q="炼钢")
    assert of(release, MILL) in found
    assert of(release, BROKEN) not in found
    assert of(release, BROKEN) in page(f"/inventory/{release}/", standing="refused")
    assert "没有符合条件的数据集" in page(f"/inventory/{release}/", q="没有这个")
    assert of(release, MILL) in page(f"/inventory/{release}/", page="99", standing="bad")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_usable_dataset_shows_number_parts_flow_and_suppliers(release: str, prefix: str) -> None:
    shown = page(of(release, MILL, prefix))
    assert "2.361" in shown  # (1.9 + 1.8 × 0.25) / (1 − 1.8 × 0.01 / 3.6)
    for said in ("AR5", "data-option", "10⁻", of(release, "bbbbbbbb-0000-4000-8000-000000000002", prefix)):
        assert said in shown, said
    assert ("处循环被切开" if not prefix else "Loops cut open: 1") in shown


def test_a_gap_is_said_beside_the_number_and_beside_the_line(release: str) -> None:
    shown = page(of(release, FORGE))
    assert "只是已知部分之和" in shown
    assert "缺口：库中没有供应数据集" in shown
    assert "1 / 2" in shown
    assert "只是这个过程自身的排放" in page(of(release, QUARRY))


@pytest.mark.parametrize("uuid", [SILENT, BROKEN])
def test_where_there_is_no_number_none_is_shown(release: str, uuid: str) -> None:
    shown = page(of(release, uuid))
    assert "bigvalue" not in shown
    assert "data-option" not in shown
    for file in ("AR6/flow.json", "AR6/flow.svg", "AR6/parts.csv"):
        assert Client().get(of(release, uuid) + file).status_code == 404


def test_the_drawing_and_its_tables_tell_the_same(release: str) -> None:
    place = of(release, MILL)
    option = json.loads(page(place + "AR6/flow.json"))
    (series,) = option["series"]
    into = [link["value"] for link in series["links"] if link["target"] == "product"]
    assert into == pytest.approx([2.361809045226131], rel=1e-9)
    assert sum(link["value"] for link in series["links"] if link["source"] == "own") == pytest.approx(into[0], rel=1e-9)
    assert ET.fromstring(page(place + "AR6/flow.svg")).tag.endswith("svg")  # noqa: S314  # our own drawing
    ribbons = list(csv.reader(io.StringIO(page(place + "AR6/flow.csv").lstrip("\ufeff"))))
    assert sum(len(row) == 3 for row in ribbons) == len(series["links"]) + 1
    parts = page(place + "AR6/parts.csv")
    assert "2.36180904522613" in parts
    emitted = [row[3] for row in csv.reader(io.StringIO(page(place + "AR6/contributions.csv"))) if len(row) == 5][1:]
    assert sum(map(float, emitted[:-1])) == pytest.approx(float(emitted[-1]), rel=1e-12)
    assert SOURCE.licence in parts
    for wrong in ("AR4/flow.json", "AR6/other.csv"):
        assert Client().get(place + wrong).status_code == 404


def test_what_is_not_public_looks_missing(release: str, read: Imported) -> None:
    closed = operations.store(viewer=SYSTEM, imported=read, source=replace(SOURCE, name="专有", public=False)).code
    number = Dataset.objects.get(release=closed, uuid=MILL).number
    for path in ("", f"{number}/", f"{number}/AR6/flow.json", f"{number}/AR6/flow.svg", f"{number}/AR6/parts.csv"):
        hidden, missing = Client().get(f"/inventory/{closed}/{path}"), Client().get(f"/inventory/{'0' * 16}/{path}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    assert "专有" not in page("/inventory/")


def test_altered_files_show_the_datasets_and_no_number(release: str, tmp_path: Path) -> None:
    from zuji.registry.inventory.solved import _opened  # noqa: PLC0415  # only this test forgets what was opened

    place = tmp_path / "background" / Release.objects.get(code=release).background / "values.npy"
    content = bytearray(place.read_bytes())
    content[-1] ^= 1
    place.write_bytes(content)
    _opened.cache_clear()
    assert "不显示任何数值" in page(of(release, MILL))
    shown = page(f"/inventory/{release}/")
    assert "求解文件丢失或被改动" in shown
    assert "2.36" not in shown


@pytest.mark.parametrize("path", ["0/", "99999999999999999999/", "7/"])
def test_a_number_that_is_none_is_a_missing_page(release: str, path: str) -> None:
    assert Client().get(f"/inventory/{release}/{path}").status_code == 404


def test_a_page_asks_the_database_a_fixed_number_of_questions(release: str, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture
        page(of(release, MILL))
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # the same
        page(f"/inventory/{release}/")


def test_every_release_keeps_its_page_is_cited_and_given_as_data(release: str, read: Imported) -> None:
    later = operations.store(viewer=SYSTEM, imported=read, source=replace(SOURCE, edition="2")).code
    operations.store(viewer=SYSTEM, imported=read, source=replace(SOURCE, edition="3", public=False))
    operations.store(viewer=SYSTEM, imported=read, source=replace(SOURCE, name="另一个", edition="9"))
    old, new = page(f"/en/inventory/{release}/"), page(f"/en/inventory/{later}/")
    assert "This is not the newest release" in old
    assert "This is not the newest release" not in new
    for shown in (old, new):
        assert f'href="/en/inventory/{release}/"' in shown
        assert f'href="/en/inventory/{later}/"' in shown
    data = json.loads(page(f"/inventory/{release}/release.json"))
    assert (data["zuji"], data["code"], data["releases"]) == ("inventory-release/1", release, [later, release])
    assert sum(data["standings"].values()) == data["counts"]["read"] == Release.objects.get(code=release).datasets
    for address, key in ((f"/inventory/{release}/", f"@misc{{zuji-{release},"), (of(release, MILL), f"@misc{{zuji-{release}-")):
        shown = page(address)
        assert key in shown
        assert f"http://testserver{address}" in shown
        assert "[DB/OL]" in shown
    beside = page(of(release, MILL, "/en"))
    assert of(later, MILL, "/en") in beside
    assert "same content" in beside


def test_a_dataset_as_data_has_the_number_of_its_page_and_null_where_there_is_none(release: str) -> None:
    data = json.loads(page(of(release, MILL) + "dataset.json"))
    row = Dataset.objects.get(release=release, uuid=MILL)
    assert (data["uuid"], data["digest"], data["release"]["code"]) == (MILL, row.digest, release)
    parts = [Decimal(value) for name, value in data["values"].items() if name.startswith("AR6/") and name != "AR6/total"]
    assert abs(sum(parts) - Decimal(data["values"]["AR6/total"])) < Decimal("1e-9")
    assert len(data["exchanges"]) == page(of(release, MILL, "/en")).count('data-name="Direction"')
    refused = json.loads(page(of(release, BROKEN) + "dataset.json"))
    assert (refused["standing"], refused["values"], refused["direct"], refused["complete"]) == ("refused", None, None, None)
    assert refused["reasons"]
