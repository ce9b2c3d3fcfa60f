"""What the staff of the platform see: who enterprises say they are, and nothing of what they enter."""

import datetime
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, IdentityCheck, Membership, Role
from zuji.registry.accounts.queries.organisation import Identity, identity_of
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.refusals import NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """An enterprise to look at. ``identity`` says what was found before; ``evidence`` names the papers of that time."""

    enterprise: int
    uscc: str
    name: Text
    city: Text
    registered: datetime.datetime
    identity: Identity
    owners: tuple[tuple[str, str], ...] = ()
    evidence: str = ""


def enterprises_to_confirm(*, viewer: Viewer) -> tuple[list[Waiting], int]:
    """The enterprises whose identity is not confirmed, the longest waiting first, at most fifty; and how many there are.

    Raises:
        NotFound: the viewer is no operator.
    """
    _operators_only(viewer)
    rows = Enterprise.objects.filter(identity_confirmed=False)
    shown = list(rows.order_by("created", "pk")[:PAGE])
    newest = {check.enterprise_id: check for check in IdentityCheck.objects.filter(enterprise__in=[row.pk for row in shown]).order_by("pk")}
    return [_waiting(row, _found(row, newest.get(row.pk))) for row in shown], rows.count()


def for_office(*, viewer: Viewer, uscc: str) -> Waiting:
    """One enterprise, confirmed or not, with its owners to ask.

    Raises:
        NotFound: there is none, or the viewer is no operator.
    """
    _operators_only(viewer)
    found = Enterprise.objects.filter(uscc=uscc).first()
    if found is None:
        raise NotFound
    owners = Membership.objects.filter(enterprise=found, role=Role.OWNER, user__is_active=True).order_by("pk")
    check = IdentityCheck.objects.filter(enterprise=found).order_by("-pk").first()
    return _waiting(
        found,
        identity_of(found),
        owners=tuple(owners.values_list("user__name", "user__email")),
        evidence=check.evidence if check else "",
    )


def _operators_only(viewer: Viewer) -> None:
    if not (viewer.operator or viewer.system):
        raise NotFound


def _found(row: Enterprise, check: IdentityCheck | None) -> Identity:
    if check is None or check.of_name != row.name_zh:
        return Identity("waiting")
    return Identity("refused", check.reason, check.at)


def _waiting(row: Enterprise, identity: Identity, *, owners: tuple[tuple[str, str], ...] = (), evidence: str = "") -> Waiting:
    return Waiting(
        enterprise=row.pk,
        uscc=row.uscc,
        name=Text(row.name_zh, row.name_en),
        city=Text(row.city_zh, row.city_en),
        registered=row.created,
        identity=identity,
        owners=owners,
        evidence=evidence,
    )
