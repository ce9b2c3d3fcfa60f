"""A result's charts as files, its brief page, its recalculation, and two results side by side: as pages."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET  # reads only what this program drew

import pytest
from django.test import Client

import zuji.web
from tests import cast
from tests.integration.conftest import World
from tests.integration.test_pages import CHARTS, Elements
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.footprints import operations
from zuji.registry.footprints.operations import Calculation

Calculate = Callable[..., Calculation]
STATIC = Path(zuji.web.__file__).parent / "static"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def second(world: World, calculated: Calculate) -> str:
    """A published second version: less clinker, and a gap closed."""
    changed = calculated({'clinker_ratio: "0.780"': 'clinker_ratio: "0.760"'})
    return operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=changed, public=True)


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_a_file_with_its_title_and_its_provenance(world: World, chart: str, prefix: str) -> None:
    answer = Client().get(f"{prefix}/footprints/{world.public}/charts/{chart}.svg?download")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="portland-cement.{chart}.svg"'
    root = ET.fromstring(answer.content)  # noqa: S314 - our own drawing
    words = " ".join(text for element in root.iter(f"{SVG}text") for text in element.itertext())
    assert world.result.result_hash in words
    assert "zuji 0." in words
    assert "AR6@1" in words
    assert "cement@1.0.0" in words
    assert "2026-11-01" in words
    assert all((element.text or "").strip() for name in ("title", "desc") for element in root.iter(SVG + name))
    assert len(list(root.iter(f"{SVG}title"))) == 1


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_a_table_with_its_provenance(world: World, chart: str) -> None:
    answer = Client().get(f"/footprints/{world.public}/charts/{chart}.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="portland-cement.{chart}.csv"'
    rows = rows_of(answer.content)
    assert any(world.result.result_hash in cell for row in rows for cell in row)
    assert Client().get(f"/footprints/{world.public}/charts/nothing.csv").status_code == 404


@pytest.mark.parametrize(("chart", "column"), [("stages", 1), ("contributions", 3), ("inputs", 1)])
def test_the_parts_in_a_file_sum_to_the_total(world: World, chart: str, column: int) -> None:
    rows = rows_of(Client().get(f"/footprints/{world.public}/charts/{chart}.csv").content)
    table = rows[1 : rows.index([])]
    numbers = [Decimal(row[column]) for row in table]
    assert sum(numbers[:-1]) == numbers[-1] == world.result.total


def test_hostile_names_stay_inert_in_files(world: World, calculated: Calculate) -> None:
    hostile = calculated(
        {"{zh: 烟煤燃烧, en: bituminous coal combustion}": '{zh: "=cmd()", en: "@SUM(A1)"}', "id: portland-cement": "id: risky"}
    )
    code = operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=hostile, public=True)
    for prefix in ("", "/en"):
        for chart in ("contributions", "inputs", "flows"):
            cells = [cell for row in rows_of(Client().get(f"{prefix}/footprints/{code}/charts/{chart}.csv").content) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
            assert [cell for cell in cells if cell.startswith(("'=cmd", "'@SUM"))]


def test_an_item_has_one_number_on_the_whole_page(world: World) -> None:
    """The tables of contributions, of the treemap and of the ribbons show each item with the same figures."""
    page = Client().get(f"/footprints/{world.public}/").content.decode()
    tables = [table for table in re.findall(r"<table.*?</table>", page, re.DOTALL) if table.count('scope="col"') >= 3]
    shown: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for name, cells in re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', table, re.DOTALL):
            for full, text in re.findall(r'title="(-?[\d.]+)">([^<]*)<', cells):
                shown.setdefault((name.partition("（小于零")[0], full), set()).add(text)
    labelled = {(c.label.zh, format(c.value, "f")) for c in world.result.contributions} & shown.keys()
    assert len(labelled) > 10
    assert {key: texts for key, texts in shown.items() if key in labelled and len(texts) > 1} == {}


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_the_brief_page_is_small_and_whole_without_a_script(world: World, prefix: str) -> None:
    page = Client().get(f"{prefix}/footprints/{world.public}/brief/").content
    elements = Elements(page.decode()).found
    assert [tag for tag, _ in elements if tag in {"script", "style", "iframe"}] == []
    files = [str(a.get("href") or a.get("src")) for tag, a in elements if tag in {"link", "img"} and (a.get("href") or a.get("src"))]
    loaded = [(STATIC / name.removeprefix("/static/")).read_bytes() for name in files if name.startswith("/static/")]
    assert len(loaded) == len([name for name in files if not name.startswith(("/en/", "http"))]) >= 2
    raw = len(page) + sum(map(len, loaded))
    packed = len(gzip.compress(page)) + sum(len(gzip.compress(data)) for data in loaded)
    assert raw < 20_000, raw
    assert packed < 10_000, packed
    text = page.decode()
    for expected in (world.result.result_hash, "cement@1.0.0", "2026-11-01", "CO₂e", f'href="{prefix}/footprints/{world.public}/"'):
        assert expected in text
    assert ("示范，不是真实产品" if not prefix else "Demonstration, not a real product") in text
    assert f"{len(world.result.gaps)} " in text


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_the_recalculation_shows_both_numbers_and_says_that_they_agree(world: World, prefix: str) -> None:
    page = Client().get(f"{prefix}/footprints/{world.public}/reproduce/").content.decode()
    assert page.count(format(world.result.total, "f")) >= 2
    assert page.count(world.result.result_hash) >= 2
    assert ("一致" if not prefix else "It agrees") in page
    assert "badge error" not in page


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_two_versions_stand_side_by_side_and_their_parts_sum(world: World, second: str, prefix: str) -> None:
    client = Client()
    path = f"{prefix}/compare/{world.public}/{second}/"
    page = client.get(path).content.decode()
    assert ("差值的来源" if not prefix else "Where the difference comes from") in page
    rows = rows_of(client.get(f"{path}drivers.csv").content)
    table = rows[1 : rows.index([])]
    numbers = [Decimal(row[1]) for row in table]
    assert numbers[0] == world.result.total
    assert sum(numbers[:-1]) == numbers[-1]
    assert all(f'title="{row[1]}"' in page for row in table)
    option = json.loads(client.get(f"{path}drivers.json").content)
    assert len(option["yAxis"]["data"]) == len(table)
    assert client.get(f"{path}drivers.svg").content.startswith(b"<svg")
    assert world.result.result_hash in client.get(f"{path}drivers.svg?download").content.decode()


def test_the_other_versions_are_offered_on_the_page_of_a_result(world: World, second: str) -> None:
    client = Client()
    assert f'<option value="{world.public}">' in client.get(f"/footprints/{second}/").content.decode()
    for code, other in ((second, world.public), (world.public, second)):
        answer = client.get(f"/footprints/{code}/compare/", {"other": other})
        assert answer.headers["Location"] == f"/compare/{world.public}/{second}/"
    assert client.get(f"/footprints/{second}/compare/", {"other": "zzzzzzzzzz"}).status_code == 200
    assert client.get(f"/footprints/{second}/compare/", {"other": world.private}).status_code == 200


def test_what_cannot_be_compared_says_why_and_gives_no_difference(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.VIEWER)
    path = f"/en/compare/{world.public}/{world.private}/"
    page = client.get(path).content.decode()
    assert "These two results cannot be compared" in page
    assert "different product" in page
    assert "drivers.svg" not in page
    assert [client.get(f"{path}drivers.{form}").status_code for form in ("json", "svg", "csv")] == [404, 404, 404]


def test_a_comparison_needs_sight_of_both(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.RIVAL_OWNER)
    for one, other in ((world.public, world.private), (world.private, world.public)):
        hidden = client.get(f"/compare/{one}/{other}/")
        missing = client.get(f"/compare/{one}/{other}/".replace(world.private, "zzzzzzzzzz"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
