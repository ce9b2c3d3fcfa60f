"""Who from outside an enterprise looked at its results."""

from django.db import transaction
from django.utils import timezone

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.audit.operations import Action, record
from zuji.registry.footprints.models import Footprint


@transaction.atomic
def seen(code: str, *, viewer: Viewer) -> None:
    """Record that somebody who is no member of its enterprise was shown a result that is not public: once a person, result and day.

    Only a delegation opens a result to such a person; for all others nothing is asked of the database.
    """
    if not viewer.grants or viewer.system:
        return
    owner = Footprint.objects.filter(code=code, publication=None).values_list("enterprise", "enterprise__uscc").first()
    if owner is None or owner[0] in viewer.roles:
        return
    subject, today = f"footprint:{code}", timezone.localdate()
    if not audit.counted(audit.Filters(actor=viewer.name, subject=subject, action=Action.RESULT_READ, begins=today)):
        record(action=Action.RESULT_READ, actor=viewer.name, subject=subject, enterprise=owner[1])
