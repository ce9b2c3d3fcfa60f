"""The rows of ``zuji bench engine`` and their table."""

from dataclasses import asdict, dataclass

from zuji.bench.figures import shown


@dataclass(frozen=True, slots=True)
class Row:
    """One work. ``ours``, ``peer``: median seconds of the processor; ``ratio``: peer over ours; ``reach``: the ratio aimed at; ``error``: against the peer or oracle.

    ``peak_mb``: the most memory of the process during ours, with the interpreter and all data; ``limit_share``: what one pass over its data takes on this machine at least
    (:mod:`~zuji.bench.limits`), over ours. Without ``ours`` nothing was measured, and ``work`` says why.
    """

    work: str
    ours: float | None = None
    peer: float | None = None
    peer_name: str = ""
    reach: float | None = None
    error: float | None = None
    peak_mb: float | None = None
    limit_share: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.peer is None or self.ours is None else self.peer / self.ours

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}


def table(rows: list[Row]) -> str:
    """All rows in columns."""
    head = ("work", "ours", "peer", "", "ratio", "reach", "error", "peak MB", "of limit")
    cells = [
        (
            row.work,
            "" if row.ours is None else timed(row.ours),
            "" if row.peer is None else timed(row.peer),
            row.peer_name,
            "" if row.ratio is None else f"{row.ratio:.3g}",
            "" if row.reach is None else f"{row.reach:g}",
            "" if row.error is None else f"{row.error:.0e}",
            "" if row.peak_mb is None else f"{row.peak_mb:.0f}",
            "" if row.limit_share is None else f"{row.limit_share:.0%}",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in [head, *cells])


def timed(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else shown(seconds)
