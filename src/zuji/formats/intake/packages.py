"""A package of files: a ZIP, a tar (plain, gzip, bzip2, xz), or one file. Nothing is ever unpacked onto a disk.

Before the first file is read, the list of all is checked: names that leave the folder, links, devices, the same name twice, encryption,
overlapping entries, archives in archives, too many files, too much content. While reading, what comes out is counted again, because the
list of a hostile archive lies. References: CWE-22, CWE-409; Fifield, "A better zip bomb" (WOOT 2019).
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.intake.member_names import why_not
from zuji.formats.intake.refusals import PackageRefused

MIB = 1024 * 1024
_PIECE = 1 * MIB
_UNPACKED_NESTED = (".zip", ".tar", ".tgz", ".txz", ".tar.gz", ".tar.xz", ".tar.bz2", ".7z", ".rar", ".gz", ".xz", ".bz2", ".zst")
_READ_ERRORS = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """What a package may hold. The European reference package, the largest in wide use, has 94,290 files of 5 kB in the mean."""

    files: int = 120_000
    archive_files: int = 65_000  # what a ZIP without extensions can list; larger databases come as a folder
    file_bytes: int = 256 * MIB
    total_bytes: int = 4096 * MIB
    ratio: int = 200  # unpacked to packed, of one file or all; XML of inventories comes to 10 to 40
    ratio_from: int = 8 * MIB  # small files may pack better than any sensible ratio


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package: its path with ``/``, and its size as stated."""

    name: str
    size: int


class Package:
    """The checked list of files, and their contents one after the other, always in the same order."""

    def __init__(self, members: tuple[Member, ...], contents: Iterable[tuple[str, bytes]], limits: PackageLimits) -> None:
        self.members = members
        self._contents = contents
        self._limits = limits

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file. Raises :class:`PackageRefused` where an archive is damaged or larger than it says."""
        total = 0
        try:
            for name, content in self._contents:
                total += len(content)
                if total > self._limits.total_bytes:
                    raise _too_much(self._limits.total_bytes)
                yield name, content
        except _READ_ERRORS as error:
            raise _damaged(error) from None


def open_package(data: bytes, name: str, limits: PackageLimits | None = None) -> Package:
    """The files of a package; one file where it is none. Raises :class:`PackageRefused`."""
    limits = limits or PackageLimits()
    try:
        if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not _is_workbook(data):
            return _from_zip(data, limits)
        stream = _unpacked(data)
        if stream is not None or _is_tar(data):
            return _from_tar(data, stream is not None, limits)
    except _READ_ERRORS as error:
        raise _damaged(error) from None
    _check_sizes([Member(name, len(data))], len(data), limits, archive=False)
    return Package((Member(name, len(data)),), [(name, data)], limits)


def check_workbook(data: bytes, name: str, limits: PackageLimits | None = None) -> None:
    """Refuse a spreadsheet that is a dangerous ZIP, or holds XML with a DTD: libraries that read spreadsheets check neither.

    Raises :class:`PackageRefused`.
    """
    try:
        for member, content in _from_zip(data, limits or PackageLimits()):
            if member.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
                raise _refused(member, Text("含有 DTD", "has a DTD"))
    except _READ_ERRORS:
        raise PackageRefused(Text(f"{name} 不是完整的 Excel 工作簿。", f"{name} is not a complete Excel workbook.")) from None


def _is_workbook(data: bytes) -> bool:
    """A spreadsheet is a ZIP by its form and one file by its meaning."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "[Content_Types].xml" in archive.namelist()


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _unpacked(data: bytes) -> IO[bytes] | None:
    """A stream of the content of a packed tar. The memory of the xz decoder is what its header says; the process limit bounds it."""
    raw = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if data.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMAFile(raw)
    return bz2.BZ2File(raw) if data.startswith(b"BZh") else None


