"""People, enterprises and their codes."""

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.integration.conftest import World
from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries, uscc
from zuji.registry.accounts.models import Enterprise, User
from zuji.registry.refusals import Refused

# Codes that their holders publish themselves: the example of GB 32100, Baidu, Huawei.
PUBLISHED = ("91350100M000100Y43", "91110000802100433B", "914403001922038216")
NAME, CITY = Text("甲", "A"), Text("乙", "B")
characters = st.sampled_from(uscc.ALPHABET)
codes = st.builds(
    lambda head, division, tail: head + division + tail,
    st.text(characters, min_size=2, max_size=2),
    st.text(st.sampled_from("0123456789"), min_size=6, max_size=6),
    st.text(characters, min_size=9, max_size=9),
).map(lambda first: first + uscc.check_character(first))


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_right(code: str) -> None:
    assert uscc.fault(code) is None


@given(code=codes, place=st.integers(0, 17), other=characters)
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert (uscc.fault(wrong) is None) == (wrong == code)


@given(code=codes, place=st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (uscc.fault(swapped) is None) == (swapped == code)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "has 18 characters; this has 0"),
        ("9135010OM000100Y43", "cannot stand"),
        ("91350100m000100y43", "cannot stand"),
        ("９１350100M000100Y43", "cannot stand"),
        ("91AB0100M000100Y43", "digits of the registering authority"),
        ("91350100M000100Y44", "check character"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(code: str, says: str) -> None:
    fault = uscc.fault(code)
    assert fault is not None
    assert says in fault.en
    assert fault.zh


def test_an_enterprise_is_registered_once(world: World) -> None:
    with pytest.raises(Refused, match="registered already"):
        operations.register_enterprise(actor="system", uscc=cast.CEMENT.uscc, name=NAME, city=CITY)


def test_a_wrong_code_is_not_registered(world: World) -> None:
    with pytest.raises(Refused, match="check character"):
        operations.register_enterprise(actor="system", uscc="91350100M000100Y44", name=NAME, city=CITY)


def test_the_database_knows_the_form_of_a_code(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Enterprise.objects.create(uscc="91350100m000100y43", name_zh="甲", name_en="A", city_zh="乙", city_en="B")


def test_an_address_is_one_person_whatever_its_case(world: World) -> None:
    with pytest.raises(Refused, match="already"):
        operations.create_user(actor="system", email=cast.OWNER.email.upper(), name="Other", password=cast.PASSWORD)
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.create(email=cast.OWNER.email.upper(), name="Other")


def test_a_weak_password_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        operations.create_user(actor="system", email="new@test.example", name="New", password="password")


def test_roles_are_those_of_the_table(world: World) -> None:
    with pytest.raises(Refused, match="no role"):
        operations.add_member(
            actor="system", enterprise=world.firms[cast.CEMENT.uscc], user=world.people[cast.STRANGER.email], role="emperor"
        )


def test_a_viewer_knows_the_roles_of_a_person(world: World) -> None:
    assert queries.viewer(world.people[cast.EDITOR.email]).roles == {world.firms[cast.CEMENT.uscc]: "editor"}
    assert queries.viewer(world.people[cast.STRANGER.email]).roles == {}
    assert queries.viewer(None).user is None
