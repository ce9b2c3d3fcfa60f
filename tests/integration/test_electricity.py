"""Certificates: registered once in the province, claimed no further than their volume, given up only on purpose; and the residual mix."""

import datetime
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests import cast
from tests.integration.conftest import TODAY, World
from tests.own_database import migrated, own_database, rows
from tests.questionnaires import filled_product
from zuji.engine.contracts import contracted
from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.electricity import mixes, operations, queries
from zuji.registry.electricity.coverage import Claimed, covered
from zuji.registry.electricity.models import Certificate, Claim, Conflict, ResidualMix, Standing
from zuji.registry.evidence import storage
from zuji.registry.evidence.operations import keep
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints.answering import study_of
from zuji.registry.footprints.refusals import NotReady
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries
from zuji.registry.refusals import NotAllowed, NotFound, Refused

ROOT = Path(__file__).resolve().parents[2]
As = Callable[[cast.Person], Viewer]


def registered(viewer: Viewer, enterprise: int, site: int, number: str = "GEC-2025-000001", **changes: str) -> str:
    file = keep(viewer=viewer, enterprise=enterprise, name=f"{number}.txt", chunks=[number.encode()])
    stated = {"volume": "100", "start": "2025-01-01", "end": "2025-12-31", "type": "wind", "issuer": "国家能源局 NEA"} | changes
    written = operations.Written(number=number, site=str(site), **stated)
    return operations.register(viewer=viewer, enterprise=enterprise, written=written, evidence=file)


@pytest.fixture
def firm(world: World) -> int:
    return world.firms[cast.CEMENT.uscc]


@pytest.fixture
def rival(world: World, as_: As) -> tuple[int, int]:
    firm = world.firms[cast.RIVAL.uscc]
    place = {"name_zh": "对手厂区", "name_en": "", "address": "1 号", "division": "420500"}
    return firm, accounts.add_site(viewer=as_(cast.RIVAL_OWNER), enterprise=firm, **place)


def claim(viewer: Viewer, certificate: str, product: str, volume: str = "65.8", **changes: Any) -> str:
    stated: dict[str, Any] = {"start": "2025-01-01", "end": "2025-12-31", "number": 1} | changes
    return operations.claim(viewer=viewer, certificate=certificate, product=product, volume=volume, **stated)


def test_a_certificate_is_registered_once_whoever_comes_second(world: World, as_: As, firm: int, rival: tuple[int, int]) -> None:
    code = registered(as_(cast.EDITOR), firm, world.site)
    with pytest.raises(Refused) as told:
        registered(as_(cast.RIVAL_OWNER), *rival, number="ｇｅｃ 2025–000001")
    assert told.value.text == operations.ELSEWHERE
    assert not [part for part in (cast.CEMENT.name.zh, cast.CEMENT.uscc, code) if part in str(told.value.text)]
    with pytest.raises(Refused, match="Your enterprise"):
        registered(as_(cast.OWNER), firm, world.site)
    assert Certificate.objects.count() == 1
    (seen,) = queries.office(viewer=as_(cast.OPERATOR)).conflicts
    assert (seen.holder_uscc, seen.other_uscc, seen.void) == (cast.CEMENT.uscc, cast.RIVAL.uscc, False)
    assert Conflict.objects.count() == 1
    for other in (as_(cast.OWNER), as_(cast.RIVAL_OWNER), as_(cast.STRANGER), ANYONE):
        with pytest.raises(NotFound):
            queries.office(viewer=other)
    # A wrong registration is made void by the operator; the number is free, and never taken back by what is void.
    operations.void(viewer=as_(cast.OPERATOR), certificate=code, reason="核对后属另一企业")
    again = registered(as_(cast.RIVAL_OWNER), *rival)
    assert queries.certificate(again, viewer=as_(cast.RIVAL_OWNER), uscc=cast.RIVAL.uscc).row.state == "whole"
    assert queries.of_enterprise(cast.CEMENT.uscc, viewer=as_(cast.VIEWER))[0][0].state == "void"
    with pytest.raises(DatabaseError), transaction.atomic():
        Standing.objects.filter(certificate=code).update(key=Standing.objects.get(certificate=again).key)
    assert audit.check() == []


