"""The file: a gzipped tar, written and read as a stream, each member hashed on the way, the manifest last."""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from zuji.registry.backup import manifest
from zuji.registry.backup.manifest import Damaged, Manifest, Member

_PIECE = 2**20
_LEVEL = 3  # evidence is mostly compressed already, and a backup should not take the night
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError)


class _Hashed(io.RawIOBase):
    """Reads a file and its hash at once."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def write(target: Path, members: Iterable[tuple[str, Path]], seal: Callable[[Mapping[str, Member]], Manifest]) -> Manifest:
    """Write ``members`` (name and file) and the manifest that ``seal`` makes of their hashes. A whole archive appears, or none."""
    with (
        _in_place(target) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        written: dict[str, Member] = {}
        for name, path in members:
            with path.open("rb") as source:
                hashed = _Hashed(source)
                size = os.fstat(source.fileno()).st_size
                tar.addfile(_entry(name, size), hashed)
            written[name] = Member(size=size, sha256=hashed.digest.hexdigest())
        sealed = seal(written)
        text = sealed.model_dump_json(indent=1).encode()
        tar.addfile(_entry(manifest.NAME, len(text)), io.BytesIO(text))
    return sealed


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


@contextmanager
def _in_place(target: Path) -> Iterator[IO[bytes]]:
    """A file beside ``target``, readable by its owner alone, which takes its place once it is on disk."""
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Put the members under ``folder``, an empty one, and compare all of them with the manifest.

    Raises:
        Damaged: a member is not what the manifest says, is missing, is there twice, or may not be in an archive; or the file ends early.
    """
    found: dict[str, Member] = {}
    text, where = b"", source.name
    with source.open("rb") as file, gzip.GzipFile("", "rb", fileobj=file) as packed:
        try:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for entry in tar:
                    where = _safe(entry, found)
                    content = tar.extractfile(entry)
                    assert content is not None  # it is a regular file
                    if where == manifest.NAME:
                        text = content.read()
                    found[where] = _keep(content, folder / where) if where != manifest.NAME else Member(size=len(text), sha256="0" * 64)
                    if found[where].size != entry.size:
                        raise EOFError
            while piece := packed.read(_PIECE):  # to the end, where gzip's own check sum is
                if piece.strip(b"\0"):
                    raise Damaged(where, "其后另有数据", "there are further data behind it")
        except _BROKEN:
            if text:  # only the check sum at the end showed it: the hashes know where it is
                _compared(text, {name: member for name, member in found.items() if name != manifest.NAME})
            raise Damaged(where, "文件在此处被截断或改动", "the file is cut off or altered here") from None
    found.pop(manifest.NAME, None)
    if not text:
        raise Damaged(where, "文件在其后结束，缺少清单", "the file ends behind it, without a manifest")
    return _compared(text, found)


def _safe(entry: tarfile.TarInfo, found: Mapping[str, Member]) -> str:
    shown = ascii(entry.name[:100])[1:-1]  # it comes to a terminal
    if not entry.isreg() or not manifest.allowed(entry.name):
        raise Damaged(shown, "备份中不应有此成员", "such a member does not belong in a backup")
    if entry.name in found or manifest.NAME in found:
        raise Damaged(shown, "成员重复，或位于清单之后", "it is there twice, or behind the manifest")
    return entry.name


def _keep(content: IO[bytes], path: Path) -> Member:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Member(size=size, sha256=digest.hexdigest())


def _compared(text: bytes, found: Mapping[str, Member]) -> Manifest:
    try:
        said = Manifest.model_validate_json(text)
    except ValidationError:
        raise Damaged(manifest.NAME, "清单无法读取", "the manifest cannot be read") from None
    for name in sorted(said.members.keys() | found.keys()):
        if name not in found:
            raise Damaged(name, "清单中有而备份中没有", "the manifest names it and it is not there")
        if name not in said.members:
            raise Damaged(name, "备份中有而清单中没有", "it is there and the manifest does not name it")
        if said.members[name] != found[name]:
            raise Damaged(name, "内容与清单中的哈希不符", "its content does not give the hash in the manifest")
    return said
