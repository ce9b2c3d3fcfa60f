"""Calls for confidential contributions, quarterly releases, what they withhold, and who sees a single value."""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests import cast
from tests.integration.conftest import World
from zuji.engine.averages import commitment
from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.uscc import check_character
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.averages import operations, queries, releasing
from zuji.registry.averages.models import Contribution, Member, Release
from zuji.registry.evidence import storage
from zuji.registry.evidence.operations import keep
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier
from zuji.registry.refusals import NotAllowed, NotFound, Refused

As = Callable[[cast.Person], Viewer]
MARCH, JUNE, SEPTEMBER = "2027Q1", "2027Q2", "2027Q3"  # after today: contributions of the test count
LATER = datetime.date(2030, 1, 1)


def opened(as_: As, **changes: str) -> str:
    stated = {
        "name_zh": "磷酸一铵", "name_en": "Monoammonium phosphate", "kind": "life-cycle", "category": "phosphorus", "unit": "kgCO2e/t",
        "boundary": "摇篮到大门", "geography": "CN-HB", "start": "2025-01-01", "end": "2025-12-31", "filters": "湿法|wet\n热法|thermal",
    } | changes  # fmt: skip
    return operations.call(viewer=as_(cast.SECRETARY), written=operations.Written(**stated))


@pytest.fixture
def firms(world: World) -> list[tuple[int, str]]:
    """Twelve enterprises that are nobody's: their numbers and codes."""
    made = []
    for number in range(12):
        code = f"91420100MADEA{number:04d}"
        code += check_character(code)
        name = Text(f"厂{number}", f"Works {number}")
        made.append(
            (accounts.register_enterprise(actor="system", uscc=code, name=name, city=Text("武汉", "Wuhan"), demonstration=True), code)
        )
    return made


def given(call: str, firm: int, value: str, volume: str = "100", *, group: str = "", subset: str = "f1") -> str:
    file = keep(viewer=SYSTEM, enterprise=firm, name="台账.txt", chunks=[f"{firm} {value} {volume}".encode()])
    offered = operations.Offered(value=value, volume=volume, group=group, record=f"evidence:{file}", filter=subset)
    return operations.contribute(viewer=SYSTEM, enterprise=firm, call=call, offered=offered)


def let_out(as_: As, call: str, quarter: str) -> dict[str, tuple[bool, str]]:
    releasing.release(viewer=as_(cast.PUBLISHER), call=call, quarter=quarter, today=LATER)
    return {row.filter: (row.published, row.value) for row in queries.call(call).releases if row.quarter == quarter}


