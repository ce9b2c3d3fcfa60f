"""A call whose answer is many lines: each is on the disk as soon as there is one, so that work which was interrupted can go on."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO

from zuji.sandbox.limits import Limits
from zuji.sandbox.outcomes import Crashed, Outcome, TimedOut, TooBig
from zuji.sandbox.runner import CHILD, PLACES, outcome_of, source_of

_LOOK_EVERY = 0.5  # seconds between two looks at how far the child is


def stream(
    target: str,
    data: bytes | IO[bytes],
    into: Path,
    *,
    arguments: Mapping[str, str | int | bool | None] | None = None,
    limits: Limits,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Call ``target``, a function that yields, in a child process; append each value to the file ``into`` as a line of JSON.

    ``progress`` is told the size of the file now and then; what it raises ends the child. ``limits.output`` bounds the whole file,
    what it held before included. Whatever the outcome, the file holds whole lines only and those that came before the end; ``Done`` has
    the value that the function returned at its end.
    """
    if not PLACES.acquire(timeout=limits.wall):
        return TimedOut("queue")
    try:
        with tempfile.TemporaryFile() as last, contextlib.ExitStack() as stack, into.open("ab") as lines:
            order = {"target": target, "arguments": dict(arguments or {}), "limits": asdict(limits), "lines": lines.fileno()}
            return _run(order, source_of(data, stack), last, lines, limits, progress)
    finally:
        PLACES.release()
        _keep_whole_lines(into)


def _run(
    order: dict[str, object],
    source: IO[bytes],
    last: IO[bytes],
    lines: IO[bytes],
    limits: Limits,
    progress: Callable[[int], None] | None,
) -> Outcome:
    child = subprocess.Popen(  # noqa: S603  # the interpreter and a file of ours: what is hostile comes through standard input
        [sys.executable, "-I", "-B", CHILD],
        stdin=source,
        stdout=last,
        stderr=subprocess.DEVNULL,
        env={"ZUJI_SANDBOX": json.dumps(order), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        pass_fds=(lines.fileno(),),
        start_new_session=True,
    )
    until = time.monotonic() + limits.wall
    try:
        while not _ended(child):
            if time.monotonic() > until:
                return TimedOut("wall")
            if progress is not None:
                progress(os.fstat(lines.fileno()).st_size)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    ended = outcome_of(child.returncode, last, limits)
    if isinstance(ended, Crashed) and (ended.how.startswith("SIGXFSZ") or os.fstat(lines.fileno()).st_size >= limits.output):
        return TooBig("output")
    return ended


def _ended(child: "subprocess.Popen[bytes]") -> bool:
    """Wait for the child a moment; true once it has ended."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_LOOK_EVERY)
    return child.returncode is not None


def _keep_whole_lines(into: Path) -> None:
    """Cut off a line that the child was writing when it ended."""
    with into.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        file.truncate(end)
