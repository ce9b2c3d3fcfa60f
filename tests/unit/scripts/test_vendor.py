"""The browser assets: nothing that the lock does not pin is written, and a hostile package leads nowhere."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from scripts import vendor


def packed(files: dict[str, bytes], *, links: dict[str, str] | None = None) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type = tarfile.SYMTYPE
            member.linkname = target
            archive.addfile(member)
    return gzip.compress(stream.getvalue())


def pinned(data: bytes) -> vendor.Package:
    return vendor.Package("@scope/chart", "1.2.3", "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode())


def test_a_scoped_package_has_its_address() -> None:
    assert pinned(b"").path == "@scope/chart/-/chart-1.2.3.tgz"


def test_only_the_listed_files_are_read() -> None:
    data = packed({"package/dist/a.js": b"a", "package/dist/b.js": b"b", "../../evil": b"x"})
    assert list(vendor.extract(pinned(data), data, {"dist/a.js": "a.js"})) == [("a.js", b"a")]


def test_a_link_in_place_of_a_file_is_refused() -> None:
    data = packed({}, links={"package/dist/a.js": "/etc/passwd"})
    with pytest.raises(vendor.VendorError, match="has no file"):
        list(vendor.extract(pinned(data), data, {"dist/a.js": "a.js"}))


def test_one_changed_byte_is_refused() -> None:
    data = packed({"package/a.js": b"a"})
    vendor.check_integrity(pinned(data), data)
    with pytest.raises(vendor.VendorError, match="not what the lock pins"):
        vendor.check_integrity(pinned(data), data[:-1] + bytes([data[-1] ^ 1]))


def test_a_lock_without_sha512_is_refused() -> None:
    with pytest.raises(vendor.VendorError, match="does not pin"):
        vendor.locked({"packages": {"node_modules/a": {"version": "1", "integrity": "sha1-AAAA"}}}, "a")


@pytest.mark.parametrize(
    ("environment", "written", "expected"),
    [
        ({}, None, vendor.PUBLIC_REGISTRY),
        ({}, "fund=false\nregistry=https://mirror.example/npm/\n", "https://mirror.example/npm"),
        ({"NPM_CONFIG_REGISTRY": "https://other.example/"}, "registry=https://mirror.example/npm/\n", "https://other.example"),
    ],
)
def test_the_registry_is_the_one_of_this_machine(tmp_path: Path, environment: dict[str, str], written: str | None, expected: str) -> None:
    settings = tmp_path / "npmrc"
    if written is not None:
        settings.write_text(written, encoding="utf-8")
    assert vendor.registry(environment, (tmp_path / "absent", settings)) == expected


def test_a_registry_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(vendor.VendorError, match="not an http address"):
        vendor.fetch(pinned(b""), "file:///tmp")


def test_a_changed_file_is_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"a")
    stamp = {"wanted": {"a.js": "x"}, "files": {"a.js": hashlib.sha256(b"a").hexdigest()}}
    (tmp_path / "stamp.json").write_text(json.dumps(stamp), encoding="utf-8")
    assert vendor.present(tmp_path, {"a.js": "x"})
    assert not vendor.present(tmp_path, {"a.js": "another version"})
    (tmp_path / "a.js").write_bytes(b"b")
    assert not vendor.present(tmp_path, {"a.js": "x"})


def test_every_package_that_is_wanted_is_pinned() -> None:
    manifest = json.loads((vendor.FRONTEND / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((vendor.FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    names = {vendor.split_path(path)[0] for group in ("vendor", "tests") for path in manifest["zuji"][group].values()}
    assert {vendor.locked(lock, name).name for name in names} == names
