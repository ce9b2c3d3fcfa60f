"""What a publication would do, as those who decide on a dossier see it."""

from dataclasses import dataclass
from typing import Any

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance.sheets import Sheet
from zuji.web.impacts import ground, keep
from zuji.web.pages.republication.officials import shown_preview

__all__ = ["Impact", "keep", "of"]


@dataclass(frozen=True, slots=True)
class Impact:
    """A dry run with its digest, as a template shows it. ``kept``: the first signature was given on it; ``moved``: one made now differs."""

    digest: str
    shown: dict[str, Any]
    kept: bool
    moved: bool


def of(found: Sheet, who: Viewer) -> Impact:
    """The dry run on which a dossier is signed. Raises :class:`NotFound` for whoever takes no part in decisions on factors."""
    on = ground(found, who)
    return Impact(on.preview.digest, shown_preview(on.preview.shown), on.kept, on.moved)
