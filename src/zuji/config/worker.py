"""The application as granian's worker processes load it, and only they: each leaves the terminal's process group and dies with its parent.

Ctrl-C reaches every process of the terminal's group. A worker that got it there and once more from its parent would wait for its kill
timeout; so the parent alone hears it, and tells the workers. And where the parent is killed without a word, the kernel tells them.
"""

import ctypes
import os
import signal
import sys

from django.urls import get_resolver

from zuji.config.wsgi import application

__all__ = ["application"]

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_ = get_resolver().url_patterns  # every page is read now: what is broken fails the start, not a visitor
os.setpgid(0, 0)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
