"""The child's side: this file, run by its path, limits itself, calls one function on its standard input, and answers in JSON.

It imports nothing of the product but what the order names, so that a child starts in a moment.

The limits of the operating system hold against everything, native code included. The audit hook holds against what
Python code is talked into (an external entity that names a file, a link that opens a connection); native code that
has been taken over is not stopped by it.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER = (
    "socket.", "subprocess.", "shutil.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate", "os.utime",
    "os.kill", "signal.pthread_kill", "resource.setrlimit", "ftplib.", "http.", "smtplib.", "urllib.", "sqlite3.",
)  # fmt: skip
# What a library may look up about the world: types of files by suffix, and times.
_TABLES = ("/etc/mime.types", "/etc/localtime", "/usr/share/zoneinfo/", "/dev/null", "/dev/urandom")


def main() -> int:
    """Run the order in ``ZUJI_SANDBOX``; the exit status is 0 if an answer was written."""
    order = json.loads(os.environ.pop("ZUJI_SANDBOX"))
    # Whatever a library prints goes nowhere: the answer is written to this copy alone.
    answer = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit(order["limits"])
    written = _said(_answer(order["target"], order["arguments"], order.get("lines")))
    limit = order["limits"]["output"]
    if len(written) > limit:
        written = _said(["too big", "output"])
    while written:
        written = written[os.write(answer, written) :]
    return 0


def _limit(limits: dict[str, int]) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["output"]),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    # A child whose parent was killed ends with it, so that it writes nothing into what the parent's successor goes on with.
    with contextlib.suppress(OSError, AttributeError):  # Linux has this; elsewhere the alarm ends it
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    signal.alarm(limits["wall"] + 1)


def _said(answer: list[Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode()


def _answer(target: str, arguments: dict[str, Any], lines: int | None) -> list[Any]:
    try:
        function = _function(target)
        sys.addaudithook(_refuse_the_world(_readable()))
        value = function(sys.stdin.buffer.read(), **arguments)
        if lines is not None:
            value = _written(value, lines)
        json.dumps(value)
    except MemoryError:
        return ["too big", "memory"]
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent is told
        text = getattr(error, "text", None)
        if text is not None and not isinstance(text, str):
            return ["refused", [str(text.zh), str(text.en)]]
        return ["crashed", _place(error)]
    return ["done", value]


def _written(values: Generator[Any, None, Any], lines: int) -> Any:  # whatever the function returns at its end
    """Each value that a function yields as a line of its own, at once; the value that it returns at its end."""
    with os.fdopen(lines, "ab", closefd=False) as file:
        while True:
            try:
                value = next(values)
            except StopIteration as end:
                return end.value
            file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n")
            file.flush()


def _function(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _place(error: BaseException) -> str:
    """The kind of an error and where it arose. Its message may quote the file, and stays here."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f" at {'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{last}"


def _readable() -> tuple[str, ...]:
    """Where the interpreter, its libraries and the product lie."""
    own = Path(__file__).resolve().parents[1]
    places = {sys.prefix, sys.base_prefix, str(own), *(path for path in sys.path if path)}
    return (*(f"{os.path.realpath(place)}/" for place in places), *(f"{place}/" for place in places), *_TABLES)


def _refuse_the_world(readable: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int):
                return
            named = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # pathlib would look at the disk, and so call this hook again
            if (flags or 0) & _WRITING or not named.startswith(readable):
                raise PermissionError("a file outside the product is not for this process")
        elif event.startswith(_NEVER):
            raise PermissionError(f"{event} is not for this process")

    return hook


if __name__ == "__main__":
    sys.exit(main())