def test_what_cannot_be_registered(world: World, as_: As, firm: int, rival: tuple[int, int]) -> None:
    editor = as_(cast.EDITOR)
    for changes, field in (
        ({"volume": "0"}, "volume"), ({"volume": "-1"}, "volume"), ({"volume": "1,5"}, "volume"), ({"volume": "0.0000001"}, "volume"),
        ({"volume": "1e40"}, "volume"), ({"end": "2024-12-31"}, "end"), ({"type": "coal"}, "type"), ({"issuer": " "}, "issuer"),
        ({"number": "GEC-1～GEC-9"}, "number"), ({"number": "GEC-1、GEC-2"}, "number"), ({"number": "--"}, "number"),
    ):  # fmt: skip
        with pytest.raises(Refused) as told:
            registered(editor, firm, world.site, **{"number": "GEC-7", **changes})
        assert field in getattr(told.value, "faults", {}), changes
    with pytest.raises(Refused):
        registered(editor, firm, rival[1])  # a site of another enterprise
    with pytest.raises(NotFound):
        registered(as_(cast.RIVAL_OWNER), firm, world.site)
    with pytest.raises(NotAllowed):
        registered(as_(cast.APPROVER), firm, world.site)
    unknown = accounts.register_enterprise(actor="system", uscc="91350100M000100Y43", name=Text("新", "New"), city=Text("黄石", "Huangshi"))
    with pytest.raises(Refused, match="has not confirmed"):
        registered(SYSTEM, unknown, world.site)
    assert not Certificate.objects.exists()


def test_claims_never_exceed_the_volume_and_are_counted_by_the_database(world: World, as_: As, firm: int) -> None:
    editor = as_(cast.EDITOR)
    code = registered(editor, firm, world.site)
    one, two = (filled_product(editor, firm, "lfp-battery-pack", name=Text(n, n)) for n in ("甲", "乙"))
    first = claim(editor, code, one, "65.8")
    with pytest.raises(Refused, match=r"34\.2 MWh left"):
        claim(editor, code, two, "34.200001")
    claim(editor, code, two, "34.2")
    assert queries.certificate(code, viewer=as_(cast.VIEWER), uscc=cast.CEMENT.uscc).row.state == "claimed"
    with pytest.raises(DatabaseError), transaction.atomic():  # however it is written
        Claim.objects.create(code="x" * 26, certificate_id=code, version=Claim.objects.get(pk=first).version, site_id=world.site,
                             watt_hours=1, period_start=TODAY, period_end=TODAY, year=2026, by="x",
                             at=datetime.datetime.now(datetime.UTC))  # fmt: skip
    for change in ({"claimed": 0}, {"volume": 10**12}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Standing.objects.filter(certificate=code).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Standing.objects.filter(certificate=code).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=first).update(watt_hours=1)
    with pytest.raises(Refused, match="is claimed"):
        operations.void(viewer=editor, certificate=code, reason="x")
    operations.release(viewer=editor, claim=first, reason="改用其他证书")
    with pytest.raises(Refused):
        operations.release(viewer=editor, claim=first, reason="又一次")
    claim(editor, code, two, "65.8")
    assert audit.check() == []


