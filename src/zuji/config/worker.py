"""The application as granian's worker processes load it, and only they: each leaves the terminal's process group and dies with its parent.

Ctrl-C reaches every process of the terminal's group. A worker that got it there and once more from its parent would wait for its kill
timeout; so the parent alone hears it, and tells the workers. And where the parent is killed without a word, the kernel ends the workers.
"""

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _belong_to_the_parent() -> None:
    os.setpgid(0, 0)
    if sys.platform == "linux":
        # SIGKILL, not SIGTERM: granian loses a SIGTERM that comes while the worker is still starting.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid != os.getppid():
        sys.exit("the server ended while this worker was starting")


_belong_to_the_parent()  # before the slow imports: the time in which a worker could be left behind is short

from django.urls import get_resolver  # noqa: E402  # see above

from zuji.config.wsgi import application  # noqa: E402  # see above

__all__ = ["application"]

_ = get_resolver().url_patterns  # every page is read now: what is broken fails the start, not a visitor
