import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import Delegation, Membership
from zuji.registry.accounts.operations.locks import managed, person
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.permissions import DELEGATED

LONGEST = datetime.timedelta(days=366)
PRODUCTS_AT_MOST = 500


@transaction.atomic
def delegate(*, viewer: Viewer, enterprise: int, email: str, role: str, expires: str, products: Sequence[str] | None = None) -> int:
    """An outside person works on the enterprise's products to the end of a day; the delegation's number.

    ``products`` are codes of the enterprise's products, which the caller has looked up; None means all of them, also later ones.
    The address counts once somebody has shown that it is theirs: accounts are made no other way.

    Raises:
        Unfit: see ``faults``.
    """
    kept = managed(viewer, enterprise)
    today = timezone.localdate()
    entries = Entries()
    address = entries.email("email", email)
    entries.chosen("role", role, frozenset(DELEGATED))
    last = entries.day("expires", expires, first=today, last=today + LONGEST)
    if products is not None and not 0 < len(products) <= PRODUCTS_AT_MOST:
        entries.fault("products", Text("请选择产品，或选择全部产品。", "Choose products, or all products."))
    if "email" not in entries.faults and Membership.objects.filter(enterprise=kept, user__email__iexact=address).exists():
        entries.fault(
            "email", Text("该邮箱的持有人已是企业成员，无需委托。", "The person with this address is a member: a delegation adds nothing.")
        )
    entries.settle()
    made = Delegation.objects.create(
        enterprise=kept, email=address, role=role, products=sorted(set(products or ())), expires=last, by=person(viewer)
    )
    record(
        action=Action.DELEGATION_MADE,
        actor=viewer.name,
        subject=f"delegation:{made.pk}",
        enterprise=kept.uscc,
        details={"role": role, "expires": last.isoformat(), "products": len(made.products)},
    )
    return made.pk


@transaction.atomic
def revoke_delegation(*, viewer: Viewer, enterprise: int, delegation: int) -> None:
    """The consultant sees and changes nothing of it from the next request on.

    Raises:
        Refused: it was revoked already.
    """
    kept = managed(viewer, enterprise)
    found = Delegation.objects.filter(pk=delegation, enterprise=kept).first()
    if found is None:
        raise NotFound
    if found.revoked:
        raise Refused(Text("该委托已撤销。", "The delegation was revoked already."))
    found.revoked = timezone.now()
    found.save(update_fields=["revoked"])
    record(action=Action.DELEGATION_REVOKED, actor=viewer.name, subject=f"delegation:{found.pk}", enterprise=kept.uscc)
