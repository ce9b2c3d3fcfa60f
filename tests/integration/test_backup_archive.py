"""The archive of a backup: whatever is changed in it is noticed, and what does not belong in it is not taken out of it."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from zuji.registry.backup import archive, manifest
from zuji.registry.backup.manifest import Damaged, Manifest, Member

EVIDENCE = "每吨熟料 820 kg".encode()
DIGEST = hashlib.sha256(EVIDENCE).hexdigest()
NAME = f"files/{DIGEST[:2]}/{DIGEST}"
GZIP_HEADER = 10  # magic, flags, time and system: what is unpacked does not depend on time and system


def seal(written: dict[str, Member]) -> Manifest:
    return Manifest(
        form=1,
        version="0.1.0",
        engine="sqlite",
        made="2026-11-01T00:00:00+00:00",
        migrations=["audit.0001_initial"],
        tables={"audit_event": 1},
        events=1,
        head="a" * 64,
        members=dict(written),
    )


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    (tmp_path / "database").write_bytes(b"rows " * 40)
    (tmp_path / "evidence").write_bytes(EVIDENCE)
    target = tmp_path / "backup.tar.gz"
    archive.write(target, [("database.sqlite3", tmp_path / "database"), (NAME, tmp_path / "evidence")], lambda w: seal(dict(w)))
    return target


@pytest.fixture
def unpack(tmp_path: Path) -> Callable[[bytes], Manifest]:
    """Unpack these bytes, each time into a folder of its own."""
    count = iter(range(100_000))

    def unpacked(content: bytes) -> Manifest:
        file, folder = tmp_path / "given.tar.gz", tmp_path / f"into-{next(count)}"
        file.write_bytes(content)
        return archive.unpack(file, folder)

    return unpacked


def packed(entries: Sequence[tuple[tarfile.TarInfo, bytes]], *, sealed: bool = True) -> bytes:
    """An archive of our own making, with a manifest that agrees with it."""
    out, written = io.BytesIO(), {}
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w|") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
            written[entry.name] = Member(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        if sealed:
            text = seal(written).model_dump_json().encode()
            last = tarfile.TarInfo(manifest.NAME)
            last.size = len(text)
            tar.addfile(last, io.BytesIO(text))
    return out.getvalue()


def test_what_was_written_comes_out(backup: Path, tmp_path: Path) -> None:
    said = archive.unpack(backup, tmp_path / "into")
    assert said.members == {
        "database.sqlite3": Member(size=200, sha256=hashlib.sha256(b"rows " * 40).hexdigest()),
        NAME: Member(size=len(EVIDENCE), sha256=DIGEST),
    }
    assert (tmp_path / "into" / NAME).read_bytes() == EVIDENCE
    assert backup.stat().st_mode & 0o077 == 0
    assert (tmp_path / "into" / NAME).stat().st_mode & 0o077 == 0


def test_every_flipped_byte_is_noticed(backup: Path, unpack: Callable[[bytes], Manifest]) -> None:
    whole = backup.read_bytes()
    plain, named = gzip.decompress(whole), set()
    for place in range(GZIP_HEADER, len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x41
        try:
            unpack(bytes(changed))
        except Damaged as found:
            named.add(found.member)
        else:  # there is more than one way to pack the same bytes, and this is another
            assert gzip.decompress(changed) == plain, f"byte {place} can be changed"
    assert {"database.sqlite3", NAME, manifest.NAME} <= named


def test_every_truncation_is_noticed(backup: Path, unpack: Callable[[bytes], Manifest]) -> None:
    whole = backup.read_bytes()
    for length in range(len(whole)):
        with pytest.raises(Damaged):
            unpack(whole[:length])


def test_a_truncated_archive_names_the_member(unpack: Callable[[bytes], Manifest], tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(4000)))  # which deflate cannot make smaller
    target = tmp_path / "noisy.tar.gz"
    archive.write(target, [("database.sqlite3", noise), (NAME, noise)], lambda w: seal(dict(w)))
    whole = target.read_bytes()
    with pytest.raises(Damaged, match=r"database\.sqlite3"):
        unpack(whole[: len(whole) // 4])


def test_an_altered_member_with_right_check_sums_is_named(unpack: Callable[[bytes], Manifest]) -> None:
    forged = packed([(tarfile.TarInfo("database.sqlite3"), b"rows")])
    plain = gzip.decompress(forged)
    with pytest.raises(Damaged, match=r"database\.sqlite3.*hash"):
        unpack(gzip.compress(plain.replace(b"rows", b"ROWS", 1)))


def test_missing_and_further_members_are_named(unpack: Callable[[bytes], Manifest]) -> None:
    text = seal({"database.sqlite3": Member(size=4, sha256="b" * 64)}).model_dump_json().encode()
    last = tarfile.TarInfo(manifest.NAME)
    with pytest.raises(Damaged, match=r"database\.sqlite3.*not there"):
        unpack(packed([(last, text)], sealed=False))
    with pytest.raises(Damaged, match=r"secret-key.*does not name"):
        unpack(
            packed(
                [(tarfile.TarInfo("secret-key"), b"x"), (tarfile.TarInfo(manifest.NAME), seal({}).model_dump_json().encode())], sealed=False
            )
        )


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/outside",
        "files/../../outside",
        f"files/aa/{DIGEST}",
        "files/zz/x",
        "other",
        "database.sqlite3/x",
        f"{NAME}\n",
        "x\x1b[2J",
    ],
    ids=ascii,
)
def test_no_member_has_another_name_than_the_listed_ones(unpack: Callable[[bytes], Manifest], tmp_path: Path, name: str) -> None:
    with pytest.raises(Damaged, match="does not belong") as found:
        unpack(packed([(tarfile.TarInfo(name), b"x")]))
    assert found.value.text.en.isprintable()
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_members_are_files_and_nothing_else(unpack: Callable[[bytes], Manifest], kind: bytes) -> None:
    entry = tarfile.TarInfo("database.sqlite3")
    entry.type, entry.linkname = kind, "/etc/passwd"
    with pytest.raises(Damaged, match="does not belong"):
        unpack(packed([(entry, b"")]))


def test_no_member_comes_twice_or_behind_the_manifest(unpack: Callable[[bytes], Manifest]) -> None:
    with pytest.raises(Damaged, match="twice"):
        unpack(packed([(tarfile.TarInfo("secret-key"), b"x"), (tarfile.TarInfo("secret-key"), b"x")]))
    text = seal({}).model_dump_json().encode()
    with pytest.raises(Damaged, match="behind the manifest"):
        unpack(packed([(tarfile.TarInfo(manifest.NAME), text), (tarfile.TarInfo("secret-key"), b"x")], sealed=False))


def test_nothing_may_be_hung_on_behind(backup: Path, unpack: Callable[[bytes], Manifest]) -> None:
    whole = backup.read_bytes()
    for further in (b"x", gzip.compress(b"x"), whole):
        with pytest.raises(Damaged):
            unpack(whole + further)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff", b'{"form": 1}'])
def test_a_manifest_that_cannot_be_read_is_said(unpack: Callable[[bytes], Manifest], text: bytes) -> None:
    with pytest.raises(Damaged, match=r"manifest"):
        unpack(packed([(tarfile.TarInfo(manifest.NAME), text)], sealed=False))


def test_an_archive_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    with pytest.raises(OSError, match="No such file"):
        archive.write(target, [("database.sqlite3", tmp_path / "absent")], lambda w: seal(dict(w)))
    assert list(tmp_path.iterdir()) == []
