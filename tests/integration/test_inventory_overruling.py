"""A refused dataset comes in because a named person said so: recorded for good, part of the hash, and only where a person can know better."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import Error, connection, transaction
from django.test import Client

from tests import cast
from tests.integration.conftest import World
from tests.integration.inventories import BROKEN, FORGE, MILL, SOURCE, files, imported
from zuji.formats.gate.overruling import OVERRULABLE, Overruling
from zuji.importing import Imported, decided
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.inventory import operations, queries
from zuji.registry.inventory.drawing import drawn
from zuji.registry.inventory.models import Dataset
from zuji.registry.inventory.models import Overruling as Row
from zuji.registry.inventory.overruling import decisions, overrule
from zuji.registry.refusals import NotAllowed, NotFound, Refused

WHY = "已与发布者核对：数量属实，范围漏写一位。"
CHECK = "uncertainty.contradiction"
# The steelworks says 1.9 kg of CO2, between 0.17 and 0.21: the gate cannot know which of the two is wrong.
RANGE = b"<resultingAmount>1.9</resultingAmount><minimumAmount>0.17</minimumAmount><maximumAmount>0.21</maximumAmount><uncertaintyDistributionType>uniform</uncertaintyDistributionType>"  # noqa: E501  # as files have it
# What the power plant emits is lognormal, with a square of the geometric standard deviation of 1.44.
SPREAD = b"<resultingAmount>0.9</resultingAmount><uncertaintyDistributionType>log-normal</uncertaintyDistributionType><relativeStandardDeviation95In>1.44</relativeStandardDeviation95In>"  # noqa: E501  # as files have it


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The small database with a steelworks that contradicts itself."""
    held = files()
    mill = held["ILCD/processes/mill.xml"].replace(b"<resultingAmount>1.9</resultingAmount>", RANGE)
    plant = held["ILCD/processes/plant.xml"].replace(b"<resultingAmount>0.9</resultingAmount>", SPREAD)
    return imported(tmp_path_factory.mktemp("database"), {"ILCD/processes/mill.xml": mill, "ILCD/processes/plant.xml": plant})


@pytest.fixture
def release(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, read: Imported) -> str:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")
    return operations.store(viewer=SYSTEM, imported=read, source=SOURCE).code


def test_a_decision_lets_it_in_at_the_next_import_and_is_part_of_the_hash(release: str, read: Imported, client: Client) -> None:
    assert Dataset.objects.get(release=release, uuid=MILL).standing == "refused"
    made = overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    assert Dataset.objects.get(release=release, uuid=MILL).standing == "refused", "a release never changes"
    again = operations.store(viewer=SYSTEM, imported=read, source=SOURCE)
    assert again.new
    assert again.code != release
    row = Dataset.objects.get(release=again.code, uuid=MILL)
    assert row.standing == "usable"
    old, new = (queries.release(code, viewer=ANYONE) for code in (release, again.code))
    assert old.summary_hash != new.summary_hash
    (told,) = new.summary["overruled"]
    assert (told["dataset"], told["check"], told["by"], told["reason"], told["at"]) == (MILL, CHECK, "王工", WHY, made.at)
    sheet = queries.dataset(again.code, row.number, viewer=ANYONE)
    assert [finding["overruled"]["by"] for finding in sheet.findings if finding["code"] == CHECK] == ["王工"]
    assert operations.store(viewer=SYSTEM, imported=read, source=SOURCE) == operations.Stored(again.code, new=False)
    for address, words in (
        (f"/inventory/{again.code}/", ("经人审阅后采用",)),
        (f"/en/inventory/{again.code}/{row.number}/", ("overruled", "uniform 0.17–0.21 (contradicts the amount)")),
    ):
        page = client.get(address).content.decode()
        assert all(said in page for said in ("王工", WHY, *words)), address


def test_it_is_recorded_and_cannot_be_changed(release: str) -> None:
    overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    event = Event.objects.order_by("-number").first()
    assert event is not None
    assert (event.action, event.subject, event.actor) == ("inventory.overruled", f"inventory:{release}", "system")
    assert "王工" in event.details
    for statement in ("DELETE FROM inventory_overruling", "UPDATE inventory_overruling SET reason = 'x'"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_decision_is_taken_back_by_another_one(release: str, read: Imported) -> None:
    contents = {d.id: d.digest for d in read.inventory.datasets}
    with pytest.raises(Refused, match="take back"):
        overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工", withdraw=True)
    overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    assert len(decisions(contents)) == 1
    with pytest.raises(Refused, match="already"):
        overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="李工")
    overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason="发布者更正了数量，不再适用。", by="李工", withdraw=True)
    assert decisions(contents) == ()
    assert Row.objects.count() == 2
    assert operations.store(viewer=SYSTEM, imported=read, source=SOURCE) == operations.Stored(release, new=False)


