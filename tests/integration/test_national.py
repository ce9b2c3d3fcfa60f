"""The national database through our own contract: idempotent, resumable, nothing overwritten, nothing published, every bad row named."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import World
from zuji.cli import main
from zuji.connectors.national import (
    CONTRACT,
    BadAnswer,
    HttpNational,
    NationalFile,
    NothingPublished,
    NotPublished,
    Page,
    Simulator,
    read_page,
)
from zuji.registry.accounts.operations import add_member
from zuji.registry.accounts.queries import viewer as viewer_of
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.audit.models import Event
from zuji.registry.evidence import storage
from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance.content import Content
from zuji.registry.governance.handing_over import Handed
from zuji.registry.governance.models import Dossier
from zuji.registry.governance.queries import to_do
from zuji.registry.national.models import Comparison, Row, Run
from zuji.registry.national.operations import draft, synchronise
from zuji.registry.national.queries import report
from zuji.registry.refusals import NotAllowed, NotFound, Refused

ADDRESS = "https://national.test.example"


def row(number: str = "G1", **changed: str) -> dict[str, str]:
    """A sound row of the contract: lithium iron phosphate, of which three values are published here."""
    sound = {
        "id": number, "version": "1", "name_zh": "磷酸铁锂", "name_en": "Lithium iron phosphate", "category": "battery", "kind": "life-cycle",
        "value": "9.48", "unit": "kgCO2e/kg", "gwp": "AR6", "geography": "CN", "year": "2025", "boundary": "cradle-to-gate",
        "source": "国家产品碳足迹因子库", "publisher": "某部门", "source_year": "2026", "address": "https://www.example.gov.cn/1",
        "licence": "公开", "confidence": "secondary",
    }  # fmt: skip
    return {key: value for key, value in {**sound, **changed}.items() if value}


def server(rows: Sequence[object], *, limit: int = 2, **simulated: object) -> tuple[HttpNational, Simulator]:
    simulator = Simulator(rows, **simulated)  # type: ignore[arg-type]  # its own names
    return HttpNational(ADDRESS, token="secret", limit=limit, fetch=simulator), simulator


def synced(rows: Sequence[object], **more: object) -> Simulator:
    source, simulator = server(rows, **more)  # type: ignore[arg-type]  # as above
    synchronise(source, viewer=SYSTEM)
    return simulator


def codes(number: str) -> set[str]:
    return {
        each["code"] for found in Row.objects.filter(number=number) for each in json.loads(found.findings) if each["severity"] == "error"
    }


def test_rows_come_in_once_and_nothing_of_ours_changes(world: World) -> None:
    ours = list(FactorVersion.objects.order_by("pk").values_list("pk", "digest"))
    rows: list[object] = [row(f"G{n}", value=str(5 + n)) for n in range(5)]
    simulator = synced(rows, token="secret")
    assert len(simulator.asked) == 3
    again, _ = server(rows, token="secret")
    second = synchronise(again, viewer=SYSTEM)
    assert (second.received, second.added, second.known, second.resumed) == (5, 0, 5, False)
    assert Row.objects.count() == 5
    assert list(FactorVersion.objects.order_by("pk").values_list("pk", "digest")) == ours
    assert not Dossier.objects.filter(factor_id__startswith="CN-NATIONAL-").exists()
    event = Event.objects.order_by("-number")[0]
    assert (event.action, json.loads(event.details)["known"]) == ("national.synchronised", 5)


def test_an_interruption_is_gone_on_from(world: World) -> None:
    rows: list[object] = [row(f"G{n}") for n in range(6)]
    broken, simulator = server(rows, broken=[2])
    with pytest.raises(ConnectionError):
        synchronise(broken, viewer=SYSTEM)
    assert (Row.objects.count(), Run.objects.get().state, Run.objects.get().cursor) == (2, "running", "2")
    rest, simulator = server(rows)
    done = synchronise(rest, viewer=SYSTEM)
    assert (done.resumed, done.received, done.added, done.pages) == (True, 6, 6, 3)
    assert "after=2" in simulator.asked[0]
    assert Run.objects.get().state == "finished"


def test_another_content_under_one_version_is_kept_beside_and_named(world: World) -> None:
    synced([row()])
    synced([row(value="9.99")])
    assert [json.loads(each.fields)["value"] for each in Row.objects.order_by("pk")] == ["9.48", "9.99"]
    assert [each["code"] for each in report(viewer=SYSTEM).told] == ["national.changed"]
    assert {each.their_value for each in report(viewer=SYSTEM).rows} == {"9.99 kgCO2e/kg"}
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE national_row SET fields = '{}'")


def test_every_bad_row_is_named_and_the_others_come_in(world: World) -> None:
    twice = row("TWICE")
    rows = [
        row("GOOD"), row("NAN", value="NaN"), row("DIMENSION", unit="kgCO2e/m2"), row("SOURCE", source=""), row("TEN", value="79"),
        row("ZERO", value="0"), row("UNIT", unit="bags"), row("OVER", valid_to="2020-01-01"), row("PLACE", geography="MOON"), twice, twice,
        "no row", {"id": 5, "value": {}}, row(""), row("ODD", shade="green"), row("HTML", note="<script>alert(1)</script>"),
    ]  # fmt: skip
    simulator = Simulator(rows)
    done = synchronise(HttpNational(ADDRESS, limit=100, fetch=simulator), viewer=SYSTEM)
    assert codes("GOOD") == codes("TWICE") == codes("ODD") == set()
    assert codes("SOURCE") == codes("NAN") == codes("UNIT") == {"candidate.field"}
    assert codes("ZERO") == {"gate.value-zero"}
    assert codes("OVER") == {"gate.validity-over"}
    assert codes("PLACE") == {"gate.geography-unknown"}
    assert codes("HTML") == {"gate.text-markup"}
    assert "national.number" in codes("")
    said = {each["code"] for each in json.loads(Row.objects.get(number="DIMENSION").findings)}
    assert "gate.unit-dimension" in said
    assert "gate.power-of-ten" in {each["code"] for each in json.loads(Row.objects.get(number="TEN").findings)}
    found = report(viewer=SYSTEM)
    assert [(each["where"], each["code"]) for each in found.told] == [
        ("1/11", "national.twice"),
        ("1/12", "national.row"),
        ("1/13", "national.row"),
    ]
    assert done.received == len(rows)
    assert {row.number for row in found.faulty} == {"NAN", "SOURCE", "UNIT", "ZERO", "OVER", "PLACE", "HTML", ""}
    compared = set(Comparison.objects.values_list("row__number", flat=True))
    assert compared == {"GOOD", "TWICE", "ODD", "TEN", "DIMENSION"}


def test_the_report_says_how_far_apart_and_which_goes_first_and_why(world: World) -> None:
    synced(
        [
            row("NEW", year="2025"),
            row("OLD", year="2010"),
            row("FAR", geography="GLO"),
            row("ALONE", name_zh="无此物", name_en="No such thing"),
        ]
    )
    found = report(viewer=SYSTEM)
    beside = {(each.number, each.ours): each for each in found.rows}
    ours = "CPCD-46430X0172025C@1"
    assert (beside["NEW", ours].ratio, beside["NEW", ours].takes, beside["NEW", ours].rule) == ("1.2", "national", "national")
    assert (beside["OLD", ours].takes, beside["OLD", ours].rule) == ("ours", "year")
    assert (beside["FAR", ours].takes, beside["FAR", ours].rule) == ("ours", "place")
    assert beside["ALONE", ""].our_value == ""
    assert found.counts["alone"] == 1
    assert [each.number for each in report(viewer=SYSTEM, takes="alone").rows] == ["ALONE"]
    assert all(each.why.zh and each.why.en for each in found.rows)


def test_a_row_becomes_a_draft_that_takes_every_step(world: World) -> None:
    synced([row(), row("BAD", value="0")])
    code = draft(viewer=SYSTEM, number="G1", version="1", uscc=cast.ASSOCIATION_FIRM.uscc).code
    assert draft(viewer=SYSTEM, number="G1", version="1", uscc=cast.ASSOCIATION_FIRM.uscc) == Handed(code, new=False)
    made = Dossier.objects.get(pk=code)
    assert (made.state, made.factor_id, made.name_zh) == ("draft", "CN-NATIONAL-G1", "磷酸铁锂")
    assert not FactorVersion.objects.filter(factor_id="CN-NATIONAL-G1").exists()
    with pytest.raises(Refused):
        draft(viewer=SYSTEM, number="BAD", version="1", uscc=cast.ASSOCIATION_FIRM.uscc)
    for number, uscc in (("NONE", cast.ASSOCIATION_FIRM.uscc), ("G1", "91350100M0001FFFF")):
        with pytest.raises(NotFound):
            draft(viewer=SYSTEM, number=number, version="1", uscc=uscc)


def test_who_decides_on_factors_and_edits_for_an_organisation_opens_a_dossier_from_the_report(
    world: World, signed_in: Callable[[cast.Person], Client]
) -> None:
    synced([row(), row("BAD", value="0")])
    page, place = "/authority/national/", "/authority/national/draft/"
    client = signed_in(cast.SECRETARY)
    assert "您还不是" in client.get(page).content.decode()
    sent = {"row": "G1@1", "enterprise": cast.ASSOCIATION_FIRM.uscc}
    assert "您须是该单位的编辑" in client.post(place, sent, follow=True).content.decode()
    assert not Dossier.objects.filter(factor_id="CN-NATIONAL-G1").exists()
    add_member(actor="system", enterprise=world.firms[cast.ASSOCIATION_FIRM.uscc], user=world.people[cast.SECRETARY.email], role="editor")
    shown = client.get(page).content.decode()
    assert 'value="G1@1"' in shown
    assert 'value="BAD@1"' not in shown  # a row with errors has no button
    answers = [client.post(place, sent) for _ in range(2)]  # clicked twice: one dossier
    made = Dossier.objects.get(factor_id="CN-NATIONAL-G1")
    assert {answer["Location"] for answer in answers} == {f"/dossiers/{made.pk}/edit/"}
    assert (made.created_by, made.state) == (f"user:{world.people[cast.SECRETARY.email]}", "draft")
    (document,) = Content.of(made.content).evidence
    kept = Row.objects.get(number="G1")
    text = storage.place(document.sha256).read_text(encoding="utf-8")
    assert all(word in text for word in (kept.digest, "G1@1", "value: 9.48", kept.run.source))
    assert "9.48" in client.get(f"/dossiers/{made.pk}/edit/").content.decode()
    assert "这一行有错误" in client.post(place, {**sent, "row": "BAD@1"}, follow=True).content.decode()
    assert client.post(place, {**sent, "row": "NONE@1"}).status_code == 404
    # Who opened it belongs to its submitter now, and keeps away from its review.
    assert [task.row.code for task in to_do(viewer_of(world.people[cast.SECRETARY.email])) if task.party.value != "submitter"] == []


def test_people_do_not_synchronise_and_outsiders_read_nothing(world: World) -> None:
    source, _ = server([row()])
    with pytest.raises(NotAllowed):
        synchronise(source, viewer=viewer_of(world.people[cast.SECRETARY.email]))
    for person in (cast.OWNER, cast.AUDITOR, cast.STRANGER):
        with pytest.raises(NotFound):
            report(viewer=viewer_of(world.people[person.email]))


def test_the_page_in_both_languages_with_fixed_queries(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.PUBLISHER)
    assert "尚未公布数据接口" in client.get("/authority/national/").content.decode()
    counts = []
    for size in (2, 40):
        synced([row(f"G{n}", note="" if n else "x") for n in range(size)] + [row("BAD", value="0")])
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/authority/national/").content.decode()
        counts.append(len(asked))
        assert "磷酸铁锂" in page
        assert "数值为零" in page
    assert counts[0] == counts[1]
    english = client.get("/en/authority/national/?takes=national&page=999").content.decode()
    assert "has published no interface" in english
    assert "Lithium iron phosphate" in english


def test_pages_that_are_none_are_refused_whole() -> None:
    sound: dict[str, object] = {"contract": CONTRACT, "as_of": "2026-11-01", "next": None, "rows": []}
    assert read_page(json.dumps(sound).encode()).rows == ()
    for broken in (b"", b"\xff", b"[]", json.dumps(sound | {"contract": "x/1"}).encode(), json.dumps(sound | {"rows": {}}).encode(),
                   json.dumps(sound | {"next": ""}).encode(), json.dumps(sound | {"as_of": None}).encode(), b"[" * 100_000):  # fmt: skip
        with pytest.raises(BadAnswer):
            read_page(broken)


def test_the_adapter_asks_over_https_with_its_token_and_tells_nobody() -> None:
    with pytest.raises(ValueError, match="https"):
        HttpNational("http://national.test.example")
    source, _ = server([row()], token="another")
    with pytest.raises(BadAnswer, match="401") as refused:
        source.page("")
    assert "secret" not in str(refused.value)
    with pytest.raises(NothingPublished):
        NotPublished().page("")


def test_a_source_without_end_is_left(world: World) -> None:
    class Endless(NationalFile):
        def page(self, cursor: str) -> Page:
            del cursor
            return read_page(json.dumps({"contract": CONTRACT, "as_of": "2026-11-01", "next": "again", "rows": []}).encode())

    with pytest.raises(Refused):
        synchronise(Endless(b"", "x"), viewer=SYSTEM)


def test_the_commands(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["national", "report"]) == 3
    assert main(["national", "sync"]) == 3
    assert "has published no interface" in capsys.readouterr().err
    file, told = tmp_path / "rows.json", tmp_path / "report.json"
    file.write_text(json.dumps({"contract": CONTRACT, "as_of": "2026-11-01", "next": None, "rows": [row()]}, ensure_ascii=False))
    assert main(["national", "sync", "--file", str(file)]) == 0
    assert main(["national", "report", "--json", str(told)]) == 0
    assert json.loads(told.read_text())["rows"][0]["number"] == "G1@1"
    assert main(["national", "draft", "G1@1", "--uscc", cast.ASSOCIATION_FIRM.uscc]) == 0
    file.write_text("{}")
    assert main(["national", "sync", "--file", str(file)]) == 2
