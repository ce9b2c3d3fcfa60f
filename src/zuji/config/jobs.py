"""Processes that work off background jobs: alone (``zuji worker``), or beside the web workers (``zuji serve``)."""

import logging
import logging.config
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.context import SpawnProcess

from zuji.config.belonging import belong_to_the_parent

KILLED_AFTER = 5.0  # seconds: as the web workers
_SPAWN = multiprocessing.get_context("spawn")
log = logging.getLogger("zuji.jobs")


def work(*, until_empty: bool = False) -> int:
    """Work off jobs in this process until SIGTERM or Ctrl-C, or until nothing is due; how many runs there were. Django is set up."""
    from zuji.config.kinds import DAILY, KINDS  # noqa: PLC0415  # its tables exist only once Django is set up
    from zuji.registry.jobs.worker import Worker  # noqa: PLC0415  # the same

    return Worker(KINDS, stopped_by_signal(), daily=DAILY).run(until_empty=until_empty)


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


class Companions:
    """So many job workers beside the server. They hang on a process of their own that starts again whichever dies.

    That process, and not a thread of the server: granian forks its workers, and a fork with threads in the middle of something is
    a gamble. Each ends with the one that started it, whatever happens.
    """

    def __init__(self, count: int) -> None:
        self._keeper = _SPAWN.Process(target=_keep, args=(count,)) if count else None

    def start(self) -> None:
        if self._keeper is not None:
            self._keeper.start()

    def stop(self) -> None:
        if self._keeper is not None:
            _end([self._keeper], KILLED_AFTER + 2)


def _keep(count: int) -> None:
    belong_to_the_parent()
    from django.conf import settings  # noqa: PLC0415  # slow: the process belongs to its parent first

    logging.config.dictConfig(settings.LOGGING)
    stop = stopped_by_signal()
    workers = [_worker() for _ in range(count)]
    while not stop.wait(0.2):
        for number, worker in enumerate(workers):
            if not worker.is_alive() and not stop.wait(1):
                log.error("worker.died", extra={"status": worker.exitcode})
                workers[number] = _worker()
    _end(workers, KILLED_AFTER)


def _worker() -> SpawnProcess:
    process = _SPAWN.Process(target=_work_beside)
    process.start()
    return process


def _work_beside() -> None:
    belong_to_the_parent()
    from zuji.config.ready import set_up  # noqa: PLC0415  # slow: the process belongs to its parent first

    set_up()
    work()


def _end(processes: Sequence[SpawnProcess], within: float) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(within)
        process.kill()
        process.join()
