"""The application as granian's worker processes load it, and only they: each leaves the terminal's process group and dies with its parent.

Ctrl-C reaches every process of the terminal's group. A worker that got it there and once more from its parent would wait for its kill
timeout; so the parent alone hears it, and tells the workers. And where the parent is killed without a word, the kernel ends them.

Until granian listens for signals in a worker, the handlers there are those inherited from the parent, which only take note: a signal
that came while the pages were being read would be lost, and the worker would outlive it. So they are put back first.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

for _signal in (signal.SIGINT, signal.SIGTERM):
    signal.signal(_signal, signal.SIG_DFL)
os.setpgid(0, 0)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

from django.urls import get_resolver  # noqa: E402 -- what comes before must hold while the rest is read

from zuji.config.wsgi import application  # noqa: E402 -- the same

__all__ = ["application"]

_ = get_resolver().url_patterns  # every page is read now: what is broken fails the start, not a visitor
