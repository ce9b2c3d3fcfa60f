"""People who act at the same moment, each on a connection of their own: one wins, the others are told; case numbers have no gap and no twin."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.own_database import migrated, own_database

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import django; django.setup()
from tests import cast
from zuji.registry.accounts import operations as accounts
firm = accounts.register_enterprise(actor="system", uscc=cast.CEMENT.uscc, name=cast.CEMENT.name, city=cast.CEMENT.city, demonstration=True)
for person in (cast.OWNER, cast.EDITOR, cast.APPROVER):
    user = accounts.create_user(actor="system", email=person.email, name=person.name, password=cast.PASSWORD)
    accounts.add_member(actor="system", enterprise=firm, user=user, role=person.role)
"""
# Every act waits at a barrier until all are there; what each came to is printed.
ACT = """
import datetime, json, sys, threading
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import Error, connection
from tests import cast
from tests.questionnaires import filled_product
from zuji.registry.accounts import queries as accounts
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints.models import Submission
from zuji.registry.refusals import Refused

TODAY = datetime.date(2026, 11, 1)

def as_(person):
    return accounts.viewer(accounts.user_by_email(person.email))

def asked():
    code = filled_product(as_(cast.EDITOR), accounts.enterprise_by_uscc(cast.CEMENT.uscc))
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)
    return code, cases.awaited(code, 1, viewer=as_(cast.APPROVER)).result_hash

def sign(person, code, seen):
    return lambda: submitting.sign(viewer=as_(person), product=code, number=1, result_hash=seen)

def at_once(acts):
    barrier = threading.Barrier(len(acts))
    def one(act):
        try:
            connection.ensure_connection()
            barrier.wait(60)
            return ["done", act()]
        except Refused as refused:
            return ["refused", refused.text.en]
        except Error as error:
            return ["error", type(error).__name__]
        finally:
            connection.close()
    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))

"""
TWO_SIGN = """
code, seen = asked()
print(json.dumps(at_once([sign(cast.OWNER, code, seen), sign(cast.APPROVER, code, seen)])))
"""
SIGN_AND_RETURN = """
code, seen = asked()
give_back = lambda: submitting.return_to_draft(viewer=as_(cast.OWNER), product=code, number=1, reason="why", result_hash=seen)
came = at_once([sign(cast.APPROVER, code, seen), give_back])
print(json.dumps([came, cases.steps(code, 1, viewer=as_(cast.OWNER))[-1].act, len(cases.of_product(code, viewer=as_(cast.OWNER)))]))
"""
ASK_TWICE = """
code = filled_product(as_(cast.EDITOR), accounts.enterprise_by_uscc(cast.CEMENT.uscc))
ask = lambda: submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)
from zuji.registry.footprints import queries
came = at_once([ask, ask, ask])
print(json.dumps([came, len(queries.of_product(code, viewer=as_(cast.OWNER)))]))
"""
EIGHT_SIGN = """
before = Submission.objects.count()
came = at_once([sign(cast.APPROVER, *asked()) for _ in range(8)])
print(json.dumps([before, came]))
"""
# The control: two signers read the last number before either writes. With the lock the second reads after the first has written; without it
# both read the same number.
TWO_READ_FIRST = """
both = threading.Barrier(2)
number = submitting._next_case
def read_and_wait(year):
    found = number(year)
    try:
        both.wait(float(sys.argv[1]))
    except threading.BrokenBarrierError:
        pass
    return found
submitting._next_case = read_and_wait
if len(sys.argv) > 2:
    submitting.one_after_the_other = lambda: None
acts = [sign(cast.APPROVER, *asked()) for _ in range(2)]
print(json.dumps(at_once(acts)))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with own_database(tmp_path_factory.mktemp("races"), migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings", "PYTHONPATH": str(ROOT), "ZUJI_LOG_LEVEL": "ERROR"}
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, cwd=ROOT)
        yield environment


def happened(database: Mapping[str, str], script: str, *arguments: str) -> Any:
    ran = subprocess.run(
        [sys.executable, "-c", ACT + script, *arguments], env=dict(database), check=True, capture_output=True, text=True, cwd=ROOT
    )
    return json.loads(ran.stdout.splitlines()[-1])


def test_of_two_who_sign_at_once_one_does_and_the_other_is_told_the_state(database: Mapping[str, str]) -> None:
    came = sorted(happened(database, TWO_SIGN))
    assert [what for what, _ in came] == ["done", "refused"]
    assert "“submitted”" in came[1][1]


def test_of_signing_and_returning_at_once_one_counts(database: Mapping[str, str]) -> None:
    came, last, submitted = happened(database, SIGN_AND_RETURN)
    assert sorted(what for what, _ in came) == ["done", "refused"]
    assert (last, submitted) == (("sign", 1) if came[0][0] == "done" else ("return", 0))


def test_asking_several_times_at_once_is_asking_once(database: Mapping[str, str]) -> None:
    came, kept = happened(database, ASK_TWICE)
    assert sorted(what for what, _ in came) == ["done", "refused", "refused"]
    assert kept == 1


def test_eight_who_sign_at_once_get_eight_numbers_in_a_row(database: Mapping[str, str]) -> None:
    before, came = happened(database, EIGHT_SIGN)
    assert {what for what, _ in came} == {"done"}
    assert sorted(int(number[-6:]) for _, number in came) == list(range(before + 1, before + 9))


def test_it_is_the_lock_that_keeps_the_numbers_apart(database: Mapping[str, str]) -> None:
    came = happened(database, TWO_READ_FIRST, "1")
    assert [what for what, _ in came] == ["done", "done"]
    assert len({number for _, number in came}) == 2
    if os.environ.get("DATABASE_URL"):  # SQLite has no second writer to begin with: its transactions take the lock as they start
        without = sorted(happened(database, TWO_READ_FIRST, "30", "without the lock"))
        assert [what for what, _ in without] == ["done", "error"]
        assert without[1][1] == "IntegrityError"
