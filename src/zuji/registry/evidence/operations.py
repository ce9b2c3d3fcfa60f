import datetime
import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction

from zuji import sandbox
from zuji.engine.text import Text
from zuji.formats.attachments.faults import in_words
from zuji.formats.attachments.kinds import SUFFIXES
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.evidence import names, queries, storage
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.permissions import Permission

_log = logging.getLogger(__name__)
_INSPECT = "zuji.formats.attachments.inspection:inspect"
MEBIBYTE = 2**20


def keep(*, viewer: Viewer, enterprise: int, name: str, chunks: Iterable[bytes], product: str = "") -> str:
    """Inspect and keep a file that an enterprise hands in; its code. The same file handed in again has the code it had.

    The stream is read only when the person may hand it in, and no further than the limit.

    Raises:
        NotFound: there is no such enterprise, or the viewer has nothing to do with it.
        NotAllowed: the viewer may look, and not hand in.
        Refused: the file is not taken; the text says why, and what to do.
    """
    owner = Enterprise.objects.filter(pk=enterprise).first()
    if owner is None:
        raise NotFound
    viewer.demand(Permission.EDIT, enterprise=enterprise, product=product or None)
    shown, suffix = names.shown(name)
    if suffix not in SUFFIXES:
        raise Refused(in_words("suffix"))
    try:
        with storage.received(chunks, settings.VALUES.upload_limit * MEBIBYTE) as arrived:
            if arrived.size == 0:
                raise Refused(in_words("empty"))
            found = _inspected(arrived, suffix)
            storage.settle(arrived)
    except storage.TooLarge:
        raise too_large() from None
    except OSError as error:
        _log.error("evidence.not_written", extra={"outcome": error.strerror})
        raise Refused(
            Text(
                "服务器暂时无法保存文件，请稍后再试，或联系平台管理员。",
                "The server cannot keep the file. Try again later, or tell the operator of the platform.",
            )
        ) from None
    file = EvidenceFile(
        code=new_code(),
        enterprise=owner,
        product=product,
        sha256=arrived.sha256,
        size=arrived.size,
        name=shown,
        kind=found["kind"],
        media=found["media"],
        uploaded_by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    return _stored(file, viewer)


def _inspected(arrived: storage.Received, suffix: str) -> dict[str, str]:
    """Kind and media type, as a child process found them by the content."""
    outcome = sandbox.run(_INSPECT, arrived.file, arguments={"suffix": suffix})
    match outcome:
        case sandbox.Done(value={"kind": str(kind), "media": str(media)}):
            return {"kind": kind, "media": media}
        case sandbox.Done(value={"fault": str(fault), "found": str(found)}):
            raise Refused(in_words(fault, found, suffix))
        case sandbox.TimedOut(what="queue"):
            raise Refused(in_words("busy"))
        case sandbox.TooBig() | sandbox.TimedOut():
            _log.warning("evidence.not_read", extra={"sha256": arrived.sha256[:12], "outcome": type(outcome).__name__})
            raise Refused(in_words("too_complex"))
    _log.warning("evidence.not_read", extra={"sha256": arrived.sha256[:12], "outcome": type(outcome).__name__})
    raise Refused(in_words("damaged"))


@transaction.atomic
def _stored(file: EvidenceFile, viewer: Viewer) -> str:
    of = {"enterprise": file.enterprise, "product": file.product, "sha256": file.sha256, "name": file.name}
    _, new = EvidenceFile.objects.get_or_create(**of, defaults={field: getattr(file, field) for field in _FIRST})
    kept = EvidenceFile.objects.get(**of)
    if new:
        record(
            action=Action.EVIDENCE_KEPT,
            actor=viewer.name,
            subject=f"evidence:{kept.code}",
            enterprise=file.enterprise.uscc,
            details={"sha256": kept.sha256, "size": kept.size, "kind": kept.kind},
        )
    return kept.code


# What only the first of two equal files decides.
_FIRST = ("code", "size", "kind", "media", "uploaded_by", "at")


def read(*, viewer: Viewer, code: str, products: Sequence[str] = ()) -> queries.File:
    """Hand out a file, and record it: who looked at a trade secret can be told afterwards. ``products`` as in :func:`queries.of`.

    Raises:
        NotFound: there is no such file, or none that the viewer may know of.
        Altered: the bytes on disk are not those that were handed in.
    """
    found = queries.file(code, viewer=viewer, products=products)
    with transaction.atomic():
        record(
            action=Action.EVIDENCE_READ,
            actor=viewer.name,
            subject=f"evidence:{code}",
            enterprise=Enterprise.objects.values_list("uscc", flat=True).get(pk=found.row.enterprise),
            details={"sha256": found.row.sha256},
        )
    return found


def too_large() -> Refused:
    """The refusal of a file beyond the limit, also where its bytes were never read."""
    return Refused(in_words("too_big", str(settings.VALUES.upload_limit)))
