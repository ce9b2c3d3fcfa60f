"""Packages that mean harm are refused before their first file is read; honest ones are read in a stable order."""

import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from zuji.formats.intake import PackageLimits, PackageRefused, open_package

SMALL = PackageLimits(files=50, archive_files=50, file_bytes=1 << 20, total_bytes=4 << 20, ratio_from=1 << 16)


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(*entries: tarfile.TarInfo, mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]  # the mode is a text of the test
        for entry in entries:
            archive.addfile(entry, io.BytesIO(b"y" * entry.size))
    return out.getvalue()


def entry(name: str, size: int = 3, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = size if kind == tarfile.REGTYPE else 0, kind, target
    return made


def link_in_zip() -> bytes:
    info = zipfile.ZipInfo("processes/link.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((info, b"/etc/passwd"))


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped(("a.xml", b"one"), ("a.xml", b"two"))


def encrypted() -> bytes:
    data = bytearray(zipped(("a.xml", b"secret")))
    at = data.find(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


def overlapping() -> bytes:
    data = bytearray(zipped(*((f"{n}.xml", bytes(60_000)) for n in range(30)), pack=zipfile.ZIP_STORED))
    first = data.find(b"PK\x01\x02")
    return bytes(data[:60_200] + data[first:])  # thirty entries over the bytes of one


def lying() -> bytes:
    data = bytearray(zipped(("a.xml", b"y" * 4000)))
    at = data.find(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)  # says ten bytes, unpacks to four thousand
    return bytes(data)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "slip": lambda: zipped(("../../etc/cron.d/x", b"x")),
    "absolute": lambda: zipped(("/etc/passwd", b"x")),
    "backslash": lambda: zipped(("..\\x.xml", b"x")),
    "drive": lambda: zipped(("C:/x.xml", b"x")),
    "bidi name": lambda: zipped(("a\u202elmx.exe", b"x")),
    "link": link_in_zip,
    "twice": twice,
    "twice but for case": lambda: zipped(("A.xml", b"1"), ("a.XML", b"2")),
    "encrypted": encrypted,
    "archive in archive": lambda: zipped(("inner.zip", zipped(("deeper.zip", b"PK")))),
    "bomb": lambda: zipped(("a.xml", bytes(1 << 20))),
    "many": lambda: zipped(*((f"{n}.xml", b"") for n in range(60))),
    "one too large": lambda: zipped(("a.xml", b"x" * ((1 << 20) + 1)), pack=zipfile.ZIP_STORED),
    "all too large": lambda: zipped(*((f"{n}.xml", b"x" * (1 << 20)) for n in range(5)), pack=zipfile.ZIP_STORED),
    "overlapping": overlapping,
    "lying about sizes": lying,
    "cut off": lambda: zipped(("a.xml", b"x" * 2000))[:-30],
    "tar link": lambda: tarred(entry("a.xml", kind=tarfile.SYMTYPE, target="/etc/passwd")),
    "tar hard link": lambda: tarred(entry("a.xml", kind=tarfile.LNKTYPE, target="b.xml")),
    "tar device": lambda: tarred(entry("null", kind=tarfile.CHRTYPE)),
    "tar slip": lambda: tarred(entry("../a.xml")),
    "tar.xz bomb": lambda: tarred(entry("a.xml", 5 << 20), mode="w:xz"),
    "tar.gz cut off": lambda: tarred(*(entry(f"{n}.xml", 5000) for n in range(9)), mode="w:gz")[:-40],
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_package_is_refused_with_words(hostile: Callable[[], bytes]) -> None:
    with pytest.raises(PackageRefused) as refused:
        list(open_package(hostile(), "package", SMALL))
    assert refused.value.text.zh
    assert refused.value.text.en


def test_seventy_thousand_files_in_a_zip_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number in range(70_000):
            archive.writestr(zipfile.ZipInfo(f"{number}.xml"), b"")
    with pytest.raises(PackageRefused, match="65000"):
        open_package(out.getvalue(), "many.zip")


def test_two_hundred_gigabytes_in_a_few_kilobytes_are_never_unpacked() -> None:
    inner = zipped(("zeros", bytes(8 << 20)))
    nested = zipped(*((f"{n}.zip", inner) for n in range(16)))
    with pytest.raises(PackageRefused, match=r"archive within"):
        open_package(nested, "bomb.zip")


@pytest.mark.parametrize("mode", ["zip", "w", "w:gz", "w:bz2", "w:xz"])
def test_an_honest_package_comes_in_one_order(mode: str) -> None:
    names = ["ILCD/flows/b.xml", "ILCD/processes/a.xml"]
    data = zipped(*((n, b"yyy") for n in reversed(names))) if mode == "zip" else tarred(*(entry(n) for n in names), mode=mode)
    package = open_package(data, "package")
    assert [member.name for member in package.members] == names
    assert list(package) == [(name, b"yyy") for name in names]


def test_one_file_is_a_package_of_one() -> None:
    assert list(open_package(b"<a/>", "one.xml")) == [("one.xml", b"<a/>")]
