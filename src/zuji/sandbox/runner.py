"""The parent's side. It reads nothing of the file itself and survives whatever the child does."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from zuji.engine.text import Text
from zuji.sandbox.limits import Limits
from zuji.sandbox.outcomes import Crashed, Done, Outcome, Refused, TimedOut, TooBig

# So many children of one process at once: together they may take twice the memory of one, however many files come in.
PLACES = threading.BoundedSemaphore(2)
_DEFAULT = Limits()
CHILD = str(Path(__file__).with_name("child.py"))


def run(
    target: str,
    data: bytes | IO[bytes],
    *,
    arguments: Mapping[str, str | int | bool | None] | None = None,
    limits: Limits = _DEFAULT,
) -> Outcome:
    """Call ``target`` (``package.module:function``) with all bytes of ``data`` and ``arguments`` as keywords, in a child process.

    ``data`` is bytes, or an open file of the operating system, read from its beginning. The function returns what
    JSON can hold, or raises an exception with a ``text`` (:class:`zuji.engine.text.Text`) to refuse the file.
    Neither the arguments nor the content shows in the list of processes; the child's environment holds no setting.
    """
    if not PLACES.acquire(timeout=limits.wall):
        return TimedOut("queue")
    try:
        with tempfile.TemporaryFile() as answer, contextlib.ExitStack() as stack:
            return _run(target, source_of(data, stack), answer, dict(arguments or {}), limits)
    finally:
        PLACES.release()


def source_of(data: bytes | IO[bytes], stack: contextlib.ExitStack) -> IO[bytes]:
    """The data as a file of its own position: pipes can fill and block, files cannot."""
    if isinstance(data, bytes):
        source: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the caller's stack closes it
        source.write(data)
        source.flush()
    else:
        source = data
    source.seek(0)
    return source


def _run(target: str, source: IO[bytes], answer: IO[bytes], arguments: dict[str, Any], limits: Limits) -> Outcome:
    order = json.dumps({"target": target, "arguments": arguments, "limits": asdict(limits)})
    child = subprocess.Popen(  # noqa: S603  # the interpreter and a file of ours: what is hostile comes through standard input
        [sys.executable, "-I", "-B", CHILD],
        stdin=source,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={"ZUJI_SANDBOX": order, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        start_new_session=True,
    )
    try:
        status = child.wait(limits.wall)
    except subprocess.TimeoutExpired:
        return TimedOut("wall")
    finally:
        # The whole group, also when the child itself has ended: nothing that it started stays behind.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return outcome_of(status, answer, limits)


def outcome_of(status: int, answer: IO[bytes], limits: Limits) -> Outcome:
    """What a child that ended with this status, and wrote this answer, came to."""
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return TimedOut("cpu")
    if status == -signal.SIGALRM:
        return TimedOut("wall")
    if status < 0:
        return Crashed(signal.Signals(-status).name)
    answer.seek(0)
    written = answer.read(limits.output + 1)
    try:
        kind, value = json.loads(written)
    except (ValueError, TypeError, RecursionError):
        return Crashed(f"exit status {status}, no answer")
    match kind:
        case "done":
            return Done(value)
        case "refused":
            return Refused(Text(*value))
        case "too big":
            return TooBig(value)
    return Crashed(str(value)[:300])
