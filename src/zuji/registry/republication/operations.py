"""All writes: dry runs that are kept, publications that are carried out, and what owners make of their drafts."""

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models.functions import Now

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import PLATFORM, Action, record
from zuji.registry.jobs.operations import enqueue
from zuji.registry.jobs.republishing import republish
from zuji.registry.refusals import Refused
from zuji.registry.republication.bulk import add_drafts, add_notices
from zuji.registry.republication.drafting import Drafted
from zuji.registry.republication.models import WITHDRAWN, KeptPreview, Queued, Republication, Successor
from zuji.registry.republication.plan import Plan
from zuji.registry.republication.previews import Preview, Proposed, preview, text_of

DRAFTS = "republication.drafts"
QUEUE = "republication.queue"
LETTERS = "republication.letters"
LETTER = "republication.letter"
"""The kinds of job after :data:`zuji.registry.jobs.republishing.REPUBLISH`: drafts by the vector, those solved one by one, letters to be written, one letter."""
_BATCH = 2_000


def publish_change(*, publication: str, changes: Mapping[str, str | None]) -> int:
    """Have a publication carried out, once; the number of the job. What :func:`zuji.registry.jobs.republishing.republish` does for those below."""
    return republish(publication=publication, changes=changes)


@transaction.atomic
def keep_preview(changes: Sequence[Proposed], *, viewer: Viewer) -> Preview:
    """Make a dry run and keep it under its digest, for a signature to be bound to. The same dry run is kept once.

    Raises:
        NotFound, Refused: as :func:`zuji.registry.republication.previews.preview` does.
    """
    made = preview(changes, viewer=viewer)
    key = made.digest
    if not KeptPreview.objects.filter(pk=key).exists():
        KeptPreview.objects.bulk_create([KeptPreview(digest=key, content=text_of(made), made_by=viewer.name)], ignore_conflicts=True)
        record(action=Action.REPUBLICATION_PREVIEWED, actor=viewer.name, subject=f"preview:{key}", details={"changes": len(changes)})
    return made


def begin(*, publication: str, plan: Plan) -> None:
    """Note that a publication is carried out from now on, and have the first drafts made. Inside the transaction that ends its job."""
    changes = {old: new.reference if new is not None else None for old, new in plan.new.items()}
    _, made = Republication.objects.get_or_create(pk=publication, defaults={"changes": _json(changes)})
    if not made:
        raise Refused(Text(f"发布 {publication} 已在处理。", f"The publication {publication} is being carried out already."))
    enqueue(DRAFTS, {"publication": publication, "after": ""}, f"{publication}:")
    record(action=Action.REPUBLICATION_BEGUN, actor="system", subject=_subject(publication), details={"factors": len(changes)})


def keep_drafts(*, publication: str, found: Drafted) -> None:
    """Keep a piece of drafts with its notices, and have the next made; after the last, those solved one by one, and the letters."""
    add_drafts(publication, found.drafts)
    Successor.objects.bulk_create(
        [Successor(footprint_id=f, enterprise_id=e, republication_id=publication, outcome=WITHDRAWN) for f, e in found.withdrawn],
        batch_size=_BATCH,
    )
    Queued.objects.bulk_create(
        [Queued(footprint_id=f, enterprise_id=e, republication_id=publication, reason=why) for f, e, why in found.queued], batch_size=_BATCH
    )
    add_notices(publication, found.enterprises)
    if found.last:
        enqueue(DRAFTS, {"publication": publication, "after": found.last}, f"{publication}:{found.last}")
    else:
        Republication.objects.filter(pk=publication).update(drafted=Now())
        enqueue(QUEUE, {"publication": publication, "after": 0}, f"{publication}:0")
        enqueue(LETTERS, {"publication": publication, "after": 0}, f"{publication}:0")
    _record(publication, drafts=len(found.drafts) + len(found.withdrawn), queued=len(found.queued), enterprises=len(found.enterprises))


def keep_solved(*, publication: str, successors: Sequence[Successor], last: int) -> None:
    """Keep successors that were solved one by one, and have the next solved; after the last, the publication is carried out."""
    Successor.objects.bulk_create(successors)
    if last:
        enqueue(QUEUE, {"publication": publication, "after": last}, f"{publication}:{last}")
        _record(publication, drafts=len(successors), queued=0, enterprises=0)
        return
    Republication.objects.filter(pk=publication).update(finished=Now())
    made = Successor.objects.filter(republication=publication).count()
    record(action=Action.REPUBLICATION_FINISHED, actor="system", subject=_subject(publication), details={"drafts": made})


def _record(publication: str, **details: int) -> None:
    record(action=Action.REPUBLICATION_DRAFTED, actor="system", subject=_subject(publication), details=details)


def _subject(publication: str) -> str:
    return f"{PLATFORM}:publication:{publication}"[:300]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
