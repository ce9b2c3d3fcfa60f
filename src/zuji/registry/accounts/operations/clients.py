import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import ApiClient
from zuji.registry.accounts.operations.locks import managed, person
from zuji.registry.accounts.tokens import hashed, new_token
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.workflow.duties import SEPARATE
from zuji.workflow.permissions import DELEGATED

LONGEST = datetime.timedelta(days=366)
LONGEST_OWN = datetime.timedelta(days=30)
AT_MOST = 50  # per enterprise
AT_MOST_OWN = 5


@dataclass(frozen=True, slots=True)
class MadeClient:
    """A new program with its secret, which is kept nowhere else and shown once."""

    client_id: str
    secret: str


@transaction.atomic
def make_client(*, viewer: Viewer, enterprise: int, name: str, role: str, expires: str) -> MadeClient:
    """A program may act for the enterprise as ``role`` (editor or viewer: a program signs nothing) to the end of a day.

    Raises:
        Unfit: see ``faults``.
        Refused: there are too many.
    """
    kept = managed(viewer, enterprise)
    today = timezone.localdate()
    entries = Entries()
    called = entries.line("name", name, most=120)
    entries.chosen("role", role, frozenset(DELEGATED))
    last = entries.day("expires", expires, first=today, last=today + LONGEST)
    entries.settle()
    if ApiClient.objects.filter(enterprise=kept, revoked=None, expires__gte=today).count() >= AT_MOST:
        raise Refused(Text(f"每家企业最多 {AT_MOST} 个接口客户端。", f"An enterprise has at most {AT_MOST} API clients."))
    made = MadeClient(client_id=new_code(), secret=new_token())
    ApiClient.objects.create(
        client_id=made.client_id,
        secret_hash=hashed(made.secret),
        enterprise=kept,
        name=called,
        role=role,
        created_by=person(viewer),
        expires=last,
    )
    record(
        action=Action.CLIENT_MADE,
        actor=viewer.name,
        subject=f"client:{made.client_id}",
        enterprise=kept.uscc,
        details={"role": role, "expires": last.isoformat()},
    )
    return made


@transaction.atomic
def make_own_client(*, viewer: Viewer, name: str, expires: str) -> MadeClient:
    """A program may act in the name of a person within their duties, to the end of a day. It signs publications on its first half day only.

    Raises:
        NotAllowed: the person has no duty but an auditor's, or it is a program that asks.
        Unfit: see ``faults``.
        Refused: there are too many.
    """
    if not viewer.duties - {duty.value for duty in SEPARATE} or viewer.client:
        raise NotAllowed(
            Text("只有承担职责的本人才能建立自己的程序。", "Only somebody with a duty makes a program of their own, and does so in person.")
        )
    owner = person(viewer)
    today = timezone.localdate()
    entries = Entries()
    called = entries.line("name", name, most=120)
    last = entries.day("expires", expires, first=today, last=today + LONGEST_OWN)
    entries.settle()
    if ApiClient.objects.filter(enterprise=None, created_by=owner, revoked=None, expires__gte=today).count() >= AT_MOST_OWN:
        raise Refused(Text(f"每人最多 {AT_MOST_OWN} 个程序。", f"A person has at most {AT_MOST_OWN} programs."))
    made = MadeClient(client_id=new_code(), secret=new_token())
    ApiClient.objects.create(
        client_id=made.client_id, secret_hash=hashed(made.secret), name=called, role="person", created_by=owner, expires=last
    )
    details = {"role": "person", "expires": last.isoformat()}
    record(action=Action.CLIENT_MADE, actor=viewer.name, subject=f"client:{made.client_id}", details=details)
    return made


@transaction.atomic
def revoke_own_client(*, viewer: Viewer, client: str) -> None:
    """A program of one's own may do nothing from its next request on.

    Raises:
        NotFound: there is none of theirs.
        Refused: it was revoked already.
    """
    found = ApiClient.objects.select_for_update().filter(client_id=client, enterprise=None, created_by=person(viewer)).first()
    if found is None:
        raise NotFound
    if found.revoked:
        raise Refused(Text("该程序已撤销。", "The program was revoked already."))
    found.revoked = timezone.now()
    found.save(update_fields=["revoked"])
    record(action=Action.CLIENT_REVOKED, actor=viewer.name, subject=f"client:{client}")


@transaction.atomic
def revoke_client(*, viewer: Viewer, enterprise: int, client: str) -> None:
    """The program may do nothing from its next request on.

    Raises:
        Refused: it was revoked already.
    """
    kept = managed(viewer, enterprise)
    found = ApiClient.objects.filter(client_id=client, enterprise=kept).first()
    if found is None:
        raise NotFound
    if found.revoked:
        raise Refused(Text("该客户端已撤销。", "The client was revoked already."))
    found.revoked = timezone.now()
    found.save(update_fields=["revoked"])
    record(action=Action.CLIENT_REVOKED, actor=viewer.name, subject=f"client:{client}", enterprise=kept.uscc)