def test_periods_sites_and_enterprises_of_a_claim(world: World, as_: As, firm: int, rival: tuple[int, int]) -> None:
    editor, owner = as_(cast.EDITOR), as_(cast.OWNER)
    code = registered(editor, firm, world.site)
    product = filled_product(editor, firm)
    for start, end in (("2024-01-01", "2024-12-31"), ("2025-06-01", "2026-05-31"), ("2025-06-01", "2025-05-31"), ("", "2025-05-31")):
        with pytest.raises(Refused) as told:
            claim(editor, code, product, start=start, end=end)
        assert getattr(told.value, "faults", {})
    theirs = filled_product(as_(cast.RIVAL_OWNER), rival[0])
    for viewer, certificate, of in ((as_(cast.RIVAL_OWNER), code, theirs), (editor, code, theirs), (editor, "z" * 26, product)):
        with pytest.raises(NotFound):
            claim(viewer, certificate, of)
    with pytest.raises(NotAllowed):
        claim(as_(cast.APPROVER), code, product)
    place = {"name_zh": "二厂", "name_en": "", "address": "2 号", "division": "420203"}
    elsewhere = accounts.add_site(viewer=owner, enterprise=firm, **place)
    with pytest.raises(Refused, match="another site"):
        claim(
            editor,
            code,
            products.create_product(viewer=editor, enterprise=firm, name=Text("丙", "C"), model="map-fertiliser", site=elsewhere),
        )
    assert claim(editor, code, product, start="2025-12-01", end="2025-12-31")
    with pytest.raises(NotFound):
        queries.certificate(code, viewer=as_(cast.RIVAL_OWNER), uscc=cast.CEMENT.uscc)
    assert queries.of_enterprise(cast.CEMENT.uscc, viewer=as_(cast.RIVAL_OWNER)) == ([], 0)


def test_green_power_is_submitted_only_with_what_it_claims_and_freed_only_on_purpose(world: World, as_: As, firm: int) -> None:
    editor, approver = as_(cast.EDITOR), as_(cast.APPROVER)
    code = registered(editor, firm, world.site, number="DEMO-GEC-2025-420800-000002", volume="70000")
    product = filled_product(editor, firm, "lfp-battery-pack")
    draft = product_queries.version(product, 1, viewer=editor)
    (line,) = contracted(study_of(draft, draft.answers, demonstration=True))
    with pytest.raises(NotReady, match="not registered"):
        submitting.ask_sign_off(viewer=editor, product=product, number=1, today=TODAY)
    short = str(float(line.energy / 1000) - 1)
    first = claim(editor, code, product, short)
    with pytest.raises(NotReady, match="count as green, and only"):
        submitting.ask_sign_off(viewer=editor, product=product, number=1, today=TODAY)
    claim(editor, code, product, "1")
    submitting.ask_sign_off(viewer=editor, product=product, number=1, today=TODAY)
    with pytest.raises(Refused, match="awaits sign-off"):
        operations.release(viewer=editor, claim=first, reason="x")
    waiting = cases.awaited(product, 1, viewer=approver)
    assert waiting is not None
    items = {item.code: item for item in waiting.examined.items}
    assert items["green_power"].standing == "ok"
    submitting.sign(viewer=approver, product=product, number=1, result_hash=waiting.result_hash)
    with pytest.raises(Refused, match="submitted"):
        operations.release(viewer=editor, claim=first, reason="x")
    submitting.withdraw(viewer=approver, product=product, number=1, reason="重报")
    claimed = Standing.objects.values_list("claimed", flat=True)
    assert claimed.get(certificate=code) == line.energy * 1000, "withdrawing alone frees nothing"
    with pytest.raises(Refused, match="Fill this in"):
        operations.release(viewer=editor, claim=first, reason=" ")
    operations.release(viewer=editor, claim=first, reason="随撤回释放")
    assert claimed.get(certificate=code) == 1_000_000


