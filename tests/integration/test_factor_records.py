"""What everybody may read of a version that was reviewed here, of one that came with the product, and of what one does in the other's place."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.dossiers import BLEND, DAY, MAP, NOW, PAGE, PAPER, PREVIEW, Way
from tests.integration.conftest import TODAY, World
from zuji.engine.canonical import digest
from zuji.engine.factors import FactorPart
from zuji.formats.study import read_study
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.factors import operations as factors
from zuji.registry.factors import queries
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.models import Footprint
from zuji.registry.footprints.operations import Calculation
from zuji.registry.governance import operations, records, sheets
from zuji.registry.governance.models import Dossier, Step
from zuji.registry.republication import effects
from zuji.registry.republication.effects import effect, merged
from zuji.registry.republication.impact import histogram
from zuji.registry.republication.models import Republication, Successor
from zuji.registry.republication.previews import FEWEST
from zuji.rules import assess

MAP1, MAP2 = "CHEN2015-MAP@1", "CHEN2015-MAP@2"
GRID = "CN-EL-CF-2024-national"
MORE = {"gases": "", "upstream": "2.1", "waste": "0.613", "gsd": "1.2", "gwp": "AR5", "cpc": "34652", "valid_from": "2015-01-01"}
SignedIn = Callable[[cast.Person], Client]


@pytest.fixture
def as_(world: World) -> Callable[[cast.Person], Viewer]:
    return lambda person: accounts.viewer(world.people[person.email])


@pytest.fixture
def way(world: World, as_: Callable[[cast.Person], Viewer]) -> Way:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    return Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], experts)


def blend(enterprise: int, name: str, *, public: bool) -> str:
    """A footprint that is nothing but 0.2 kg P2O5 of the first version."""
    method = Method.current()
    source = BLEND.replace("FACTOR", MAP1).replace("map-user", name)
    study = read_study(source.encode(), "blend.yaml")
    result = assess(study, method.library, method.rulebook, method.gwp, today=TODAY)
    calculation = Calculation(source=source, study=study, result=result, on=TODAY)
    return footprints.store(viewer=SYSTEM, enterprise=enterprise, calculation=calculation, public=public)


def sheet_of(factor: str) -> queries.Sheet:
    return queries.sheet(factor, queries.newest_version(factor))


# -- the page of a version ------------------------------------------------------------------------------------------------------------


def test_a_reviewed_version_shows_everything_that_its_dossier_established(way: Way) -> None:
    way.published(**MORE)
    browser = Client()
    chinese, english = browser.get(f"/factors/{MAP2}/").content.decode(), browser.get(f"/en/factors/{MAP2}/").content.decode()
    data = json.loads(browser.get(f"/factors/{MAP2}/factor.json").content)
    table = dict(list(csv.reader(io.StringIO(browser.get(f"/factors/{MAP2}/factor.csv").content.decode("utf-8-sig"))))[1:])
    told = browser.get("/v1/factors/CHEN2015-MAP/2").json()
    # Page, file and interface tell the same.
    assert data.pop("zuji") == "factor/1"
    assert set(told) == set(data)
    for name in set(data) - {"standings", "review"}:
        assert told[name] == data[name], name
    assert told["review"]["sealed"] == data["review"]["sealed"]
    # What was written stands there, field for field.
    written = {**MAP, **{key: text for key, text in MORE.items() if text}}
    for key in (
        "value",
        "unit",
        "geography",
        "boundary",
        "source",
        "publisher",
        "source_year",
        "address",
        "document_number",
        "document_page",
    ):
        assert data[key] == written[key], key
    assert (data["technology"], data["licence"], data["gsd"], data["gwp"]) == (written["technology"], written["licence"], "1.2", "AR5")
    assert data["life_cycle"] == {"upstream": "2.1", "downstream": None, "waste": "0.613"}
    assert data["quality"] == {name: int(written[f"quality_{name}"]) for name in data["quality"]}
    assert {(each["system"], each["code"]) for each in data["codes"]} >= {("CAS", "7722-76-1"), ("CPC", "34652"), ("GB/T 4754", "2622")}
    assert (data["supersedes"], data["superseded_by"], data["reason"], data["state"]) == ([MAP1], None, "misprint", "current")
    assert (table["technology"], table["quality technology"], table["life_cycle downstream"]) == (written["technology"], "2", "")
    shown = (written["technology"], written["document_number"], "CPC", "34652", "2.1", "0.613", "1.2", "AR5", MAP1, "2015-01-01", "4 / 5")
    for page, missing in ((chinese, "未说明"), (english, "not stated")):
        assert [text for text in shown if text not in page] == []
        assert missing in page
    assert "published 2026-12-0" in english
    # The dossier, and that it can be worked out again.
    review, made = data["review"], Dossier.objects.get(factor_id="CHEN2015-MAP")
    assert (review["dossier"], review["content_sha256"]) == (made.number, digest(review["sealed"]))
    assert [each["party"] for each in review["reviewers"]] == ["checker", "checker", "expert", "expert", "publisher", "publisher"]
    assert review["evidence"][0]["sha256"] in chinese
    assert [each["act"] for each in review["steps"]] == ["submit", "let_in", "trace", "agree", "found_sound", "sign", "publish"]
    # Nobody is named, and no document is given out.
    everything = chinese + english + json.dumps([data, told, table], ensure_ascii=False)
    assert [each.name for each in cast.EVERYBODY if each.name and each.duty is not None and each.name in everything] == []
    assert all("单位" in each["organisation"] for each in review["reviewers"])
    assert PAPER not in everything
    assert PAGE not in everything


def test_only_letters_about_what_everybody_knows_are_public(way: Way) -> None:
    code = way.published()
    browser = Client()
    letter = browser.get(f"/factors/{MAP2}/letters/publish.zh.pdf")
    assert (letter.status_code, letter.content[:5]) == (200, b"%PDF-")
    assert letter.content == browser.get(f"/factors/{MAP2}/letters/publish.zh.pdf").content
    others = {act for act in Step.objects.values_list("act", flat=True) if act != "publish"}
    assert others >= {"submit", "agree", "sign"}
    for act in (*others, "supersede", "none"):
        assert browser.get(f"/factors/{MAP2}/letters/{act}.zh.pdf").status_code == 404, act
    assert browser.get(f"/factors/{MAP1}/letters/publish.zh.pdf").status_code == 404
    assert code


def test_a_version_that_was_withdrawn_says_so_everywhere(way: Way, as_: Callable[[cast.Person], Viewer]) -> None:
    way.published()
    given_: dict[str, Any] = {"reference": MAP2, "reason_code": "data-error", "reason": "原文换算有误", "preview": PREVIEW}
    code = operations.propose_revocation(viewer=as_(cast.PUBLISHER), **given_, now=NOW + 8 * DAY)
    operations.confirm_revocation(viewer=as_(cast.SECOND_PUBLISHER), code=code, preview=PREVIEW, now=NOW + 8 * DAY)
    made = records.record("CHEN2015-MAP", "2")
    assert (made.state, made.sheet.state) == ("revoked", "current")
    browser = Client()
    assert browser.get("/v1/factors/CHEN2015-MAP/2").json()["state"] == "revoked"
    page = browser.get(f"/factors/{MAP2}/").content.decode()
    assert '<span class="badge revoked">' in page
    assert '<span class="badge current">' not in page
    assert "原文换算有误" in page
    assert f"/revocations/{code}/letter.zh.pdf" in page
    # Also where it stands in a list: of a search, and beside others of its kind.
    listed = {each["id"]: each["state"] for each in browser.get("/v1/factors?query=磷酸一铵").json()["factors"]}
    assert listed["CHEN2015-MAP"] == "revoked"
    beside = next(each for each in listed if each != "CHEN2015-MAP" and "CHEN2015-MAP" in {row.id for row in sheet_of(each).alternatives})
    assert {row.state for row in sheet_of(beside).alternatives if row.id == "CHEN2015-MAP"} == {"revoked"}


def test_a_version_that_came_with_the_product_states_what_it_has_and_no_zero_for_the_rest(world: World) -> None:
    browser = Client()
    data = browser.get(f"/v1/factors/{GRID}/1").json()
    assert data["review"] is None
    assert set(data["quality"].values()) | set(data["life_cycle"].values()) == {None}
    for name in ("technology", "document_number", "document_page", "gsd", "reason", "superseded_by"):
        assert data[name] is None, name
    table = list(csv.reader(io.StringIO(browser.get(f"/factors/{GRID}@1/factor.csv").content.decode("utf-8-sig"))))
    assert {value for name, value in table if name.startswith(("quality", "life_cycle"))} == {""}
    page = browser.get(f"/en/factors/{GRID}@1/").content.decode()
    assert "No dossier is behind it" in page
    assert page.count("not stated") >= 4
    soda = browser.get("/v1/factors/CPCD-34240B0022014A/1").json()
    assert [each["source"] for each in soda["codes"] if each["code"] == "497-19-8"] != [None]


# -- restoring ------------------------------------------------------------------------------------------------------------------------


def test_an_old_version_is_restored_from_its_page_with_every_field(
    way: Way, signed_in: SignedIn, as_: Callable[[cast.Person], Viewer]
) -> None:
    way.published(**MORE)
    way.published(version="3", value="2.714", supersedes=MAP2, technology="其他路线")
    client = signed_in(cast.ASSOCIATION)
    page = client.get(f"/factors/{MAP2}/").content.decode()
    assert "恢复 2 版为新草稿" in page
    assert "恢复 2 版为新草稿" not in Client().get(f"/factors/{MAP2}/").content.decode()
    assert "恢复 2 版为新草稿" not in signed_in(cast.VIEWER).get(f"/factors/{MAP2}/").content.decode()
    answer = client.post(f"/enterprises/{cast.ASSOCIATION_FIRM.uscc}/dossiers/new/", {"reference": MAP2})
    made = sheets.sheet(answer.headers["Location"].split("/")[-3], viewer=as_(cast.ASSOCIATION))
    kept = {
        **MAP,
        **{key: text for key, text in MORE.items() if text},
        "version": "4",
        "supersedes": "CHEN2015-MAP@3",
        "reason": "restored",
    }
    assert dict(made.fields) == kept
    assert (made.restored_from, made.row.state) == (MAP2, "draft")
    assert "提出更正" in client.get("/factors/CHEN2015-MAP@3/").content.decode()


# -- what one version does in the other's place ---------------------------------------------------------------------------------------


def test_published_footprints_and_ones_own_are_counted_and_nobody_elses(
    way: Way, world: World, as_: Callable[[cast.Person], Viewer]
) -> None:
    association, cement = way.enterprise, world.firms[cast.CEMENT.uscc]
    shown, own = blend(association, "shown", public=True), blend(association, "own", public=False)
    hidden = blend(cement, "hidden", public=False)
    way.published()
    nobody = effect(MAP1, MAP2, viewer=ANYONE)
    assert ([each.code for each in nobody.published.rows], nobody.own, nobody.province) == ([shown], None, None)
    row = nobody.published.rows[0]
    assert (row.before, row.after) == (Decimal("0.54266"), Decimal("0.5426"))
    assert row.percent == Decimal(str(round((0.5426 - 0.54266) / 0.54266 * 100, 4)))
    assert sum(each.count for each in nobody.published.classes) == 1
    mine = effect(MAP1, MAP2, viewer=as_(cast.ASSOCIATION))
    assert mine.own is not None
    assert {each.code for each in mine.own.rows} == {shown, own}
    back = effect(MAP2, MAP1, viewer=as_(cast.ASSOCIATION))
    assert (back.published.footprints, back.own.footprints if back.own else None) == (0, 0)
    page = Client().get("/en/factors/CHEN2015-MAP/compare/1/2/").content.decode()
    assert f"/en/footprints/{shown}/" in page
    assert own not in page
    assert hidden not in page


def test_where_there_are_more_than_are_worked_out_all_are_counted_and_the_page_says_so(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two", "three"):
        blend(way.enterprise, name, public=True)
    way.published()
    monkeypatch.setattr(effects, "MOST_COUNTED", 2)
    found = effect(MAP1, MAP2, viewer=ANYONE).published
    assert (found.footprints, found.enterprises, found.counted) == (3, 1, 2)
    assert sum(each.count for each in found.classes) == 2
    page = Client().get("/factors/CHEN2015-MAP/compare/1/2/").content.decode()
    assert "3 个结果" in page
    assert "以下按其中 2 个计算" in page
    monkeypatch.undo()
    assert "以下按其中" not in Client().get("/factors/CHEN2015-MAP/compare/1/2/").content.decode()


def carried_out(world: World, firms: list[int]) -> None:
    """A publication that moved one footprint in each of these enterprises, finished; all but the first of them made here."""
    old = versions_of([GRID])[f"{GRID}@1"]
    new = replace(old, version="2", value=Fraction(1, 2), parts=(FactorPart("CO2e", None, Fraction(1, 2)),), digest="sha256:" + "2" * 64)
    factors.load_library(actor="system", versions=[(new, "")])
    made = Republication.objects.create(pk=f"P-{len(firms)}", changes=json.dumps({f"{GRID}@1": f"{GRID}@2"}))
    base = Footprint.objects.get(pk=world.public)
    for number, firm in enumerate(firms):
        row = Footprint.objects.get(pk=world.public)
        row.pk, row.number, row.enterprise_id, row.study_digest = f"{number:026d}", number + 100, firm, f"{number:064d}"
        row.save(force_insert=True)
        total = format(Decimal(base.total) * Decimal("0.97"), "f")
        Successor.objects.create(footprint=row, enterprise_id=firm, republication=made, outcome="linear", total=total, exact=total)
    Republication.objects.filter(pk=made.pk).update(finished=NOW)


@pytest.mark.parametrize("count", [FEWEST - 1, FEWEST])
def test_what_a_publication_did_in_the_province_is_withheld_where_it_tells_of_somebody(world: World, count: int) -> None:
    firms = sorted(world.firms.values())[:count]
    carried_out(world, [firms[0], *firms])  # two footprints of the first: enterprises count, and not footprints
    found = effect(f"{GRID}@1", f"{GRID}@2", viewer=ANYONE).province
    assert found is not None
    page = Client().get(f"/en/factors/{GRID}/compare/1/2/").content.decode()
    if count < FEWEST:
        assert (found.footprints, found.enterprises, found.classes, found.without) == (None, None, None, None)
        assert "the numbers are withheld" in page
    else:
        assert (found.footprints, found.enterprises, found.without) == (count + 1, count, 0)
        assert {(each.low, each.high, each.count) for each in found.classes or () if each.count} == {(-5, -2, count + 1)}
        assert "falls by 2–5%" in page


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from([-0.6, -0.3, -0.15, -0.03, -0.001, 0.0, 0.001, 0.015, 0.4, 0.9])), max_size=40)
)
def test_no_class_of_what_is_published_rests_on_fewer_than_three_enterprises(moves: list[tuple[int, float]]) -> None:
    firms, changes = np.array([firm for firm, _ in moves], dtype=np.int64), np.array([change for _, change in moves])
    found = merged(firms, changes)
    by_way = [{firm for firm, change in moves if np.sign(change) == way} for way in (-1, 0, 1)]
    if any(0 < len(whose) < FEWEST for whose in by_way):
        assert found is None
        return
    assert found is not None
    assert sum(each.count for each in found) == len(moves)
    for each in found:
        low, high = -np.inf if each.low is None else each.low / 100, np.inf if each.high is None else each.high / 100
        inside = {firm for firm, change in moves if low <= change <= high and np.sign(change) == np.sign((max(-9, low)) + (min(9, high)))}
        assert not each.count or len(inside) >= FEWEST
    for one, other in pairwise(found):
        assert one.high == other.low
    fine = {(each.low, each.high): each.count for each in histogram(changes)}
    assert all(fine[each.low, each.high] == each.count for each in found if (each.low, each.high) in fine)
