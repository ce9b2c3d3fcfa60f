"""The loop of a worker: take a job, work, write what came out; its heart beats in a thread of its own meanwhile."""

import datetime
import logging
import os
import secrets
import socket
import threading
import time
import traceback
from collections.abc import Callable, Collection, Mapping
from types import TracebackType
from typing import Self

from django.db import Error as AnyDatabaseError
from django.db import connection
from django.utils import timezone

from zuji.registry.jobs import operations
from zuji.registry.jobs.models import State
from zuji.registry.jobs.operations import Argument, Change, LeaseLost, Pace, Run
from zuji.registry.refusals import RegistryError

Handler = Callable[[Mapping[str, Argument]], Change]
"""Does the work of a kind, from its arguments. It writes nothing itself: it returns its change as a function, which is called once, inside
the transaction in which the job is marked done. It may be called again for the same job after a crash, so it has no other effects."""

log = logging.getLogger("zuji.jobs")


class _Heart:
    """Beats while the worker lives. Told to end, it lets the run go on for the grace, then gives the job back and ends the process."""

    def __init__(self, runner: str, pace: Pace, stop: threading.Event) -> None:
        self._runner, self._pace, self._stop = runner, pace, stop
        self._run: Run | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="heart", daemon=True)

    def __enter__(self) -> Self:
        operations.beat(self._runner, None)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()
        operations.leave(self._runner)

    def hold(self, run: Run | None) -> None:
        self._run = run

    def _live(self) -> None:
        last = time.monotonic()
        try:
            while not self._over.wait(min(self._pace.poll, self._pace.beat)):
                if self._stop.is_set():
                    self._end()
                    return
                if time.monotonic() - last >= self._pace.beat:
                    last = time.monotonic()
                    self._beat()
        finally:
            connection.close()  # each thread has its own

    def _beat(self) -> None:
        try:
            operations.beat(self._runner, self._run)
        except AnyDatabaseError:  # a busy or restarting database; the lease outlasts several beats
            log.warning("worker.beat_missed")
            connection.close()

    def _end(self) -> None:
        """The run cannot be interrupted; but once its lease is given back it can write nothing more, and the process may go."""
        pause = self._pace.grace
        while not self._over.wait(pause):
            pause = self._pace.poll
            run = self._run
            try:
                if run is None or not operations.give_back(run):
                    continue  # between two runs, or this one has just ended: the loop sees that it is to stop
                operations.leave(self._runner)
            except AnyDatabaseError:
                continue
            log.warning("job.given_back", extra={"job": run.number, "kind": run.kind})
            os._exit(0)


class Worker:
    """Works off jobs of the ``kinds`` that it knows until ``stop`` is set, and asks for those that are ``daily`` whenever a day begins.

    A day's job is there once, whoever asks: workers beside each other do it once, and one that was down does it when it is back.
    """

    def __init__(
        self,
        kinds: Mapping[str, Handler],
        stop: threading.Event,
        pace: Pace | None = None,
        *,
        daily: Collection[str] = (),
        today: Callable[[], datetime.date] = timezone.localdate,
    ) -> None:
        self._kinds, self._stop, self._pace = kinds, stop, pace or Pace()
        self._daily, self._today = daily, today
        self._asked: datetime.date | None = None
        self._name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"

    def run(self, *, until_empty: bool = False) -> int:
        """Work until told to stop, or until nothing is due any more; how many runs there were."""
        runs = 0
        with _Heart(self._name, self._pace, self._stop) as heart:
            while not self._stop.is_set():
                try:
                    found = self._next(heart)
                except AnyDatabaseError as error:  # the job, if there was one, is taken over when its lease has run out
                    if until_empty:
                        raise
                    log.error("worker.database", extra={"error": _place(error)})  # noqa: TRY400  # the message of a database error holds values
                    connection.close()
                    self._stop.wait(self._pace.database)
                    continue
                runs += found
                if not found and until_empty:
                    break
                if not found:
                    self._stop.wait(self._pace.poll)
        return runs

    def _next(self, heart: _Heart) -> bool:
        """Take a job and do it; False where there is none."""
        if self._daily and (day := self._today()) != self._asked:
            operations.enqueue_daily(self._daily, day)
            self._asked = day
        run = operations.claim(self._kinds, self._pace)
        if run is None:
            return False
        heart.hold(run)
        try:
            self._do(run)
        finally:
            heart.hold(None)
        return True

    def _do(self, run: Run) -> None:
        began = time.monotonic()
        said: dict[str, object] = {"job": run.number, "kind": run.kind, "attempt": run.attempt}
        try:
            operations.finish(run, self._kinds[run.kind](run.arguments))
        except LeaseLost:
            log.warning("job.taken_over", extra=said)
        except Exception as error:  # noqa: BLE001  # whatever a handler runs into is this job's failure, not the worker's end
            self._set_back(run, error, said)
        else:
            log.info("job.done", extra={**said, "ms": round(1000 * (time.monotonic() - began))})

    def _set_back(self, run: Run, error: Exception, said: Mapping[str, object]) -> None:
        place = _place(error)
        try:
            # A refusal is a decision about the state of things: asking again gives the same answer.
            state = operations.set_back(run, place, self._pace, for_good=isinstance(error, RegistryError))
        except LeaseLost:
            log.warning("job.taken_over", extra=said)
        else:
            event = "job.failed" if state is State.FAILED else "job.set_back"
            log.error(event, extra={**said, "error": place})  # its message may hold an enterprise's data


def _place(error: BaseException) -> str:
    """The type of an exception and where it came up. Its message is left out: it may hold an enterprise's data.

    >>> try:
    ...     _ = int("confidential")
    ... except ValueError as error:
    ...     _place(error).startswith("ValueError at ")
    True
    """
    frames = list(traceback.extract_tb(error.__traceback__))
    frames = frames[1:] or frames  # the first is the worker itself
    own = [frame for frame in frames if f"{os.sep}zuji{os.sep}" in frame.filename] or frames
    if not own:
        return type(error).__name__
    file = own[-1].filename.rpartition(f"{os.sep}zuji{os.sep}")[2].replace(os.sep, "/")
    return f"{type(error).__name__} at {file}:{own[-1].lineno} {own[-1].name}"