def test_an_average_is_exact_weighted_and_released_once(as_: As, firms: list[tuple[int, str]]) -> None:
    call = opened(as_)
    values, volumes = ["1200", "1300.5", "1250", "1400", "1100", "1350"], ["100", "80", "120", "90", "110", "95"]
    for n, (value, volume) in enumerate(zip(values, volumes, strict=True)):
        given(call, firms[n][0], value, volume, subset="f1" if n < 3 else "f2")
    came = let_out(as_, call, MARCH)
    mean = sum(Fraction(v) * Fraction(w) for v, w in zip(values, volumes, strict=True)) / sum(map(Fraction, volumes))
    assert Fraction(Release.objects.get(filter="").value) == mean
    assert came[""] == (True, releasing.rounded(str(mean)))
    assert came["f1"][0]
    assert came["f2"][0], "the complement of a subset of three has three"
    for quarter in (MARCH, "2026Q4"):
        with pytest.raises(Refused, match="released once"):
            let_out(as_, call, quarter)
    with pytest.raises(Refused, match="is over"):
        releasing.release(viewer=as_(cast.PUBLISHER), call=call, quarter=JUNE, today=datetime.date(2027, 6, 30))
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(call=call).update(value="1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.filter(release__call=call).delete()
    sheet = queries.call(call)
    assert [len(row.commitments) for row in sheet.releases] == [6, 3, 3]
    offered = releasing.candidate(viewer=as_(cast.PUBLISHER), call=call, quarter=MARCH)
    assert (offered.value, offered.unit, offered.kind, offered.year) == (Fraction(came[""][1]), "kgCO2e/t", "life-cycle", 2025)
    assert audit.check() == []


def test_a_released_average_is_handed_to_review_with_its_commitments(
    world: World, as_: As, signed_in: Callable[[cast.Person], Client], firms: list[tuple[int, str]]
) -> None:
    call = opened(as_)
    for n, value in enumerate(("1200", "1300.5", "1250")):
        given(call, firms[n][0], value, "100")
    let_out(as_, call, MARCH)
    accounts.add_member(
        actor="system", enterprise=world.firms[cast.ASSOCIATION_FIRM.uscc], user=world.people[cast.PUBLISHER.email], role="editor"
    )
    client, page, place = signed_in(cast.PUBLISHER), f"/averages/{call}/", f"/authority/averages/{call}/draft/"
    assert place in client.get(page).content.decode()
    for other in (cast.SECRETARY, cast.ASSOCIATION, cast.STRANGER):  # no editor of an organisation, or with no duty
        assert place not in signed_in(other).get(page).content.decode()
    assert f"/authority/averages/{call}/contributions/" in signed_in(cast.AUDITOR).get(page).content.decode()
    sent = {"release": f"{MARCH}/", "enterprise": cast.ASSOCIATION_FIRM.uscc}
    assert signed_in(cast.ASSOCIATION).post(place, sent).status_code == 404
    answers = [client.post(place, sent) for _ in range(2)]
    made = Dossier.objects.get(factor_id__startswith="ZUJI-AVG-")
    assert {answer["Location"] for answer in answers} == {f"/dossiers/{made.pk}/edit/"}
    content = Content.of(made.content)
    offered = releasing.candidate(viewer=as_(cast.PUBLISHER), call=call, quarter=MARCH)
    assert (content.fields["value"], content.fields["unit"]) == (
        str(Decimal(offered.value.numerator) / offered.value.denominator),
        "kgCO2e/t",
    )
    assert content.candidate.factor.parts == offered.parts  # it reads as a factor, and as the one that was offered
    text = storage.place(content.evidence[0].sha256).read_text(encoding="utf-8")
    commitments = queries.call(call).releases[0].commitments
    assert len(commitments) == 3
    assert all(each in text for each in (*commitments, offered.digest, MARCH))
    assert not any(secret in text for secret in ("1300.5", firms[0][1], "厂0"))  # nothing of what anybody contributed
    assert client.post(place, {**sent, "release": "2027Q2/"}).status_code == 404  # not released
    subset = client.post(place, {**sent, "release": f"{MARCH}/f1"})
    assert Dossier.objects.filter(factor_id__startswith="ZUJI-AVG-").count() == 2
    assert made.pk not in subset["Location"]


def test_what_is_withheld_says_neither_why_nor_how_many(as_: As, firms: list[tuple[int, str]]) -> None:
    few, owned, large, nobody = (opened(as_, filters="") for _ in range(4))
    for n in range(2):
        given(few, firms[n][0], "10", subset="")
    for n in range(5):  # five works of one owner, and one other
        given(owned, firms[n][0], "10", group=firms[9][1], subset="")
    given(owned, firms[9][0], "10", subset="")
    given(owned, firms[10][0], "10", subset="")
    for n, volume in enumerate(("1000", "500", "50", "49")):
        given(large, firms[n][0], "10", volume, subset="")
    told = []
    for call in (few, owned, large, nobody):
        assert let_out(as_, call, MARCH) == {"": (False, "")}
        (row,) = queries.call(call).releases
        told.append((row.quarter, row.filter, row.subset, row.published, row.value, row.commitments))
        with pytest.raises(NotFound):
            releasing.candidate(viewer=as_(cast.PUBLISHER), call=call, quarter=MARCH)
        assert not Member.objects.filter(release__call=call).exists()
    assert len(set(told)) == 1


def test_no_two_releases_differ_by_fewer_than_three_groups(as_: As, firms: list[tuple[int, str]]) -> None:
    call = opened(as_, filters="")
    for n in range(5):
        given(call, firms[n][0], f"{10 + n}", subset="")
    assert let_out(as_, call, MARCH)[""][0]
    given(call, firms[0][0], "99", subset="")  # one revises its value: a difference of releases would be its own, or a probe of the others
    assert not let_out(as_, call, JUNE)[""][0]
    for n in (5, 6):
        given(call, firms[n][0], "12", subset="")
    assert let_out(as_, call, SEPTEMBER)[""][0], "now three groups differ from the first"
    operations.retract(viewer=SYSTEM, enterprise=firms[6][0], call=call)
    assert not let_out(as_, call, "2027Q4")[""][0]


def test_least_squares_over_every_release_finds_no_contributor(as_: As, firms: list[tuple[int, str]]) -> None:
    """The attack on what was really published, by somebody who knows every volume, every membership, and one contributor's own value."""
    call = opened(as_)
    random = np.random.default_rng(20261127)
    for quarter in ("2027Q1", "2027Q2", "2027Q3", "2027Q4", "2028Q1", "2028Q2"):
        for n in random.choice(12, size=4, replace=False):
            given(
                call, firms[n][0], str(random.integers(900, 1500)), str(random.integers(80, 120)), subset=str(random.choice(["f1", "f2"]))
            )
        let_out(as_, call, quarter)
    released = list(Release.objects.filter(call=call, published=True))
    assert len(released) >= 2, "an attack on nothing shows nothing"
    unknown = sorted({m.contribution_id for row in released for m in row.members.all()})
    volumes = dict(Contribution.objects.filter(call=call).values_list("code", "volume"))
    owners = dict(Contribution.objects.filter(call=call).values_list("code", "enterprise"))
    truth = np.array([float(Contribution.objects.get(pk=code).value) for code in unknown])
    rows = []
    for row in released:
        held = {m.contribution_id for m in row.members.all()}
        rows.append([float(volumes[code]) if code in held else 0.0 for code in unknown])
    weights = np.array(rows)
    told = weights @ truth
    for attacker in range(len(unknown)):
        own = [n for n, code in enumerate(unknown) if owners[code] == owners[unknown[attacker]]]
        known = np.vstack([weights, np.eye(len(unknown))[own]])
        _, _, rank, _ = np.linalg.lstsq(known, np.append(told, truth[own]), rcond=None)
        for target in range(len(unknown)):
            if target not in own:
                assert np.linalg.matrix_rank(np.vstack([known, np.eye(len(unknown))[target]])) > rank


def test_a_contribution_is_bound_to_its_record_and_seen_by_nobody_else(world: World, as_: As, firms: list[tuple[int, str]]) -> None:
    call = opened(as_, filters="")
    firm = world.firms[cast.CEMENT.uscc]
    offered = operations.Offered(value="2.713", volume="57000", group="", record=f"case:{world.case}")
    code = operations.contribute(viewer=as_(cast.EDITOR), enterprise=firm, call=call, offered=offered)
    own = queries.own(firm, viewer=as_(cast.VIEWER))[1][call]
    kept = Contribution.objects.get(pk=code)
    assert kept.record_hash.startswith("sha256:")
    content = {"call": call, "value": "2.713", "volume": "57000", "filter": "", "record": kept.record_hash}
    assert own.commitment == commitment(bytes.fromhex(own.salt), content), "its own salt opens its commitment"
    assert (own.group, len(own.salt)) == (cast.CEMENT.uscc, 64)
    for viewer in (as_(cast.RIVAL_OWNER), as_(cast.OPERATOR), as_(cast.SECRETARY), as_(cast.PUBLISHER), as_(cast.AUDITOR), ANYONE):
        with pytest.raises(NotFound):
            queries.own(firm, viewer=viewer)
        with pytest.raises(NotFound):
            operations.contribute(viewer=viewer, enterprise=firm, call=call, offered=offered)
    for person in (cast.OPERATOR, cast.SECRETARY, cast.PUBLISHER, cast.OWNER, cast.RIVAL_OWNER, cast.EXPERT):
        with pytest.raises(NotFound):
            operations.read_contribution(viewer=as_(person), contribution=code, reason="想看")
        with pytest.raises(NotFound):
            queries.contributions(call, viewer=as_(person))
    with pytest.raises(Refused, match="Fill this in"):
        operations.read_contribution(viewer=as_(cast.AUDITOR), contribution=code, reason=" ")
    assert "2.713" not in json.dumps([str(each) for each in queries.contributions(call, viewer=as_(cast.AUDITOR))])
    seen = operations.read_contribution(viewer=as_(cast.AUDITOR), contribution=code, reason="核对举报")
    assert seen.value == "2.713"
    (read,) = [each for each in audit.of_enterprise(cast.CEMENT.uscc) if each.action == "average.contribution_read"]
    assert "核对举报" in read.details
    assert read.actor == as_(cast.AUDITOR).name
    assert not [each for each in audit.entries() if "2.713" in each.details or "57000" in each.details]
    with pytest.raises(NotAllowed):
        operations.contribute(viewer=as_(cast.APPROVER), enterprise=firm, call=call, offered=offered)


def test_who_calls_and_who_releases(as_: As, firms: list[tuple[int, str]]) -> None:
    call = opened(as_)
    written = operations.Written("甲", "", "process", "c", "kgCO2e/t", "b", "CN", "2025-01-01", "2025-12-31")
    for person, error in ((cast.PUBLISHER, NotAllowed), (cast.OPERATOR, NotFound), (cast.EDITOR, NotFound), (cast.AUDITOR, NotFound)):
        with pytest.raises(error):
            operations.call(viewer=as_(person), written=written)
    for person, error in ((cast.SECRETARY, NotAllowed), (cast.OPERATOR, NotFound), (cast.EDITOR, NotFound)):
        with pytest.raises(error):
            releasing.release(viewer=as_(person), call=call, quarter=MARCH, today=LATER)
    assert queries.office(viewer=as_(cast.SECRETARY))[0].contributors == 0
    for changes in (
        {"unit": "t"},
        {"end": "2024-01-01"},
        {"filters": "一个"},
        {"kind": "grid-co2"},
        {"name_zh": ""},
        {"filters": "甲\n甲"},
    ):
        with pytest.raises(Refused):
            opened(as_, **changes)


def test_what_cannot_be_contributed(world: World, as_: As, firms: list[tuple[int, str]]) -> None:
    call, firm = opened(as_), firms[0][0]
    file = keep(viewer=SYSTEM, enterprise=firm, name="a.txt", chunks=[b"a"])
    fine = {"value": "1", "volume": "1", "group": "", "record": f"evidence:{file}", "filter": "f1"}
    for changes, field in (
        ({"value": "0"}, "value"), ({"value": "-1"}, "value"), ({"value": "1,5"}, "value"), ({"value": "NaN"}, "value"),
        ({"volume": ""}, "volume"), ({"group": "91420200MADEM01015"}, "group"), ({"filter": "f9"}, "filter"), ({"record": ""}, "record"),
        ({"record": f"case:{world.case}"}, "record"), ({"record": f"evidence:{world.evidence}"}, "record"),
    ):  # fmt: skip
        with pytest.raises(Refused) as told:
            operations.contribute(viewer=SYSTEM, enterprise=firm, call=call, offered=operations.Offered(**{**fine, **changes}))
        assert field in getattr(told.value, "faults", {}), changes
    with pytest.raises(NotFound):
        operations.contribute(viewer=SYSTEM, enterprise=firm, call="z" * 26, offered=operations.Offered(**fine))
    with pytest.raises(NotFound):
        operations.retract(viewer=SYSTEM, enterprise=firm, call=call)
    assert not Contribution.objects.exists()
