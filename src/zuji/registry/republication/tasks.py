"""What is done of a publication in the background: a chain of jobs, each a piece of the work in one transaction with the next link.

A worker that is killed has written nothing of its piece, and the next takes that piece anew: nothing is lost, nothing is there twice.
"""

import json
from collections.abc import Mapping

from zuji.registry.accounts import queries as accounts
from zuji.registry.footprints.models import Footprint
from zuji.registry.jobs.operations import Argument, Change, enqueue
from zuji.registry.republication import operations, plan
from zuji.registry.republication.drafting import drafted
from zuji.registry.republication.models import Notice, Queued, Republication
from zuji.registry.republication.solving import successor
from zuji.workflow.permissions import Permission

DRAFTS_AT_ONCE = 5_000
SOLVED_AT_ONCE = 10
LETTERS_AT_ONCE = 200


def republish(arguments: Mapping[str, Argument]) -> Change:
    """Begin with a publication. Where one of its versions was never published the job is parked: that is a fault to look into."""
    publication = str(arguments["publication"])
    made = plan.planned(plan.published(json.loads(str(arguments["changes"]))))
    return lambda: operations.begin(publication=publication, plan=made)


def drafts(arguments: Mapping[str, Argument]) -> Change:
    """The next successors by the vector."""
    publication = str(arguments["publication"])
    made = plan.of(Republication.objects.get(pk=publication))
    found = drafted(made, after=str(arguments["after"]), count=DRAFTS_AT_ONCE)
    return lambda: operations.keep_drafts(publication=publication, found=found)


def queue(arguments: Mapping[str, Argument]) -> Change:
    """The next successors by the engine."""
    publication = str(arguments["publication"])
    made = plan.of(Republication.objects.get(pk=publication))
    waiting = Queued.objects.filter(republication=publication, pk__gt=int(arguments["after"] or 0)).order_by("pk")[:SOLVED_AT_ONCE]
    taken = list(waiting.values_list("pk", "footprint"))
    rows = Footprint.objects.only("enterprise_id", "content", "result", "calculated_on").in_bulk([code for _, code in taken])
    solved = [successor(made, publication, rows[code]) for _, code in taken]
    return lambda: operations.keep_solved(publication=publication, successors=solved, last=taken[-1][0] if taken else 0)


def letters(arguments: Mapping[str, Argument]) -> Change:
    """Have a letter written to everybody who may edit footprints of the next enterprises that were told, one job for each."""
    publication = str(arguments["publication"])
    notices = Notice.objects.filter(republication=publication, pk__gt=int(arguments["after"] or 0)).order_by("pk")[:LETTERS_AT_ONCE]
    taken = [(pk, accounts.members_who_may(Permission.EDIT, enterprise=firm)) for pk, firm in notices.values_list("pk", "enterprise")]

    def change() -> None:
        for notice, users in taken:
            for user in users:
                enqueue(operations.LETTER, {"notice": notice, "user": user}, f"{notice}:{user}")
        if taken:
            last = taken[-1][0]
            enqueue(operations.LETTERS, {"publication": publication, "after": last}, f"{publication}:{last}")

    return change
