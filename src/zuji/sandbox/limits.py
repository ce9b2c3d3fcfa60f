"""How much a child process may use."""

from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory`` (bytes of address space), ``cpu`` and ``wall`` (seconds of processor and of clock), ``output`` (bytes of the answer)."""

    memory: int = 512 * MEBIBYTE
    cpu: int = 10
    wall: int = 20
    output: int = 16 * MEBIBYTE
