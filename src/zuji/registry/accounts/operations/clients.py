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
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.permissions import DELEGATED

LONGEST = datetime.timedelta(days=366)
AT_MOST = 50  # per enterprise


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
