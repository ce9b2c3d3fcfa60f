"""A measured figure, and the table of figures."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from zuji import __version__


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of ``runs`` measurements in seconds, the aim in seconds (None: none stated), and a peer's median in the same run."""

    name: str
    seconds: float
    runs: int
    aim: float | None = None
    peer: str = ""
    peer_seconds: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """This over the peer: below 1 is faster than the peer."""
        return None if not self.peer_seconds else self.seconds / self.peer_seconds

    def line(self) -> str:
        """One line while the measurements run."""
        return f"{self.name}: {shown(self.seconds)}"

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}


def median_seconds(action: Callable[[], object], *, runs: int) -> float:
    """The median duration of an action over several runs, by the monotonic clock."""
    durations = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def shown(seconds: float) -> str:
    """Seconds as a person reads them.

    >>> shown(0.0421), shown(2.5)
    ('42.1 ms', '2.50 s')
    """
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def machine() -> str:
    """What it was measured on; no name of the machine itself."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"zuji {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores"


def table(figures: Sequence[Figure]) -> str:
    """All figures in columns."""
    head = ("what", "median", "runs", "aim", "", "peer", "ratio", "note")
    rows = [
        (
            f.name,
            shown(f.seconds),
            str(f.runs),
            "" if f.aim is None else f"< {shown(f.aim)}",
            "" if f.aim is None else ("kept" if f.seconds < f.aim else "missed"),
            "" if f.peer_seconds is None else f"{f.peer} {shown(f.peer_seconds)}",
            "" if f.ratio is None else f"{f.ratio:.3g}",
            f.note,
        )
        for f in figures
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [head, *rows])
