"""People who decide on one dossier at the same moment, each on a connection of their own: one wins, the others are told the state."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.own_database import migrated, own_database

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import django; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests import cast
from tests.integration.conftest import give_duties
from zuji.registry.accounts import operations as accounts
firm = accounts.register_enterprise(
    actor="system", uscc=cast.ASSOCIATION_FIRM.uscc, name=cast.ASSOCIATION_FIRM.name, city=cast.ASSOCIATION_FIRM.city, demonstration=True
)
people = {p.email: accounts.create_user(actor="system", email=p.email, name=p.name, password=cast.PASSWORD) for p in cast.EVERYBODY}
accounts.add_member(actor="system", enterprise=firm, user=people[cast.ASSOCIATION.email], role="editor")
give_duties(people)
"""
# Every act waits at a barrier until all are there; what each came to is printed.
ACT = """
import json, sys, threading
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import Error, connection
from tests import cast
from tests.dossiers import GOOD, NOW, DAY, PREVIEW, Way
from zuji.registry.accounts import queries as accounts
from zuji.registry.governance import operations
from zuji.registry.governance.models import Dossier, Publication, Step
from zuji.registry.governance.refusals import StateConflict

def as_(person):
    return accounts.viewer(accounts.user_by_email(person.email))

experts = tuple(accounts.user_by_email(p.email) for p in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
way = Way(as_, accounts.enterprise_by_uscc(cast.ASSOCIATION_FIRM.uscc), experts)
NEW = {"id": sys.argv[1], "version": "1", "supersedes": "", "reason": "", "value": f"2.{sys.argv[1][-1]}"}

def opine(code, verdict="accept"):
    given = dict(dossier=code, answers=GOOD, verdict=verdict, comment="意见", no_conflict=True, now=NOW)
    viewer = as_(cast.SECOND_EXPERT)
    return lambda: operations.opine(viewer=viewer, **given)

def give_back(code):
    viewer = as_(cast.SECRETARY)
    return lambda: operations.return_from_review(viewer=viewer, dossier=code, reason="形式问题", now=NOW)

def at_once(acts):
    barrier = threading.Barrier(len(acts))
    def one(act):
        try:
            connection.ensure_connection()
            barrier.wait(120)
            act()
            return "done"
        except StateConflict as conflict:
            return conflict.state
        except Error as error:
            return type(error).__name__
        finally:
            connection.close()
    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))

def taken(code, since):
    return list(Step.objects.filter(dossier=code, pk__gt=since).order_by("pk").values_list("act", flat=True))

def last(code):
    return Step.objects.filter(dossier=code).order_by("-pk").values_list("pk", flat=True)[0]

def half_reviewed():
    code = way.assigned(**NEW)
    way.opine(code, cast.EXPERT)
    return code
"""
FIFTY_DECIDE = """
code = half_reviewed()
since = last(code)
came = at_once([opine(code), give_back(code), opine(code, "revise"), give_back(code), opine(code)] * 10)
print(json.dumps([came, taken(code, since), Dossier.objects.get(pk=code).state]))
"""
FIFTY_PUBLISH = """
code = way.signed(**NEW)
since, viewer, seen = last(code), as_(cast.SECOND_PUBLISHER), way.digest(code)
publish = lambda: operations.publish(viewer=viewer, dossier=code, seen=seen, preview=PREVIEW, now=NOW + 7 * DAY)
came = at_once([publish] * 50)
print(json.dumps([came, taken(code, since), Publication.objects.filter(dossier=code).count()]))
"""
TWENTY_REVOKE = """
from zuji.registry.factors.models import Standing
from zuji.registry.governance.models import Revocation, RevocationDecision
from zuji.registry.jobs.models import Job
reference = NEW["id"] + "@1"
way.published(**NEW)
why = dict(reason_code="method", reason="方法有误", preview=PREVIEW)
first, second = as_(cast.PUBLISHER), as_(cast.SECOND_PUBLISHER)
propose = lambda: operations.propose_revocation(viewer=first, reference=reference, **why, now=NOW)
proposed = at_once([propose] * 10)
(one,) = Revocation.objects.all()
confirm = lambda: operations.confirm_revocation(viewer=second, code=one.pk, preview=PREVIEW, now=NOW)
drop = lambda: operations.drop_revocation(viewer=first, code=one.pk, reason="作罢", now=NOW)
came = at_once([confirm, drop] * 10)
decided = RevocationDecision.objects.get().confirmed
counts = [Standing.objects.filter(state="revoked").count(), Job.objects.filter(kind="republication.republish", key=one.pk).count()]
print(json.dumps([proposed, came, decided, counts, Dossier.objects.get(factor_id=NEW["id"]).state]))
"""
# The control: the expert and the secretary both read the dossier before either writes. With the lock the second reads after the first has
# written; without lock and transaction both read “in review” and both write.
BOTH_READ_FIRST = """
from zuji.registry.governance import moving, notices, reviewing
both, read = threading.Barrier(2), moving.held
def held_and_wait(viewer, code):
    found = read(viewer, code)
    try:
        both.wait(1)
    except threading.BrokenBarrierError:
        pass
    return found
code = half_reviewed()
since = last(code)
reviewing.held = held_and_wait
acts = [opine(code), give_back(code)]
if len(sys.argv) > 2:
    moving.locked = lambda: Dossier.objects.select_related("enterprise")
    moving.record = lambda **_: None
    notices.announce = lambda *_, **__: None
    operations.opine, operations.return_from_review = reviewing.opine.__wrapped__, reviewing.return_from_review.__wrapped__
print(json.dumps([at_once(acts), sorted(taken(code, since))]))
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


def test_of_fifty_decisions_at_once_one_counts_and_the_others_are_told_the_state(database: Mapping[str, str]) -> None:
    came, taken, state = happened(database, FIFTY_DECIDE, "HB-RACE-1")
    # An expert whose opinion differs from the first leaves it in review; then one of the others still decides by returning it.
    assert taken in (["agree"], ["return"])
    assert state == {"agree": "spot_check", "return": "returned"}[taken[0]]
    counted = Counter(came)
    assert counted["done"] in (1, 2)
    assert set(counted) <= {"done", state, "reviewing"}
    assert sum(counted.values()) == 50


def test_a_publication_clicked_fifty_times_is_one(database: Mapping[str, str]) -> None:
    came, taken, publications = happened(database, FIFTY_PUBLISH, "HB-RACE-2")
    assert (taken, publications) == (["publish"], 1)
    assert Counter(came) == {"done": 1, "published": 49}


def test_a_revocation_proposed_ten_times_is_one_and_of_twenty_decisions_one_counts(database: Mapping[str, str]) -> None:
    proposed, came, confirmed, counts, state = happened(database, TWENTY_REVOKE, "HB-RACE-5")
    assert proposed == ["done"] * 10  # the same proposal: each is led to the one that is there
    assert Counter(came) == {"done": 1, "revoked" if confirmed else "dropped": 19}
    assert counts == ([1, 1] if confirmed else [0, 0])
    assert state == ("revoked" if confirmed else "published")


def test_with_the_lock_only_one_of_two_decides(database: Mapping[str, str]) -> None:
    came, taken = happened(database, BOTH_READ_FIRST, "HB-RACE-3")
    assert sorted(came).count("done") == 1
    assert taken in (["agree"], ["return"])


def test_without_the_lock_both_decide(database: Mapping[str, str]) -> None:
    """The control: what the lock prevents does happen without it."""
    came, taken = happened(database, BOTH_READ_FIRST, "HB-RACE-4", "without")
    assert came == ["done", "done"]
    assert taken == ["agree", "return"]
