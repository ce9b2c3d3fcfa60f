"""The bytes on disk: ``files/<first two digits>/<SHA-256>``, written whole or not at all, and compared with their name whenever they are read."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from zuji.engine.text import Text
from zuji.registry.refusals import RegistryError

_PIECE = 2**20


class TooLarge(Exception):
    """A stream went on beyond the limit; what was received is gone."""


class Altered(RegistryError):
    """The bytes on disk are not those that were handed in, or are gone. They are never given out."""

    def __init__(self, sha256: str, *, missing: bool = False) -> None:
        super().__init__(
            Text(
                "这份佐证文件在服务器上丢失或被改动，与登记的哈希不符，因此不提供下载。请联系平台管理员；若您有原文件，重新上传即可恢复。",
                "This evidence file is missing on the server or was altered there: it does not give the hash on record, and is not handed out. "
                "Tell the operator of the platform; if you have the original, handing it in again mends this.",
            )
        )
        self.sha256 = sha256
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Received:
    """A stream as it arrived: an open file that nothing refers to yet."""

    file: IO[bytes]
    path: Path
    sha256: str
    size: int


def folder() -> Path:
    return Path(settings.FILES)


def place(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


@contextmanager
def received(chunks: Iterable[bytes], limit: int) -> Iterator[Received]:
    """Write a stream to a file of no name's meaning while its hash is made; the file is removed at the end unless it was settled.

    Raises:
        TooLarge: as soon as the stream goes beyond ``limit`` bytes.
    """
    incoming = folder() / "incoming"
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
        path = Path(file.name)
        try:
            digest, size = hashlib.sha256(), 0
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            yield Received(file=file, path=path, sha256=digest.hexdigest(), size=size)
        finally:
            path.unlink(missing_ok=True)


def settle(arrived: Received) -> None:
    """Put a received file where its hash says. The bytes are on the disk when this returns.

    What lies there already is replaced: it is the same, or was altered and is whole again. So a second upload takes as
    long as a first one, and nobody learns from the time whether somebody else has the same file.
    """
    target = place(arrived.sha256)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.fsync(arrived.file.fileno())
    arrived.path.replace(target)
    for changed in (target.parent, folder()):
        _sync(changed)


def _sync(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def content(sha256: str, size: int) -> bytes:
    """The bytes of a file, which give its hash.

    Raises:
        Altered: they do not, or are not there.
    """
    try:
        with place(sha256).open("rb") as file:
            read = file.read(size + 1)
    except OSError:
        raise Altered(sha256, missing=True) from None
    if hashlib.sha256(read).hexdigest() != sha256:
        raise Altered(sha256)
    return read


def digest_on_disk(sha256: str) -> str | None:
    """The hash that the bytes on disk give; None where there are none."""
    digest = hashlib.sha256()
    try:
        with place(sha256).open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


def all_files() -> Iterator[Path]:
    """Every file in the folder, also what was left behind by a process that was killed."""
    for parent in sorted(folder().glob("*")):
        if parent.is_dir():
            yield from (path for path in sorted(parent.iterdir()) if path.is_file())
