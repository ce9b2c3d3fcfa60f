"""Footprints are kept as they were, once, and shown to whom they belong."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import World
from zuji.engine.results import as_json, sealed
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.footprints import kept, operations, queries
from zuji.registry.footprints.models import Footprint
from zuji.registry.footprints.operations import Calculation
from zuji.registry.refusals import NotAllowed, NotFound

Calculate = Callable[..., Calculation]


def _viewer(world: World, person: cast.Person) -> Viewer:
    return accounts.viewer(world.people[person.email])


def test_a_result_is_read_as_it_was_written(world: World) -> None:
    again = kept.read(kept.written(world.result))
    assert again == world.result
    assert sealed(again).result_hash == world.result.result_hash
    assert as_json(again, "en") == as_json(world.result, "en")


def test_how_a_result_moves_and_spreads_is_read_as_it_was_written(world: World, calculated: Calculate) -> None:
    explored = calculated().analyses
    for again in (kept.read_analyses(kept.written_analyses(explored)), queries.calculated(world.public, viewer=ANYONE).analyses):
        assert len(again.sensitivity) >= 5
        assert again.sensitivity == explored.sensitivity
        assert again.simulation is not None
        assert explored.simulation is not None
        assert again.simulation.totals.tolist() == explored.simulation.totals.tolist()


def test_what_is_kept_gives_the_same_number_for_ever(world: World) -> None:
    sheet = queries.sheet(world.public, viewer=ANYONE)
    assert sheet.calculated.result == world.result
    assert sheet.row.total == format(world.result.total, "f")
    assert sheet.newest == world.public


def test_the_same_study_with_the_same_result_is_kept_once(world: World, calculated: Calculate) -> None:
    before = (Footprint.objects.count(), Event.objects.count())
    enterprise = world.firms[cast.CEMENT.uscc]
    assert operations.store(viewer=SYSTEM, enterprise=enterprise, calculation=calculated(), public=True) == world.public
    assert (Footprint.objects.count(), Event.objects.count()) == before


def test_a_changed_study_is_a_new_version_and_the_old_one_stays(world: World, calculated: Calculate) -> None:
    changed = calculated({'clinker_ratio: "0.780"': 'clinker_ratio: "0.790"'})
    code = operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=changed, public=True)
    assert code != world.public
    new, old = queries.sheet(code, viewer=ANYONE), queries.sheet(world.public, viewer=ANYONE)
    assert (new.row.number, old.row.number) == (2, 1)
    assert old.newest == code
    assert old.calculated.result == world.result
    assert new.calculated.result.total > old.calculated.result.total


@pytest.mark.parametrize("person", [cast.OWNER, cast.EDITOR], ids=lambda person: person.role)
def test_owner_and_editor_may_store(world: World, calculated: Calculate, person: cast.Person) -> None:
    changed = calculated({'clinker_ratio: "0.780"': 'clinker_ratio: "0.785"'})
    code = operations.store(viewer=_viewer(world, person), enterprise=world.firms[cast.CEMENT.uscc], calculation=changed)
    event = Event.objects.get(subject=f"footprint:{code}")
    assert event.actor == f"user:{world.people[person.email]}"
    assert event.enterprise == cast.CEMENT.uscc


@pytest.mark.parametrize("person", [cast.VIEWER, cast.APPROVER], ids=lambda person: person.role)
def test_viewer_and_approver_may_not_store(world: World, calculated: Calculate, person: cast.Person) -> None:
    with pytest.raises(NotAllowed):
        operations.store(viewer=_viewer(world, person), enterprise=world.firms[cast.CEMENT.uscc], calculation=calculated())


@pytest.mark.parametrize("person", cast.OUTSIDERS, ids=lambda person: person.email.split("@")[0])
def test_outsiders_neither_see_nor_store(world: World, calculated: Calculate, person: cast.Person) -> None:
    viewer = _viewer(world, person)
    with pytest.raises(NotFound):
        queries.sheet(world.private, viewer=viewer)
    with pytest.raises(NotFound):
        queries.document(world.private, form="pdf", language="zh", viewer=viewer)
    with pytest.raises(NotFound):
        operations.store(viewer=viewer, enterprise=world.firms[cast.CEMENT.uscc], calculation=calculated())
    assert world.private not in {row.code for row in queries.of_enterprises(viewer)}


@pytest.mark.parametrize("person", [cast.OWNER, cast.EDITOR, cast.APPROVER, cast.VIEWER], ids=lambda person: person.role)
def test_every_member_sees_what_is_the_enterprise_s_own(world: World, person: cast.Person) -> None:
    viewer = _viewer(world, person)
    assert queries.sheet(world.private, viewer=viewer).row.study_id == "private-cement"
    assert {row.code for row in queries.of_enterprises(viewer)} == {world.public, world.private, world.signed}


def test_a_factor_names_the_footprints_that_rest_on_it(world: World) -> None:
    used = next(c.factor for c in world.result.contributions if c.factor and "@" in c.factor)
    factor, _, version = used.rpartition("@")
    assert [row.code for row in queries.using_factor(factor, version, viewer=ANYONE)] == [world.public]
    member = _viewer(world, cast.VIEWER)
    assert {row.code for row in queries.using_factor(factor, version, viewer=member)} == {world.public, world.private, world.signed}


@pytest.mark.parametrize("table", ["footprints_footprint", "footprints_document", "footprints_usedfactor"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET footprint = footprint"])
def test_the_database_refuses_to_change_what_is_kept(world: World, table: str, statement: str) -> None:
    column = "study" if table == "footprints_footprint" else "footprint_id"
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table).replace("footprint = footprint", f"{column} = {column}"))


def test_lists_take_as_many_queries_for_many_as_for_one(world: World, calculated: Calculate) -> None:
    viewer = _viewer(world, cast.OWNER)
    with CaptureQueriesContext(connection) as few:
        queries.of_enterprises(viewer)
        queries.demonstrations()
    for ratio in range(10):
        changed = calculated({"portland-cement": f"cement-{ratio}"})
        operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=changed, public=True)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.of_enterprises(viewer)) == 13
        assert len(queries.demonstrations()) == 11
    assert len(many) == len(few)
