import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.evidence import storage
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.evidence.storage import Altered
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission

__all__ = ["Altered", "File", "Row", "file", "of", "of_enterprise"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A file in a list. ``size`` is in bytes, ``by`` names the person as the audit chain does."""

    code: str
    enterprise: int
    product: str
    name: str
    kind: str
    media: str
    size: int
    sha256: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file with its bytes, which give its hash."""

    row: Row
    content: bytes


def of(codes: Iterable[str], *, viewer: Viewer, products: Sequence[str] = ()) -> list[Row]:
    """Those of the named files that the viewer may know of, newest first; the others are left out as if they did not exist.

    ``products`` are the products that the caller knows the files to be attached to: seeing one of them is seeing its files.
    """
    rows = EvidenceFile.objects.filter(code__in=set(codes))
    return [_row(file) for file in rows if _visible(file, viewer, products)]


def of_enterprise(enterprise: int, *, viewer: Viewer) -> list[Row]:
    """All files of an enterprise, newest first, to choose from.

    Raises:
        NotFound: the viewer may not see all of the enterprise's products.
    """
    if not viewer.may(Permission.VIEW, enterprise=enterprise):
        raise NotFound
    return [_row(file) for file in EvidenceFile.objects.filter(enterprise=enterprise)]


def file(code: str, *, viewer: Viewer, products: Sequence[str] = ()) -> File:
    """A file with its bytes. ``products`` as in :func:`of`.

    Raises:
        NotFound: there is no such file, or none that the viewer may know of.
        Altered: the bytes on disk are not those that were handed in; this is logged.
    """
    kept = EvidenceFile.objects.filter(code=code).first()
    if kept is None or not _visible(kept, viewer, products):
        raise NotFound
    try:
        content = storage.content(kept.sha256, kept.size)
    except Altered as altered:
        _log.error("evidence.unsound", extra={"sha256": kept.sha256, "outcome": "missing" if altered.missing else "altered"})
        raise
    return File(row=_row(kept), content=content)


def _visible(file: EvidenceFile, viewer: Viewer, products: Sequence[str]) -> bool:
    return any(viewer.may(Permission.VIEW, enterprise=file.enterprise_id, product=product or None) for product in (file.product, *products))


def _row(file: EvidenceFile) -> Row:
    return Row(
        code=file.code,
        enterprise=file.enterprise_id,
        product=file.product,
        name=file.name,
        kind=file.kind,
        media=file.media,
        size=file.size,
        sha256=file.sha256,
        by=file.uploaded_by,
        at=file.at,
    )
