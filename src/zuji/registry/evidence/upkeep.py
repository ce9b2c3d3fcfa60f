"""Whether the files on disk are those that the database knows."""

import time
from dataclasses import dataclass

from zuji.registry.evidence import storage
from zuji.registry.evidence.models import EvidenceFile

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class State:
    """``missing`` and ``altered`` are hashes that rows refer to; ``unknown`` are files, by their place in the folder, that no row refers to."""

    kept: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.missing and not self.altered


def check() -> State:
    """Compare every row with its file, by its hash, and every file with the rows. A file without a row is no loss: an upload ended before its row was written."""
    known = sorted(set(EvidenceFile.objects.values_list("sha256", flat=True)))
    found = {sha256: storage.digest_on_disk(sha256) for sha256 in known}
    placed = {storage.place(sha256) for sha256 in known}
    return State(
        kept=len(known),
        missing=tuple(sha256 for sha256, digest in found.items() if digest is None),
        altered=tuple(sha256 for sha256, digest in found.items() if digest is not None and digest != sha256),
        unknown=tuple(str(path.relative_to(storage.folder())) for path in storage.all_files() if path not in placed),
    )


def tidy(*, now: float | None = None) -> tuple[str, ...]:
    """Remove files that no row refers to and that are more than a day old, so that no upload under way loses its file; what was removed."""
    removed = []
    for name in check().unknown:
        path = storage.folder() / name
        old = (now or time.time()) - path.stat().st_mtime > _DAY
        if old and not EvidenceFile.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            removed.append(name)
    return tuple(removed)
