"""Two people at once. Real threads on a database of their own, with the lock and, on PostgreSQL, without it: the control shows that it matters.

On SQLite every transaction is IMMEDIATE: writers wait for each other whatever the operation does, and there is nothing to take away.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.own_database import migrated, own_database

STORY = """
import datetime, json, sys, threading
import django
django.setup()
from django.conf import settings
from django.db import connection
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.models import Enterprise, Membership
from zuji.registry.audit import queries as audit

story, lock = sys.argv[1:]
enterprise = operations.register_enterprise(
    actor="system", uscc="91350100M000100Y43", name=Text("甲", "A"), city=Text("乙", "B"), demonstration=True
)
people = []
for number in range(2):
    user = operations.create_user(actor="system", email=f"p{number}@test.example", name="P", password="correct horse battery staple")
    operations.add_member(actor="system", enterprise=enterprise, user=user, role="owner")
    people.append(user)
viewers = [queries.viewer(user) for user in people]
meeting = threading.Barrier(2)

if lock == "without":
    # Both have read the state of things before either changes it, as two requests at once may.
    def met(viewer, number):
        return Enterprise.objects.get(pk=number)

    import zuji.registry.accounts.operations.members as members
    members.managed = met
    members_checked = members.another_owner
    def checked(kept, *, without):
        members_checked(kept, without=without)
        meeting.wait(20)
    members.another_owner = checked

def demote(me):
    operations.change_role(viewer=viewers[me], enterprise=enterprise, user=people[1 - me], role="viewer")

def join(me):
    operations.accept_as_new_person(token=made.mailed, name=f"N{me}", password="correct horse battery staple")

made = operations.invite(viewer=viewers[0], enterprise=enterprise, email="new@test.example", role="viewer")
outcomes = []
def run(what, me):
    try:
        if lock == "with":
            meeting.wait(20)
        what(me)
        outcomes.append("done")
    except Exception as refused:
        outcomes.append(type(refused).__name__)
    finally:
        connection.close()

threads = [threading.Thread(target=run, args=({"demote": demote, "join": join}[story], me)) for me in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps({
    "outcomes": sorted(outcomes),
    "owners": Membership.objects.filter(enterprise=enterprise, role="owner").count(),
    "members": Membership.objects.filter(enterprise=enterprise).count(),
    "chain": audit.check(),
}))
"""


def told(folder: Path, story: str, lock: str) -> dict[str, object]:
    with own_database(folder, migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}
        ended = subprocess.run(
            [sys.executable, "-c", STORY, story, lock], env=environment, capture_output=True, text=True, check=False, timeout=120
        )
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


def test_two_owners_demote_each_other_and_one_stays(tmp_path: Path) -> None:
    seen = told(tmp_path, "demote", "with")
    assert seen == {"outcomes": ["NotAllowed", "done"], "owners": 1, "members": 2, "chain": []}


def test_an_invitation_followed_twice_at_once_makes_one_member(tmp_path: Path) -> None:
    seen = told(tmp_path, "join", "with")
    assert seen == {"outcomes": ["NotFound", "done"], "owners": 2, "members": 3, "chain": []}


def test_without_the_lock_nobody_would_be_left(tmp_path: Path) -> None:
    """The control. SQLite has no such moment to show: there the second writer waits before it has read anything."""
    seen = told(tmp_path, "demote", "without" if os.environ.get("DATABASE_URL") else "with")
    assert seen["owners"] == (0 if os.environ.get("DATABASE_URL") else 1)
