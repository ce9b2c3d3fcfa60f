"""The dry run on which a dossier is signed: the first signature keeps it, the second is given on the kept one. Pages and interface ask here."""

from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import sheets as queries
from zuji.registry.governance.refusals import NotReadable, StateConflict
from zuji.registry.governance.sheets import Sheet
from zuji.registry.refusals import NotFound
from zuji.registry.republication import operations, previews
from zuji.registry.republication.previews import Preview, Proposed


@dataclass(frozen=True, slots=True)
class Ground:
    """A dry run. ``kept``: the first signature was given on it; ``moved``: one made now differs."""

    preview: Preview
    kept: bool
    moved: bool


def ground(found: Sheet, who: Viewer) -> Ground:
    """The dry run on which a dossier is signed. Raises :class:`NotFound` for whoever takes no part in decisions on factors."""
    now = previews.preview(_changes(found, who), viewer=who)
    if found.approval is None:
        return Ground(now, kept=False, moved=False)
    try:
        signed = previews.kept_preview(found.approval.preview, viewer=who)
    except NotFound:  # signed elsewhere on one that was not kept: it can be looked at no more, only taken back
        return Ground(now, kept=False, moved=True)
    return Ground(signed, kept=True, moved=signed.digest != now.digest)


def keep(dossier: str, who: Viewer, *, shown: str) -> str:
    """The digest of the dry run that is signed first, kept under it. Raises StateConflict where footprints have moved since it was shown."""
    found = queries.sheet(dossier, viewer=who)
    made = operations.keep_preview(_changes(found, who), viewer=who)
    if made.digest != shown:
        raise StateConflict(
            Text(
                "打开本页之后有核算结果变动，影响预览已不同。请按新的预览再看一遍后签发。",
                "Footprints have changed since you opened this page, and so has the preview. Look at the new one, then sign.",
            ),
            state=found.row.state,
        )
    return made.digest


def _changes(found: Sheet, who: Viewer) -> list[Proposed]:
    """The version that is replaced, and the candidate; nothing for a new factor, on which no footprint rests yet."""
    try:
        proposed = queries.proposal(found.row.code, viewer=who)
    except NotReadable:
        return []
    return [Proposed(proposed.old, proposed.new)] if proposed.old else []
