"""Products and their versions: who may write, what a save keeps, what two tabs do to each other, and that nothing is ever lost."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from tests.integration.conftest import World
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import SYSTEM, Grant, Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.products import operations, queries
from zuji.registry.products.conflict import BadAnswers, Conflict
from zuji.registry.products.models import Change, Version
from zuji.registry.products.replay import answers_of, replayed
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.rules import load_model
from zuji.workflow.footprint import State

As = Callable[[cast.Person], Viewer]
NAME = Text("磷酸一铵 11-53", "MAP 11-53")
EXAMPLE = load_model("map-fertiliser").example


@pytest.fixture
def product(world: World, as_: As) -> str:
    return operations.create_product(viewer=as_(cast.EDITOR), enterprise=world.firms[cast.CEMENT.uscc], name=NAME, model="map-fertiliser")


def save(product: str, viewer: Viewer, base: int, **changes: str | None) -> operations.Saved:
    return operations.save_answers(viewer=viewer, product=product, number=1, base_revision=base, changes=changes)


def test_a_new_product_has_an_empty_draft(product: str, as_: As) -> None:
    sheet = queries.product(product, viewer=as_(cast.VIEWER))
    assert len(product) == 26
    assert sheet.row.name == NAME
    assert [(v.number, v.state, v.revision, v.model) for v in sheet.versions] == [(1, "draft", 0, "map-fertiliser@1.0.0")]


@pytest.mark.parametrize("person", [cast.APPROVER, cast.VIEWER], ids=lambda p: p.email)
def test_those_who_only_look_change_nothing(world: World, as_: As, product: str, person: cast.Person) -> None:
    viewer = as_(person)
    with pytest.raises(NotAllowed):
        operations.create_product(viewer=viewer, enterprise=world.firms[cast.CEMENT.uscc], name=NAME, model="map-fertiliser")
    with pytest.raises(NotAllowed):
        save(product, viewer, 0, ammonia="1")
    with pytest.raises(NotAllowed):
        operations.archive_product(viewer=viewer, product=product, archived=True)
    with pytest.raises(NotAllowed):
        operations.see_group(viewer=viewer, product=product, number=1, group="plant", finished=True)
    operations.see_group(viewer=viewer, product=product, number=1, group="plant")
    assert queries.version(product, 1, viewer=viewer).seen == {}


@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.STRANGER, cast.OPERATOR], ids=lambda p: p.email)
def test_for_everybody_else_there_is_nothing(world: World, as_: As, product: str, person: cast.Person) -> None:
    viewer = as_(person)
    calls: list[Callable[[], object]] = [
        lambda: queries.product(product, viewer=viewer),
        lambda: queries.version(product, 1, viewer=viewer),
        lambda: queries.history(product, 1, viewer=viewer),
        lambda: queries.answers_at(product, 1, 0, viewer=viewer),
        lambda: save(product, viewer, 0, ammonia="1"),
        lambda: operations.restore(viewer=viewer, product=product, number=1, revision=0),
        lambda: operations.new_version(viewer=viewer, product=product, base=1),
        lambda: operations.describe_product(viewer=viewer, product=product, name=NAME),
        lambda: operations.create_product(viewer=viewer, enterprise=world.firms[cast.CEMENT.uscc], name=NAME, model="map-fertiliser"),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert queries.of_enterprise(cast.CEMENT.uscc, viewer=viewer).rows == ()


def test_a_consultant_works_on_what_was_entrusted_and_nothing_else(world: World, as_: As, product: str) -> None:
    firm = world.firms[cast.CEMENT.uscc]
    other = operations.create_product(viewer=as_(cast.EDITOR), enterprise=firm, name=Text("水泥", "Cement"), model="portland-cement")
    consultant = Viewer(user=1, grants=(Grant(enterprise=firm, role="editor", products=frozenset({product})),))
    assert save(product, consultant, 0, ammonia="1").revision == 1
    with pytest.raises(NotFound):
        queries.version(other, 1, viewer=consultant)
    with pytest.raises(NotFound):
        operations.create_product(viewer=consultant, enterprise=firm, name=NAME, model="map-fertiliser")
    assert [row.code for row in queries.delegated(viewer=consultant).rows] == [product]
    reader = Viewer(user=1, grants=(Grant(enterprise=firm, role="viewer", products=None),))
    assert {row.code for row in queries.delegated(viewer=reader).rows} == {product, other, world.product}
    with pytest.raises(NotAllowed):
        save(product, reader, 1, ammonia="2")


def test_a_save_keeps_what_changed_and_one_event_without_the_secret(product: str, as_: As) -> None:
    before = len(list(audit.entries()))
    saved = save(product, as_(cast.EDITOR), 0, ammonia="５７，１２０", producer="秘密厂", map_output=None)
    assert saved == operations.Saved(1, ("ammonia", "producer"), {"ammonia": "57120"})
    assert queries.version(product, 1, viewer=as_(cast.VIEWER)).answers == {"ammonia": "57120", "producer": "秘密厂"}
    events = list(audit.entries())[before:]
    assert [event.action for event in events] == ["answers.saved"]
    assert "57120" not in events[0].details
    assert "秘密" not in events[0].details
    again = save(product, as_(cast.EDITOR), 1, ammonia="57120")
    assert (again.revision, again.changed) == (1, ())
    assert len(list(audit.entries())) == before + 1


def test_two_tabs_that_change_different_fields_are_merged(product: str, as_: As) -> None:
    save(product, as_(cast.EDITOR), 0, ammonia="1", rock="2")
    save(product, as_(cast.OWNER), 1, ammonia="10")
    merged = save(product, as_(cast.EDITOR), 1, rock="20")
    assert merged.revision == 3
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {"ammonia": "10", "rock": "20"}


def test_two_tabs_that_change_one_field_clash_and_nothing_is_kept(product: str, as_: As) -> None:
    save(product, as_(cast.EDITOR), 0, ammonia="1")
    save(product, as_(cast.OWNER), 1, ammonia="10")
    with pytest.raises(Conflict) as clash:
        save(product, as_(cast.EDITOR), 1, ammonia="100", rock="5")
    found = clash.value.fields["ammonia"]
    assert (found.saw, found.mine, found.theirs, found.by) == ("1", "100", "10", as_(cast.OWNER).name)
    assert (list(clash.value.fields), clash.value.revision) == (["ammonia"], 2)
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {"ammonia": "10"}
    assert save(product, as_(cast.EDITOR), 2, ammonia="100", rock="5").revision == 3


def test_the_same_change_made_twice_is_no_clash(product: str, as_: As) -> None:
    save(product, as_(cast.EDITOR), 0, ammonia="1")
    assert save(product, as_(cast.EDITOR), 0, ammonia="1").revision == 1


def test_what_cannot_be_kept_keeps_nothing(product: str, as_: As) -> None:
    with pytest.raises(BadAnswers) as bad:
        operations.save_answers(
            viewer=as_(cast.EDITOR),
            product=product,
            number=1,
            base_revision=0,
            changes={"ammonia": "1", "producer": "x" * 10_000, "state": "submitted", "revision": "9"},
        )
    assert set(bad.value.fields) == {"producer", "state", "revision"}
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {}


def test_wrong_numbers_are_kept_as_typed_for_the_check_to_name(product: str, as_: As) -> None:
    save(product, as_(cast.EDITOR), 0, ammonia="1,23", rock="12 t")
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {"ammonia": "1,23", "rock": "12 t"}


def test_any_revision_and_any_field_can_be_brought_back(product: str, as_: As) -> None:
    save(product, as_(cast.EDITOR), 0, ammonia="1", rock="2")
    save(product, as_(cast.EDITOR), 1, ammonia="3", rock=None, producer="厂")
    operations.restore(viewer=as_(cast.EDITOR), product=product, number=1, revision=1, key="ammonia")
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {"ammonia": "1", "producer": "厂"}
    operations.restore(viewer=as_(cast.EDITOR), product=product, number=1, revision=1)
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).answers == {"ammonia": "1", "rock": "2"}
    assert queries.answers_at(product, 1, 2, viewer=as_(cast.EDITOR)) == {"ammonia": "3", "producer": "厂"}
    changes, pages = queries.history(product, 1, viewer=as_(cast.VIEWER), key="ammonia")
    assert [(c.revision, c.before, c.after) for c in changes] == [(3, "3", "1"), (2, "1", "3"), (1, None, "1")]
    assert {c.by for c in changes} == {cast.EDITOR.name}
    assert pages == 1
    with pytest.raises(NotFound):
        operations.restore(viewer=as_(cast.EDITOR), product=product, number=1, revision=99)


KEYS = st.sampled_from(["ammonia", "rock", "producer", "ammonia.unit"])
STEPS = st.lists(st.dictionaries(KEYS, st.one_of(st.none(), st.sampled_from(["1", "2", "t", "kg"])), max_size=3), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_answers_are_what_the_changes_replay_to(world: World, as_: As, steps: list[dict[str, str | None]]) -> None:
    editor = as_(cast.EDITOR)
    code = operations.create_product(viewer=editor, enterprise=world.firms[cast.CEMENT.uscc], name=NAME, model="map-fertiliser")
    states: list[dict[str, str]] = [{}]
    for step in steps:
        revision = operations.save_answers(viewer=editor, product=code, number=1, base_revision=len(states) - 1, changes=step).revision
        after = {key: value for key, value in {**states[-1], **step}.items() if value is not None}
        if revision == len(states):
            states.append(after)
        assert states[revision] == after
    version = Version.objects.get(product=code)
    assert answers_of(version) == states[-1] == replayed(version.changes.all())
    for revision, state in enumerate(states):
        assert queries.answers_at(code, 1, revision, viewer=editor) == state


def test_a_new_version_starts_from_the_old_answers(product: str, as_: As) -> None:
    editor = as_(cast.EDITOR)
    operations.save_answers(viewer=editor, product=product, number=1, base_revision=0, changes=dict(EXAMPLE))
    with pytest.raises(Refused, match="Version 1"):
        operations.new_version(viewer=editor, product=product, base=1)
    Version.objects.filter(product=product).update(state=State.SUBMITTED.value)
    assert operations.new_version(viewer=editor, product=product, base=1) == 2
    second = queries.version(product, 2, viewer=editor)
    assert (second.answers, second.based_on, second.state, second.revision) == (dict(EXAMPLE), 1, "draft", 1)
    with pytest.raises(Refused, match="submitted"):
        save(product, editor, 1, ammonia="2")


def test_a_version_whose_model_is_gone_keeps_its_answers_and_moves_on(product: str, as_: As) -> None:
    editor = as_(cast.EDITOR)
    save(product, editor, 0, ammonia="1", rock="2")
    version = Version.objects.get(product=product)
    version.answers = json.dumps({"ammonia": "1", "rock": "2", "steam_of_old": "3"})
    version.model = "map-fertiliser@0.9.0"
    version.save()
    with pytest.raises(Refused, match=r"map-fertiliser@0\.9\.0 is no longer on offer"):
        save(product, editor, 1, ammonia="2")
    assert queries.version(product, 1, viewer=editor).answers["steam_of_old"] == "3"
    assert operations.move_to_newest_model(viewer=editor, product=product, number=1) == "map-fertiliser@1.0.0"
    moved = queries.version(product, 1, viewer=editor)
    assert moved.answers == {"ammonia": "1", "rock": "2"}
    assert queries.history(product, 1, viewer=editor, key="steam_of_old")[0][0].before == "3"


@pytest.mark.parametrize(
    "name",
    [Text("", ""), Text("  ", "\u3000"), Text("好" * 201, ""), Text("水泥\u202e", "x"), Text("a\nb", "x"), Text("a\x00b", "x")],
    ids=repr,
)
def test_names_that_cannot_be_kept_are_refused(world: World, as_: As, name: Text) -> None:
    with pytest.raises(Refused):
        operations.create_product(viewer=as_(cast.EDITOR), enterprise=world.firms[cast.CEMENT.uscc], name=name, model="map-fertiliser")


def test_one_name_stands_for_both_languages(world: World, as_: As) -> None:
    code = operations.create_product(
        viewer=as_(cast.EDITOR), enterprise=world.firms[cast.CEMENT.uscc], name=Text("水泥 <b>P·O</b>", ""), model="portland-cement"
    )
    assert queries.product(code, viewer=SYSTEM).row.name == Text("水泥 <b>P·O</b>", "水泥 <b>P·O</b>")


def test_changes_are_never_changed(product: str, as_: As) -> None:
    from django.db import DatabaseError, transaction  # noqa: PLC0415  # what is shown is the database's own refusal

    save(product, as_(cast.EDITOR), 0, ammonia="1")
    for attempt in (lambda: Change.objects.update(after="2"), lambda: Change.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            attempt()


@pytest.mark.parametrize("count", [3, 30])
def test_lists_ask_the_database_as_often_for_many_as_for_few(
    world: World, as_: As, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    editor = as_(cast.EDITOR)
    for n in range(count):
        operations.create_product(
            viewer=editor, enterprise=world.firms[cast.CEMENT.uscc], name=Text(f"产品{n}", f"Product {n}"), model="map-fertiliser"
        )
    with django_assert_num_queries(3):  # type: ignore[attr-defined]  # a fixture without a published type
        listed = queries.of_enterprise(cast.CEMENT.uscc, viewer=editor)
    assert listed.total == count + 1  # and that of the world
    assert len(listed.rows) == min(count + 1, 25)