def test_it_covers_this_content_only(release: str, tmp_path: Path) -> None:
    overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    held = files()["ILCD/processes/mill.xml"].replace(b"<resultingAmount>1.9</resultingAmount>", RANGE.replace(b"0.21", b"0.22"))
    other = imported(tmp_path / "changed", {"ILCD/processes/mill.xml": held})
    assert decisions({d.id: d.digest for d in other.inventory.datasets}) == ()


@pytest.mark.parametrize(
    ("dataset", "check", "by", "reason", "words"),
    [
        (BROKEN, "reference.zero", "王工", WHY, "cannot be overruled"),
        (MILL, "loop.gain", "王工", WHY, "cannot be overruled"),
        (FORGE, CHECK, "王工", WHY, "does not keep"),
        (MILL, CHECK, " ", WHY, "Name the person"),
        (MILL, CHECK, "王工", "对", "reason"),
    ],
)
def test_what_may_not_be_overruled_is_not(release: str, dataset: str, check: str, by: str, reason: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        overrule(viewer=SYSTEM, release=release, dataset=dataset, check=check, reason=reason, by=by)
    assert not Row.objects.exists()


def test_operators_decide_in_their_own_name_and_nobody_else_does(world: World, as_: Callable[[cast.Person], Viewer], release: str) -> None:
    for person in (cast.OWNER, cast.AUTHORITY, cast.STRANGER):
        with pytest.raises(NotAllowed):
            overrule(viewer=as_(person), release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    operator = as_(cast.OPERATOR)
    assert overrule(viewer=operator, release=release, dataset=MILL, check=CHECK, reason=WHY, by="somebody else").by == operator.name
    with pytest.raises(NotFound):
        overrule(viewer=operator, release=release, dataset="nothing", check=CHECK, reason=WHY)


def test_the_gate_itself_lets_nobody_overrule_what_cannot_be_calculated(read: Imported) -> None:
    """Whatever decisions are handed to it: a zero reference, a dangling reference, a loop stay out."""
    errors = [(f.dataset, f.code) for f in read.judgement.findings if f.severity == "error"]
    contents = {d.id: d.digest for d in read.inventory.datasets}
    every = [Overruling(dataset, contents[dataset], code, "王工", WHY, "2026-11-27") for dataset, code in errors]
    done = decided(read, every)
    assert done.judgement.refused == {BROKEN: ("reference.zero",)}
    assert [o.check for o in done.judgement.overruled] == [CHECK]
    stale = [Overruling(MILL, "another content", CHECK, "王工", WHY, "2026-11-27")]
    assert MILL in decided(read, stale).judgement.refused
    never = {"flow.missing", "property.missing", "provider.missing", "reference.missing", "reference.several", "reference.zero", "loop.gain",
             "amount.missing", "gas.uncharacterised", "gas.unit", "gas.product", "unit.dimension", "unit.unknown", "identity.conflict"}  # fmt: skip
    assert not never & set(OVERRULABLE)


def test_a_dataset_is_drawn_by_the_spreads_of_its_whole_supply(release: str, read: Imported) -> None:
    """The bolts' steel is out; the power plant emits 0.25 kg per MJ with a geometric standard deviation of 1.2, and nothing else is uncertain."""
    overrule(viewer=SYSTEM, release=release, dataset=MILL, check=CHECK, reason=WHY, by="王工")
    code = operations.store(viewer=SYSTEM, imported=read, source=SOURCE).code
    found = drawn(code, MILL, viewer=ANYONE, draws=4000, seed=5)
    per = 0.9 / 3.6
    loop = 1 / (1 - 1.8 * 0.01 / 3.6)
    assert found.value == pytest.approx(loop * (1.9 + 1.8 * per), rel=1e-12)
    assert found.low == pytest.approx(loop * (1.9 + 1.8 * per * 1.2**-1.96), rel=0.005)
    assert found.high == pytest.approx(loop * (1.9 + 1.8 * per * 1.2**1.96), rel=0.01)
    assert (found.usable, found.uncertain, found.spread, found.unit) == (4000, 1, True, "kg")
    assert drawn(code, MILL, viewer=ANYONE, draws=4000, seed=5) == found
    assert drawn(code, MILL, viewer=ANYONE, draws=4000, seed=6) != found
    assert not drawn(code, MILL, viewer=ANYONE, column="AR6/biogenic", draws=32).spread
    with pytest.raises(Refused, match="no number"):
        drawn(release, MILL, viewer=ANYONE)
    with pytest.raises(Refused, match="draws"):
        drawn(code, MILL, viewer=ANYONE, draws=5)
    with pytest.raises(NotFound):
        drawn(code, MILL, viewer=ANYONE, column="AR4/total")
    lines = {
        line.get("n", 0): line
        for line in queries.dataset(code, Dataset.objects.get(release=code, uuid=MILL).number, viewer=ANYONE).exchanges
    }
    assert lines[2]["uncertainty"]["use"] == "contradiction"
