"""What is imported: a file as it is, or a folder put into one stream of files."""

import hashlib
import io
import os
import tarfile
import tempfile
from pathlib import Path
from typing import IO

from zuji.engine.text import Text
from zuji.formats.intake import PackageLimits, PackageRefused

_PIECE = 1 << 20


def open_source(path: Path) -> IO[bytes]:
    """The bytes of a file, or a plain tar of a folder's files. Raises :class:`PackageRefused`, and ``OSError`` where it cannot be read."""
    if not path.is_dir():
        if path.stat().st_size > PackageLimits().file_bytes * 4:
            raise _too_large()
        return path.open("rb")
    return _folder(path)


def _folder(folder: Path) -> IO[bytes]:
    """The regular files of a folder by name. A link is refused: it may lead anywhere."""
    limits = PackageLimits()
    files: list[Path] = []
    total = 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_symlink() or not path.is_file():
                shown = path.relative_to(folder)
                raise PackageRefused(
                    Text(f"文件夹中的 {shown} 是链接或设备，不予读取。", f"{shown} in the folder is a link or a device: nothing is read.")
                )
            total += path.stat().st_size
            files.append(path)
            if len(files) > limits.files or total > limits.total_bytes:
                raise _too_large()
    stream = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for path in files:
            content = path.read_bytes()
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    stream.seek(0)
    return stream


def _too_large() -> PackageRefused:
    limits = PackageLimits()
    return PackageRefused(
        Text(
            f"超过 {limits.files} 个文件或 {limits.total_bytes >> 20} MiB，请分批导入。",
            f"It has more than {limits.files} files or {limits.total_bytes >> 20} MiB. Import it in parts.",
        )
    )


def digest_of_stream(stream: IO[bytes]) -> str:
    """SHA-256 of a stream from its beginning, at which it is left again."""
    stream.seek(0)
    found = hashlib.sha256()
    while piece := stream.read(_PIECE):
        found.update(piece)
    stream.seek(0)
    return found.hexdigest()
