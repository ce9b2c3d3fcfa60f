"""Whether there is still a reason for a letter about a publication when it is sent, and what it says."""

import json
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.republication.models import Notice, Successor
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Due:
    """A letter to one person: that drafts wait at their enterprise; ``revoked``: because factors were revoked and nothing stands in.

    Products, factors and numbers stay out of it: letters are read on their way.
    """

    email: str
    enterprise: Text
    uscc: str
    revoked: bool


def due(notice: int, user: int) -> Due | None:
    """The letter about a notice for a person; None where every draft is decided, or where it is no longer theirs to decide."""
    found = Notice.objects.select_related("enterprise", "republication").filter(pk=notice).first()
    email = accounts.email_of(user)
    if found is None or email is None:
        return None
    if not accounts.viewer(user).may(Permission.EDIT, enterprise=found.enterprise_id):
        return None
    drafts = Successor.objects.filter(enterprise=found.enterprise_id, republication=found.republication_id)
    if drafts.exists() and not drafts.filter(decision=None).exists():
        return None
    firm = found.enterprise
    changes: dict[str, str | None] = json.loads(found.republication.changes)
    revoked = not any(changes.values())
    return Due(email=email, enterprise=Text(firm.name_zh, firm.name_en), uscc=firm.uscc, revoked=revoked)
