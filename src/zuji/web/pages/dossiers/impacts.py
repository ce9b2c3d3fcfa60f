"""What a publication would do, as those who decide on a dossier see it: the first signature keeps the dry run, the second is given on the kept one."""

from dataclasses import dataclass
from typing import Any

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import sheets as queries
from zuji.registry.governance.refusals import NotReadable
from zuji.registry.governance.sheets import Sheet
from zuji.registry.refusals import NotFound, Refused
from zuji.registry.republication import operations, previews
from zuji.registry.republication.previews import Preview, Proposed
from zuji.web.pages.republication.officials import shown_preview


@dataclass(frozen=True, slots=True)
class Impact:
    """A dry run with its digest, as a template shows it. ``kept``: the first signature was given on it; ``moved``: one made now differs."""

    digest: str
    shown: dict[str, Any]
    kept: bool
    moved: bool


def of(found: Sheet, who: Viewer) -> Impact:
    """The dry run on which a dossier is signed. Raises :class:`NotFound` for whoever takes no part in decisions on factors."""
    now = previews.preview(_changes(found, who), viewer=who)
    if found.approval is None:
        return _impact(now, kept=False, moved=False)
    try:
        signed = previews.kept_preview(found.approval.preview, viewer=who)
    except NotFound:  # signed elsewhere on one that was not kept: it can be looked at no more, only taken back
        return _impact(now, kept=False, moved=True)
    return _impact(signed, kept=True, moved=signed.digest != now.digest)


def keep(dossier: str, who: Viewer, *, shown: str) -> str:
    """The digest of the dry run that is signed first, kept under it. Raises Refused where footprints have moved since it was shown."""
    made = operations.keep_preview(_changes(queries.sheet(dossier, viewer=who), who), viewer=who)
    if made.digest != shown:
        raise Refused(
            Text(
                "打开本页之后有核算结果变动，影响预览已不同。请按新的预览再看一遍后签发。",
                "Footprints have changed since you opened this page, and so has the preview. Look at the new one, then sign.",
            )
        )
    return made.digest


def _impact(made: Preview, *, kept: bool, moved: bool) -> Impact:
    return Impact(made.digest, shown_preview(made.shown), kept, moved)


def _changes(found: Sheet, who: Viewer) -> list[Proposed]:
    """The version that is replaced, and the candidate; nothing for a new factor, on which no footprint rests yet."""
    try:
        proposed = queries.proposal(found.row.code, viewer=who)
    except NotReadable:
        return []
    return [Proposed(proposed.old, proposed.new)] if proposed.old else []
