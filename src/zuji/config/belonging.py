"""A process that the server starts is the server's: out of the terminal's group, and gone when its parent is.

Ctrl-C reaches every process of the terminal's group. A worker that got it there and once more from its parent would wait for its kill
timeout; so the parent alone hears it, and tells the workers. And where the parent is killed without a word, the kernel ends the workers.
"""

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def belong_to_the_parent() -> None:
    """Tie this process to the one that started it; to be called before anything slow, while little can be left behind."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        # SIGKILL, not SIGTERM: granian loses a SIGTERM that comes while the worker is still starting.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid != os.getppid():
        sys.exit("the server ended while this worker was starting")
