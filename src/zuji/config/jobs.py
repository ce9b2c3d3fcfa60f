"""Processes that work off background jobs: alone (``zuji worker``), or beside the web workers (``zuji serve``)."""

import logging
import multiprocessing
import os
import signal
import threading
from multiprocessing.context import SpawnProcess

from zuji.config.belonging import belong_to_the_parent

KILLED_AFTER = 5.0  # seconds: as the web workers
log = logging.getLogger("zuji.jobs")


def work(*, until_empty: bool = False) -> int:
    """Work off jobs in this process until SIGTERM or Ctrl-C, or until nothing is due; how many runs there were. Django is set up."""
    from zuji.config.kinds import KINDS  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.jobs.worker import Worker  # noqa: PLC0415  # the same

    return Worker(KINDS, stopped_by_signal()).run(until_empty=until_empty)


def stopped_by_signal() -> threading.Event:
    """An event that SIGTERM or SIGINT sets, at once, also while the main thread is deep in a library.

    The signal is written into a pipe and read by a thread: a handler of Python's runs in the main thread, when that gets to it, and
    could not take a lock that the main thread holds.
    """
    stop = threading.Event()
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def wait() -> None:
        os.read(told, 1)
        stop.set()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    return stop


def _work_beside() -> None:
    belong_to_the_parent()
    from zuji.config.commands import set_up  # noqa: PLC0415  # slow: the process belongs to its parent first

    set_up()
    work()


class Companions:
    """So many job workers as processes of this one; one that dies is started again, and none outlives :meth:`stop`."""

    def __init__(self, count: int) -> None:
        self._over = threading.Event()
        # A child dies with the thread that started it (prctl(2)), so each has a thread that stays with it.
        self._threads = [threading.Thread(target=self._keep, name=f"jobs-{number}") for number in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _keep(self) -> None:
        while not self._over.is_set():
            process = multiprocessing.get_context("spawn").Process(target=_work_beside, daemon=True)
            process.start()
            while process.is_alive() and not self._over.is_set():
                process.join(0.2)
            if self._over.is_set():
                _end(process)
            else:
                log.error("worker.died", extra={"status": process.exitcode})
                self._over.wait(1)


def _end(process: SpawnProcess) -> None:
    process.terminate()
    process.join(KILLED_AFTER)
    process.kill()
    process.join()
