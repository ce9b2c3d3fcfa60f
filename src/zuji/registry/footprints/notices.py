"""Who gets a letter when a version waits for them, and whether there is still a reason for it when it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints.models import Step
from zuji.registry.jobs.operations import enqueue
from zuji.registry.products.models import Version
from zuji.workflow.footprint import Act
from zuji.workflow.permissions import Permission

NOTICE = "version.notice"
"""The kind of job that sends one letter to one person; its key names the step and the person."""

_WAITS_FOR = {Act.ASK.value: Permission.SIGN_OFF, Act.RETURN.value: Permission.EDIT}


@dataclass(frozen=True, slots=True)
class Notice:
    """What a letter says: that a version of an enterprise waits for its reader. Products and numbers are trade secrets and stay out of it."""

    email: str
    act: str
    enterprise: Text
    product: str
    number: int


def announce(step: Step, version: Version, *, by: Viewer) -> None:
    """Have letters sent about a step that makes a version wait for somebody else, one job for each; inside the step's transaction."""
    for user in _readers(step, version):
        if user != by.user:
            enqueue(NOTICE, {"step": step.pk, "user": user}, f"{step.pk}:{user}")


def due(step: int, user: int) -> Notice | None:
    """The letter about a step for a person; None where the version went on since, or where it is no longer theirs to act on."""
    found = Step.objects.select_related("version__product__enterprise").filter(pk=step).first()
    email = accounts.email_of(user)
    if found is None or email is None or found.version.steps.order_by("-pk").values_list("pk", flat=True)[0] != step:
        return None
    product = found.version.product
    if not accounts.viewer(user).may(_WAITS_FOR[found.act], enterprise=product.enterprise_id, product=product.code):
        return None
    enterprise = Text(product.enterprise.name_zh, product.enterprise.name_en)
    return Notice(email=email, act=found.act, enterprise=enterprise, product=product.code, number=found.version.number)


def _readers(step: Step, version: Version) -> Iterator[int]:
    """Those who may sign what was laid before them; of a returned version the one who had asked, or all editors where a program had."""
    enterprise = version.product.enterprise_id
    if step.act == Act.ASK.value:
        yield from accounts.members_who_may(Permission.SIGN_OFF, enterprise=enterprise)
    elif step.act == Act.RETURN.value:
        asked = version.steps.filter(act=Act.ASK.value).order_by("-pk").values_list("by", flat=True)[0]
        if asked.startswith("user:"):
            yield int(asked.removeprefix("user:"))
        else:
            yield from accounts.members_who_may(Permission.EDIT, enterprise=enterprise)