def test_what_a_footprint_without_green_power_is_told(world: World, as_: As, firm: int) -> None:
    editor = as_(cast.EDITOR)
    product = filled_product(editor, firm)
    submitting.ask_sign_off(viewer=editor, product=product, number=1, today=TODAY)
    waiting = cases.awaited(product, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    assert "green_power" not in {item.code for item in waiting.examined.items}


def test_amounts_types_and_periods_of_a_coverage() -> None:
    day = datetime.date
    study = study_lines()
    year = (day(2025, 1, 1), day(2025, 12, 31))
    enough = Claimed("GEC1", Fraction(1000), "wind", *year)
    assert covered(study, [enough], year).covered
    assert not covered(study, [Claimed("GEC1", Fraction(999), "wind", *year)], year).covered
    assert not covered(study, [Claimed("GEC1", Fraction(1000), "wind", day(2024, 1, 1), day(2024, 12, 31))], year).covered
    assert not covered(study, [Claimed("GEC2", Fraction(1000), "wind", *year)], year).covered
    (fault,) = covered(study, [Claimed("GEC1", Fraction(1000), "pv", *year)], year).faults
    assert "CN-EL-CF-2024-wind" in fault.en
    assert covered((), [], year).covered


def study_lines() -> Any:
    from zuji.engine.contracts import Contracted  # noqa: PLC0415  # one use

    return (Contracted(Text("绿电", "green"), Fraction(1000), ("GEC1",), "CN-EL-CF-2024-wind"),)


GENERATION = {"coal": "5000", "hydro": "1400", "wind": "900", "pv": "800"}


def test_a_residual_mix_is_recalculated_after_claims_and_alters_nothing(world: World, as_: As, firm: int) -> None:
    operator, editor = as_(cast.OPERATOR), as_(cast.EDITOR)
    with pytest.raises(Refused, match="State the generation"):
        mixes.recompute(viewer=operator, year=2024)
    for name, mwh in GENERATION.items():
        mixes.state_generation(viewer=operator, year=2024, type=name, mwh=mwh, source="测试来源 a source of the test")
    assert mixes.recompute(viewer=operator, year=2024) == "2024 #1" == mixes.recompute(viewer=operator, year=2024)
    assert queries.mixes()[0].value == "0.5777"
    code = registered(editor, firm, world.site, start="2024-01-01", end="2024-12-31", volume="500")
    product = filled_product(editor, firm)
    made = claim(editor, code, product, "500", start="2024-01-01", end="2024-12-31")
    assert mixes.recompute(viewer=operator, year=2024) == "2024 #2"
    newest = ResidualMix.objects.get(number=2)
    total, average, wind = Fraction(8100), Fraction("0.5777"), Fraction("0.0324")
    assert Fraction(newest.value) * (total - 500) + 500 * wind == total * average
    assert mixes.recalculated(newest).intensity == Fraction(newest.value)
    offered = mixes.candidate(viewer=operator, year=2024)
    assert (offered.kind, offered.confidence, offered.version) == ("life-cycle", "unverified", "2")
    assert abs(offered.value - Fraction(newest.value)) <= mixes.QUANTUM / 2
    operations.release(viewer=editor, claim=made, reason="改用")
    assert mixes.recompute(viewer=operator, year=2024) == "2024 #3"
    assert [mix.value for mix in queries.mixes()] == ["0.5777", queries.mixes()[1].value, "0.5777"]
    assert len({mix.commitment for mix in queries.mixes()}) == 3, "the same inputs under another salt tell nobody that they are the same"
    with pytest.raises(DatabaseError), transaction.atomic():
        ResidualMix.objects.filter(number=1).update(value="0")


def test_a_residual_mix_is_handed_to_review_and_tells_no_claim(
    world: World, as_: As, signed_in: Callable[[cast.Person], Client], firm: int
) -> None:
    operator, editor = as_(cast.OPERATOR), as_(cast.EDITOR)
    for name, mwh in GENERATION.items():
        mixes.state_generation(viewer=operator, year=2024, type=name, mwh=mwh, source="测试来源 a source of the test")
    code = registered(editor, firm, world.site, start="2024-01-01", end="2024-12-31", volume="457")
    claim(editor, code, filled_product(editor, firm), "457", start="2024-01-01", end="2024-12-31")
    mixes.recompute(viewer=operator, year=2024)
    association = world.firms[cast.ASSOCIATION_FIRM.uscc]
    for person in (cast.OPERATOR, cast.SECRETARY):
        accounts.add_member(actor="system", enterprise=association, user=world.people[person.email], role="editor")
    made = set()
    for person, page in ((cast.OPERATOR, "/office/electricity/"), (cast.SECRETARY, "/authority/electricity/")):
        client, sent = signed_in(person), {"year": "2024", "enterprise": cast.ASSOCIATION_FIRM.uscc}
        assert f'action="{page}draft/"' in client.get(page).content.decode()
        made.add(client.post(f"{page}draft/", sent)["Location"])
        assert client.post(f"{page}draft/", {**sent, "year": "2023"}).status_code == 404
    dossier = Dossier.objects.get(factor_id="ZUJI-EL-RESIDUAL-CN-2024")
    assert made == {f"/dossiers/{dossier.pk}/edit/"}  # the second of them was led to the dossier of the first
    assert dossier.created_by == f"user:{world.people[cast.OPERATOR.email]}"
    content, row = Content.of(dossier.content), ResidualMix.objects.get()
    assert content.candidate.factor.parts == mixes.candidate(viewer=operator, year=2024).parts
    text = storage.place(content.evidence[0].sha256).read_text(encoding="utf-8")
    inputs = json.loads(row.inputs)
    assert all(word in text for word in (row.commitment, *inputs["factors"], *inputs["factors"].values(), "900 MWh", "测试来源"))
    assert "457" not in text.replace(row.commitment, "")  # what is claimed of a type can be one plant's own number
    assert "GEC-2025-000001" not in text
    with pytest.raises(NotFound):
        mixes.candidate(viewer=as_(cast.INSPECTOR), year=2024)


def test_a_residual_mix_that_cannot_be_is_refused(world: World, as_: As, firm: int) -> None:
    operator, editor = as_(cast.OPERATOR), as_(cast.EDITOR)
    mixes.state_generation(viewer=operator, year=2024, type="coal", mwh="5000", source="s")
    code = registered(editor, firm, world.site, start="2024-01-01", end="2024-12-31", volume="1000")
    claim(editor, code, filled_product(editor, firm), "1000", start="2024-01-01", end="2024-12-31")
    with pytest.raises(Refused, match="no stated generation"):
        mixes.recompute(viewer=operator, year=2024)
    mixes.state_generation(viewer=operator, year=2024, type="wind", mwh="900", source="s")
    with pytest.raises(Refused, match="is claimed than was generated"):
        mixes.recompute(viewer=operator, year=2024)
    with pytest.raises(Refused, match="no electricity footprint factors"):
        mixes.recompute(viewer=operator, year=1999)
    for viewer in (editor, as_(cast.OWNER), ANYONE):
        with pytest.raises(NotFound):
            mixes.recompute(viewer=viewer, year=2024)
        with pytest.raises(NotFound):
            mixes.state_generation(viewer=viewer, year=2024, type="coal", mwh="1", source="s")
    for wrong in ({"mwh": "-1"}, {"mwh": "1.5"}, {"source": ""}, {"type": "green"}, {"year": 1999}):
        with pytest.raises(Refused):
            mixes.state_generation(viewer=operator, **{"year": 2024, "type": "coal", "mwh": "1", "source": "s", **wrong})  # type: ignore[arg-type]  # the year is a number, the rest are texts


# Fifty at once, in processes of their own: what the database does when nobody's code can. -----------------------------------------------

PREPARE = """
import django; django.setup()
from tests import cast
from zuji.registry.accounts import operations as accounts
for firm, person in ((cast.CEMENT, cast.OWNER), (cast.RIVAL, cast.RIVAL_OWNER)):
    made = accounts.register_enterprise(actor="system", uscc=firm.uscc, name=firm.name, city=firm.city, demonstration=True)
    user = accounts.create_user(actor="system", email=person.email, name=person.name, password=cast.PASSWORD)
    accounts.add_member(actor="system", enterprise=made, user=user, role="owner")
"""
ACT = """
import json, threading
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import Error, connection
from tests import cast
from tests.integration.test_electricity import registered
from tests.questionnaires import filled_product
from zuji.registry.accounts import operations as accounts, queries as account_queries
from zuji.registry.electricity import operations
from zuji.registry.electricity.models import Certificate, Claim, Standing
from zuji.registry.evidence.operations import keep
from zuji.registry.refusals import Refused

def of(person):
    viewer = account_queries.viewer(account_queries.user_by_email(person.email))
    firm = account_queries.enterprise_by_uscc(person.firm.uscc)
    name = f"厂{len(account_queries.sites(viewer=viewer, uscc=person.firm.uscc))}"
    site = accounts.add_site(viewer=viewer, enterprise=firm, name_zh=name, name_en="", address="1", division="420203")
    return viewer, firm, site

def at_once(acts):
    barrier = threading.Barrier(len(acts))
    def one(act):
        try:
            connection.ensure_connection()
            barrier.wait(60)
            act()
            return "done"
        except Refused:
            return "refused"
        except Error as error:
            return type(error).__name__
        finally:
            connection.close()
    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))

viewer, firm, site = of(cast.OWNER)
"""
FIFTY_CLAIM = """
code = registered(viewer, firm, site, number="GEC-CLAIM")
product = filled_product(viewer, firm)
act = lambda: operations.claim(viewer=viewer, certificate=code, product=product, number=1, volume="100", start="2025-01-01", end="2025-12-31")
print(json.dumps([at_once([act] * 50), Claim.objects.filter(certificate=code).count()]))
"""
FIFTY_REGISTER = """
other, theirs, there = of(cast.RIVAL_OWNER)
files = [keep(viewer=viewer, enterprise=firm, name="c.txt", chunks=[b"c"]), keep(viewer=other, enterprise=theirs, name="c.txt", chunks=[b"c"])]
def act(n):
    who, what, where = ((viewer, firm, site), (other, theirs, there))[n % 2]
    written = operations.Written(number="GEC-ONCE", volume="5", start="2025-01-01", end="2025-12-31", type="wind", issuer="NEA", site=str(where))
    return lambda: operations.register(viewer=who, enterprise=what, written=written, evidence=files[n % 2])
print(json.dumps([at_once([act(n) for n in range(50)]), Standing.objects.filter(key="GECONCE").count()]))
"""
# The control: the same fifty, each of whom sees before it writes that enough is left, with the database's own count and check taken away.
WITHOUT = """
with connection.cursor() as cursor:
    for trigger, table in (("electricity_claim_counts", "electricity_claim"),):
        cursor.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
code = registered(viewer, firm, site, number="GEC-CONTROL")
product = filled_product(viewer, firm)
everybody = threading.Barrier(50)
def act():
    held = Certificate.objects.get(pk=code)
    claimed = sum(Claim.objects.filter(certificate=held).values_list("watt_hours", flat=True))
    everybody.wait(60)
    if claimed + 100_000_000 <= held.watt_hours:
        operations.claim(viewer=viewer, certificate=code, product=product, number=1, volume="100", start="2025-01-01", end="2025-12-31")
print(json.dumps([at_once([act] * 50), Claim.objects.filter(certificate=code).count()]))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with own_database(tmp_path_factory.mktemp("electricity"), migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings", "PYTHONPATH": str(ROOT), "ZUJI_LOG_LEVEL": "ERROR"}
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, cwd=ROOT)
        yield environment


def happened(database: Mapping[str, str], script: str) -> Any:
    ran = subprocess.run([sys.executable, "-c", ACT + script], env=dict(database), check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(ran.stdout.splitlines()[-1])


def test_of_fifty_who_claim_the_whole_at_once_one_does(database: Mapping[str, str]) -> None:
    came, kept = happened(database, FIFTY_CLAIM)
    assert sorted(came) == ["done"] + ["refused"] * 49
    assert kept == 1
    assert rows(database, "SELECT claimed, volume FROM electricity_standing WHERE key = 'GECCLAIM'") == [(100_000_000, 100_000_000)]


def test_of_fifty_who_register_one_number_at_once_one_does(database: Mapping[str, str]) -> None:
    came, kept = happened(database, FIFTY_REGISTER)
    assert sorted(came) == ["done"] + ["refused"] * 49
    assert kept == 1


def test_it_is_the_database_s_count_that_keeps_claims_within_the_volume(database: Mapping[str, str]) -> None:
    came, kept = happened(database, WITHOUT)
    assert set(came) == {"done"}
    assert kept == 50
