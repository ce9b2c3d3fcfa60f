"""The analyses of a dataset: every list sums to its number, what is not stated is not invented, and two releases differ by what was changed."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.integration.inventories import BROKEN, FORGE, MILL, PLANT, QUARRY, SOURCE, files, imported, uncertain
from zuji.importing import Imported
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.inventory import analysis, operations
from zuji.registry.inventory.models import Dataset
from zuji.registry.refusals import NotFound, Refused

POWER_VALUE = (0.9 / 3.6 + 0.01 / 3.6 * 1.9) / (1 - 1.8 * 0.01 / 3.6)  # kgCO2e/MJ: power and steel need each other
STEEL_VALUE = 1.9 + 1.8 * POWER_VALUE


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Imported]:
    cleaner = files()["ILCD/processes/plant.xml"].replace(b">0.9<", b">0.6<")
    return {
        "stated": imported(tmp_path_factory.mktemp("stated"), uncertain()),
        "plain": imported(tmp_path_factory.mktemp("plain")),
        "cleaner": imported(tmp_path_factory.mktemp("cleaner"), {"ILCD/processes/plant.xml": cleaner}),
    }


@pytest.fixture
def releases(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, read: dict[str, Imported]) -> dict[str, str]:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")
    return {name: operations.store(viewer=SYSTEM, imported=one, source=replace(SOURCE, edition=name)).code for name, one in read.items()}


def number(release: str, uuid: str) -> int:
    return Dataset.objects.get(release=release, uuid=uuid).number


def page(path: str, status: int = 200, **query: str | int) -> str:
    answer = Client().get(path, query)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def rows(text: str, width: int) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if len(row) == width][1:]


def place(release: str, uuid: str, prefix: str = "") -> str:
    return f"{prefix}/inventory/{release}/{number(release, uuid)}/AR6/"


def test_the_paths_and_the_rest_are_the_number(releases: dict[str, str]) -> None:
    found = analysis.analysis(releases["plain"], number(releases["plain"], MILL), viewer=SYSTEM)
    assert found is not None
    assert found.total == pytest.approx(STEEL_VALUE, rel=1e-12)
    assert [row.uuid for row in found.paths[0].chain] == [MILL]
    assert [row.uuid for row in found.paths[1].chain] == [MILL, PLANT]
    assert [row.uuid for row in found.paths[2].chain] == [MILL, PLANT, MILL]
    assert found.paths[1].value == pytest.approx(1.8 * 0.9 / 3.6)
    assert sum(path.value for path in found.paths) + found.path_rest == pytest.approx(found.total, rel=1e-13)
    told = rows(page(place(releases["plain"], MILL) + "analysis/paths.csv"), 3)
    assert sum(float(row[1]) for row in told[:-1]) == pytest.approx(float(told[-1][1]), rel=1e-12)


def test_without_stated_spreads_nothing_is_called_uncertainty(releases: dict[str, str]) -> None:
    for prefix, said in (("", "没有为任何数写明不确定性"), ("/en", "states no uncertainty for any number")):
        shown = page(place(releases["plain"], MILL, prefix) + "analysis/")
        assert said in shown
        assert "analysis/budget.json" not in shown
        assert "−10 %" in shown
    page(place(releases["plain"], MILL) + "analysis/budget.json", 404)
    found = analysis.analysis(releases["plain"], number(releases["plain"], MILL), viewer=SYSTEM)
    assert found is not None
    assert (found.stated, found.budget, found.range95) == (0, None, None)
    direct = next(one for one in found.swings if one.place.supplier is None and one.place.consumer.uuid == PLANT)
    emitted = 0.09 / 3.6 * 1.8 / (1 - 1.8 * 0.01 / 3.6)
    assert direct.low == pytest.approx(STEEL_VALUE - emitted)
    assert direct.high == pytest.approx(STEEL_VALUE + emitted)
    need = next(one for one in found.swings if one.place.supplier is not None and one.place.consumer.uuid == MILL)
    assert need.high == pytest.approx((1.9 + 1.98 * 0.25) / (1 - 1.98 * 0.01 / 3.6), rel=1e-12)  # the loop runs through it


def test_stated_spreads_make_ranges_a_budget_and_runs(releases: dict[str, str]) -> None:
    found = analysis.analysis(releases["stated"], number(releases["stated"], MILL), viewer=SYSTEM)
    assert found is not None
    assert found.stated == 2
    assert found.budget is not None
    assert found.range95 is not None
    assert {(one.consumer.uuid, one.supplier.uuid if one.supplier else "") for one in found.budget_places} == {(PLANT, ""), (MILL, PLANT)}
    assert sum(share.share for share in found.budget.shares) + found.budget.rest == pytest.approx(1)
    assert found.total == pytest.approx(STEEL_VALUE)
    deviation = found.budget.relative_sd * found.total
    assert found.range95[0] == pytest.approx(found.total - 1.96 * deviation, abs=deviation / 4)
    assert found.range95[1] == pytest.approx(found.total + 1.96 * deviation, abs=deviation / 4)
    assert {one.place.consumer.uuid for one in found.swings} == {PLANT, MILL}
    shown = page(place(releases["stated"], MILL) + "analysis/")
    for said in ("2.5 %", "占方差", "写有分布", "analysis/budget.json"):
        assert said in shown, said
    told = rows(page(place(releases["stated"], MILL) + "analysis/budget.csv"), 2)
    assert sum(float(row[1]) for row in told[:-1]) == pytest.approx(100)


def test_two_datasets_are_compared_on_the_same_draws(releases: dict[str, str]) -> None:
    stated = releases["stated"]
    found = analysis.analysis(stated, number(stated, MILL), viewer=SYSTEM, against=number(stated, FORGE))
    assert found is not None
    assert found.paired is not None
    assert found.paired.found is not None
    assert found.paired.found.lower == 1.0  # a bolt takes 1.1 of the same steel, and has emissions of its own
    assert found.paired.found.runs == analysis.RUNS
    shown = page(place(stated, MILL, "/en") + "analysis/", against=number(stated, FORGE))
    assert "In 100.0 % of the runs this dataset is lower" in shown
    option = json.loads(page(place(stated, MILL) + "analysis/paired.json", against=number(stated, FORGE)))
    assert sum(bar["value"] for bar in option["series"][0]["data"]) == analysis.RUNS
    page(place(stated, MILL) + "analysis/paired.json", 404)
    assert "单位不同" in page(place(stated, MILL) + "analysis/", against=number(stated, PLANT))
    assert "没有数值" in page(place(stated, MILL) + "analysis/", against=number(stated, BROKEN))
    assert "没有逐次比较" in page(place(releases["plain"], MILL) + "analysis/", against=number(releases["plain"], FORGE))
    listed = page(place(stated, MILL) + "analysis/", find="螺栓")
    assert f"?against={number(stated, FORGE)}#paired" in listed
    page(place(stated, MILL) + "analysis/", 404, against=999)


def test_charts_are_drawn_and_their_files_say_whose_they_are(releases: dict[str, str]) -> None:
    here = place(releases["stated"], MILL) + "analysis/"
    for chart in ("paths", "swings", "budget"):
        drawing = Client().get(here + f"{chart}.svg", {"download": ""})
        assert ET.fromstring(drawing.content).tag.endswith("svg")  # noqa: S314  # our own drawing
        assert SOURCE.licence.encode() in drawing.content
        assert "sandbox" in drawing.headers["Content-Security-Policy"]
        assert f"{chart}.svg" in drawing.headers["Content-Disposition"]
    for wrong in ("other.json", "paths.xml"):
        page(here + wrong, 404)
    page(place(releases["plain"], BROKEN) + "analysis/paths.json", 404)
    assert "没有数值，无从分析" in page(place(releases["plain"], BROKEN) + "analysis/")
    page(f"/inventory/{releases['plain']}/1/AR4/analysis/", 404)


def test_two_releases_differ_by_what_was_changed(releases: dict[str, str]) -> None:
    """The plant emits a third less in the one: all of the difference of steel is that factor, through the loop."""
    before, after = releases["plain"], releases["cleaner"]
    found = analysis.change(after, number(after, MILL), before, viewer=SYSTEM)
    assert found.before == pytest.approx(STEEL_VALUE)
    assert found.by_cause == {"factor": pytest.approx(found.after - found.before)}
    assert found.after - found.before == pytest.approx(-0.3 / 3.6 * 1.8 / (1 - 1.8 * 0.01 / 3.6))
    (line,) = found.lines
    assert (line.place.consumer.uuid, line.place.supplier) == (PLANT, None)
    assert line.before == pytest.approx(0.25)
    assert line.after == pytest.approx(0.6 / 3.6)
    here = f"/inventory/{after}/{number(after, MILL)}/AR6/since/{before}/"
    for prefix, said in (("", "因子"), ("/en", "Factors")):
        shown = page(prefix + here)
        assert said in shown
        assert re.search(r"difference\.json", shown)
    told = rows(page(here + "difference.csv"), 5)
    assert sum(float(row[4]) for row in told[:-1]) == pytest.approx(float(told[-1][4]), rel=1e-12)
    assert json.loads(page(here + "difference.json"))["series"]
    assert ET.fromstring(page(here + "difference.svg")).tag.endswith("svg")  # noqa: S314  # our own drawing
    assert f"/since/{before}/" in page(place(after, MILL) + "analysis/")
    nothing = analysis.change(releases["stated"], number(releases["stated"], MILL), before, viewer=SYSTEM)
    assert (nothing.by_cause, nothing.lines) == ({}, ())
    assert "没有任何不同" in page(f"/inventory/{releases['stated']}/{number(releases['stated'], MILL)}/AR6/since/{before}/")


def test_a_release_without_the_dataset_says_so(releases: dict[str, str]) -> None:
    plain = releases["plain"]
    with pytest.raises(Refused):
        analysis.change(plain, number(plain, BROKEN), releases["stated"], viewer=SYSTEM)
    with pytest.raises(NotFound):
        analysis.change(plain, number(plain, MILL), "0" * 16, viewer=SYSTEM)
    page(f"/inventory/{plain}/{number(plain, MILL)}/AR6/since/{'0' * 16}/", 404)
    shown = page(f"/inventory/{plain}/{number(plain, BROKEN)}/AR6/since/{releases['stated']}/")
    assert "没有在两个版本中都有数值" in shown


def test_analyses_of_what_is_not_public_look_missing(releases: dict[str, str], read: dict[str, Imported]) -> None:
    closed = operations.store(viewer=SYSTEM, imported=read["stated"], source=replace(SOURCE, name="专有", public=False)).code
    plain, mill = releases["plain"], number(releases["plain"], MILL)
    for path in ("analysis/", "analysis/paths.json", "analysis/paths.csv", f"since/{plain}/", f"since/{plain}/difference.svg"):
        page(f"/inventory/{closed}/{mill}/AR6/{path}", 404)
    page(f"/inventory/{plain}/{mill}/AR6/since/{closed}/", 404)
    assert closed not in page(f"/inventory/{plain}/{mill}/AR6/analysis/")
    assert QUARRY  # a dataset without inputs has paths too
    assert analysis.analysis(plain, number(plain, QUARRY), viewer=SYSTEM) is not None