def _from_zip(data: bytes, limits: PackageLimits) -> Package:
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _refused(entry.filename, Text("已加密", "is encrypted"))
        if (entry.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            raise _refused(entry.filename, Text("是链接或设备，不是文件", "is a link or a device, not a file"))
        _check_ratio(entry.filename, entry.compress_size, entry.file_size, limits)
    if sum(entry.compress_size for entry in entries) > len(data):
        raise PackageRefused(Text("压缩包的条目互相重叠，不予读取。", "Entries of the archive overlap: it is not read."))
    members = [Member(entry.filename, entry.file_size) for entry in entries]
    _check_names(members)
    _check_sizes(members, len(data), limits, archive=True)

    def contents() -> Iterator[tuple[str, bytes]]:
        for entry in sorted(entries, key=lambda e: e.filename):
            with archive.open(entry) as opened:
                yield entry.filename, _exactly(opened, Member(entry.filename, entry.file_size))

    return Package(tuple(sorted(members, key=lambda m: m.name)), contents(), limits)


def _from_tar(data: bytes, packed: bool, limits: PackageLimits) -> Package:
    members: list[Member] = []
    total = 0
    with tarfile.open(fileobj=_stream(data, packed, limits), mode="r|") as archive:
        for entry in archive:
            if entry.isdir():
                continue
            if not entry.isreg():
                raise _refused(entry.name, Text("是链接或设备，不是文件", "is a link or a device, not a file"))
            members.append(Member(entry.name.removeprefix("./"), entry.size))
            total += entry.size
            if total > limits.total_bytes:
                raise _too_much(limits.total_bytes)
            if len(members) > (limits.archive_files if packed else limits.files):
                break
    _check_names(members)
    _check_sizes(members, len(data), limits, archive=packed)

    def contents() -> Iterator[tuple[str, bytes]]:
        with tarfile.open(fileobj=_stream(data, packed, limits), mode="r|") as again:
            for entry in again:
                opened = again.extractfile(entry) if entry.isreg() else None
                if opened is not None:
                    name = entry.name.removeprefix("./")
                    yield name, _exactly(opened, Member(name, entry.size))

    return Package(tuple(members), contents(), limits)


class _Counted(io.RawIOBase):
    """A stream that ends with a refusal where more comes out than may."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most
        self._most = most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, _PIECE) if size >= 0 else _PIECE)
        self._left -= len(piece)
        if self._left < 0:
            raise _too_much(self._most)
        return piece


def _stream(data: bytes, packed: bool, limits: PackageLimits) -> IO[bytes]:
    stream = _unpacked(data) if packed else io.BytesIO(data)
    assert stream is not None
    return _Counted(stream, limits.total_bytes + limits.files * 1024)  # type: ignore[return-value]  # tarfile's stream mode only reads


def _exactly(opened: IO[bytes], member: Member) -> bytes:
    content = opened.read(member.size + 1)
    if len(content) != member.size:
        raise _refused(member.name, Text("的实际大小与压缩包所写不符", "has another size than the archive says"))
    return content


def _check_names(members: list[Member]) -> None:
    seen: dict[str, str] = {}
    for member in members:
        reason = why_not(member.name)
        if reason is not None:
            raise _refused(member.name, reason)
        folded = member.name.casefold()
        if folded in seen:
            raise _refused(member.name, Text("在压缩包中出现两次（不分大小写）", "is in the archive twice (letter case aside)"))
        seen[folded] = member.name
        if folded.endswith(_UNPACKED_NESTED):
            raise _refused(member.name, Text("是压缩包中的压缩包，请先解开", "is an archive within the archive: unpack it first"))


def _check_ratio(name: str, packed: int, size: int, limits: PackageLimits) -> None:
    if size > limits.ratio_from and size > limits.ratio * max(packed, 1):
        raise _refused(name, Text(f"解压后超过原大小的 {limits.ratio} 倍", f"unpacks to more than {limits.ratio} times its size"))


def _check_sizes(members: list[Member], packed: int, limits: PackageLimits, *, archive: bool) -> None:
    most = limits.archive_files if archive else limits.files
    if len(members) > most:
        raise PackageRefused(
            Text(f"文件超过 {most} 个。请解开后以文件夹提供。", f"It has more than {most} files. Unpack it and give the folder.")
        )
    for member in members:
        if member.size > limits.file_bytes:
            mib = limits.file_bytes // MIB
            raise _refused(member.name, Text(f"超过 {mib} MiB", f"has more than {mib} MiB"))
    total = sum(member.size for member in members)
    if total > limits.total_bytes:
        raise _too_much(limits.total_bytes)
    if archive:
        _check_ratio("*", packed, total, limits)


def _refused(name: str, reason: Text) -> PackageRefused:
    shown = head(name.encode("unicode_escape").decode("ascii") if not name.isprintable() else name, 120)
    return PackageRefused(
        Text(f"压缩包中的 {shown} {reason.zh}，整个文件不予读取。", f"{shown} in the archive {reason.en}: nothing of it is read.")
    )


def _too_much(most: int) -> PackageRefused:
    return PackageRefused(Text(f"解压后超过 {most // MIB} MiB，不予读取。", f"It unpacks to more than {most // MIB} MiB and is not read."))


def _damaged(error: Exception) -> PackageRefused:
    return PackageRefused(
        Text(f"压缩包不完整或已损坏（{type(error).__name__}）。", f"The archive is cut off or damaged ({type(error).__name__}).")
    )
