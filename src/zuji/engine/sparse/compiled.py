"""Compilation of the kernels: numba, cached on disk, without the liberties of fast mathematics.

``fastmath`` stays off everywhere: it lets the compiler assume that no number is infinite or NaN, and a stop test compiled so would pass
a diverged loop. Without it sums keep their order, so a kernel gives the same bits on every processor.

numba's cache does not notice that a function called from *another* file has changed. So a kernel calls only kernels of its own module; a
test holds every module to that.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """The kernel as machine code, made at its first call and kept beside the source or in the user's cache folder.

    Kernels release the interpreter's lock, so that batches can run in threads. Where no folder can be written the code is made anew in
    each process.
    """
    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy")(kernel))
    except RuntimeError:  # numba found no folder for its cache
        return cast(Kernel, numba.njit(nogil=True, error_model="numpy")(kernel))


def inlined(kernel: Kernel) -> Kernel:
    """A small function that becomes part of the kernels of its module that call it."""
    return cast(Kernel, numba.njit(inline="always", error_model="numpy")(kernel))
