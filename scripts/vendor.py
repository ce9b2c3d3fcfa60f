"""Fetch the browser assets that Zuji serves itself: ``python scripts/vendor.py [--tests]``.

Reads ``frontend/package.json`` (which files, under ``zuji.vendor`` and ``zuji.tests``) and ``frontend/package-lock.json``
(which version, and the SHA-512 of its package). Each package comes from the npm registry that this machine's npm settings
name, is checked against the lock before anything of it is read, and only the listed files are written. Neither node nor npm is needed:
the standard library does it, and there is one way only. A stamp makes the second run immediate (ADR 0006).
"""

import argparse
import base64
import hashlib
import io
import json
import os
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
TARGETS = {"vendor": ROOT / "src" / "zuji" / "assets" / "vendor", "tests": ROOT / ".cache" / "test-assets"}
PUBLIC_REGISTRY = "https://registry.npmjs.org"
LARGEST_PACKAGE = 64 * 1024 * 1024  # bytes; the largest of ours is a tenth of it
TRIES = 3
SECONDS = 60


class VendorError(Exception):
    """The assets cannot be had; the message says why and what to do."""


class Package(NamedTuple):
    """A package as the lock pins it."""

    name: str
    version: str
    integrity: str

    @property
    def path(self) -> str:
        """Where a registry keeps the package: ``@scope/name/-/name-1.2.3.tgz``."""
        return f"{self.name}/-/{self.name.rpartition('/')[2]}-{self.version}.tgz"


def registry(environment: Mapping[str, str], settings: tuple[Path, ...]) -> str:
    """The npm registry of this machine: from the environment, else from the first settings file that names one."""
    for name in ("NPM_CONFIG_REGISTRY", "npm_config_registry"):
        if environment.get(name):
            return environment[name].rstrip("/")
    for path in settings:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            key, _, value = line.partition("=")
            if key.strip() == "registry" and value.strip():
                return value.strip().strip("\"'").rstrip("/")
    return PUBLIC_REGISTRY


def settings_files(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The settings files of npm, nearest first."""
    user = environment.get("NPM_CONFIG_USERCONFIG") or environment.get("npm_config_userconfig")
    return (FRONTEND / ".npmrc", Path(user) if user else Path.home() / ".npmrc", Path("/etc/npmrc"))


def locked(lock: Mapping[str, object], name: str) -> Package:
    """The lock's entry for a package."""
    packages = lock.get("packages")
    entry = packages.get(f"node_modules/{name}") if isinstance(packages, dict) else None
    if not isinstance(entry, dict) or not str(entry.get("integrity", "")).startswith("sha512-"):
        raise VendorError(
            f"frontend/package-lock.json does not pin {name} with a sha512: run 'npm install --package-lock-only' in frontend/"
        )
    return Package(name, str(entry["version"]), str(entry["integrity"]))


def check_integrity(package: Package, data: bytes) -> None:
    """Refuse a package whose SHA-512 is not the lock's."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")
    if found not in package.integrity.split():
        raise VendorError(f"{package.name} {package.version}: what the registry sent is not what the lock pins; nothing of it was written")


def extract(package: Package, data: bytes, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """``(target, content)`` of each wanted file; ``wanted`` maps the path inside the package to the target's name.

    Nothing is unpacked to disk: only regular files that are asked for by name are read, so a path or link in the
    archive cannot lead anywhere.
    """
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        files = {member.name.partition("/")[2]: member for member in archive.getmembers() if member.isfile()}
        for inside, target in wanted.items():
            content = archive.extractfile(files[inside]) if inside in files else None
            if content is None:
                raise VendorError(f"{package.name} {package.version} has no file {inside}: correct zuji.vendor in frontend/package.json")
            yield target, content.read()


def fetch(package: Package, base: str) -> bytes:
    """The package's bytes from the registry; a passing fault is tried again, twice."""
    address = f"{base}/{package.path}"
    if not address.startswith(("https://", "http://")):
        raise VendorError(f"the npm registry setting {base!r} is not an http address")
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                data: bytes = answer.read(LARGEST_PACKAGE + 1)
        except urllib.error.HTTPError as error:
            raise VendorError(f"{package.name} {package.version}: the npm registry answered {error.code} for {package.path}") from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            if attempt == TRIES:
                reason = getattr(error, "reason", error)
                raise VendorError(
                    f"cannot reach the npm registry for {package.name} {package.version} ({reason}). Check the network; behind a proxy set"
                    " https_proxy; for a mirror set NPM_CONFIG_REGISTRY; if certificates are missing, install ca-certificates."
                ) from error
            time.sleep(attempt)
        else:
            if len(data) > LARGEST_PACKAGE:
                raise VendorError(f"{package.name} {package.version}: larger than {LARGEST_PACKAGE} bytes, refused")
            return data
    raise AssertionError


def split_path(path: str) -> tuple[str, str]:
    """``@scope/name/dist/a.js`` as package and path inside it."""
    parts = path.split("/")
    length = 2 if path.startswith("@") else 1
    return "/".join(parts[:length]), "/".join(parts[length:])


def present(folder: Path, stamp: object) -> bool:
    """Whether the folder holds exactly what the stamp says, byte for byte."""
    try:
        kept = json.loads((folder / "stamp.json").read_text(encoding="utf-8"))
        digests = kept["files"].items()
        same = all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in digests)
    except (OSError, ValueError, KeyError, AttributeError):
        return False
    return bool(same and kept["wanted"] == stamp)


def write(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the whole new one."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(path)


def vendor(group: str, base: str) -> None:
    """Bring one group of assets to its folder, unless it is there already."""
    manifest = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    targets: dict[str, str] = manifest["zuji"].get(group, {})
    by_package: dict[str, dict[str, str]] = {}
    for target, path in targets.items():
        if Path(target).name != target:
            raise VendorError(f"frontend/package.json: {target!r} is not a plain file name")
        name, inside = split_path(path)
        by_package.setdefault(name, {})[inside] = target
    packages = {name: locked(lock, name) for name in by_package}
    folder = TARGETS[group]
    wanted = {target: f"{path} {packages[split_path(path)[0]].integrity}" for target, path in targets.items()}
    if present(folder, wanted):
        return
    folder.mkdir(parents=True, exist_ok=True)
    digests: dict[str, str] = {}
    for name, files in by_package.items():
        package = packages[name]
        data = fetch(package, base)
        check_integrity(package, data)
        for target, content in extract(package, data, files):
            write(folder / target, content)
            digests[target] = hashlib.sha256(content).hexdigest()
        print(f"  {name} {package.version}: {len(files)} files, checked against the lock")
    write(folder / "stamp.json", json.dumps({"wanted": wanted, "files": digests}, indent=1).encode())


def main(arguments: list[str]) -> int:
    """Bring the assets; 0 when they are there, 1 with the reason when they are not."""
    parser = argparse.ArgumentParser(prog="vendor.py", description="Fetch the browser assets that Zuji serves itself.")
    parser.add_argument("--tests", action="store_true", help="also what only the tests use")
    options = parser.parse_args(arguments)
    try:
        base = registry(os.environ, settings_files(os.environ))
        for group in ("vendor", "tests") if options.tests else ("vendor",):
            vendor(group, base)
    except VendorError as error:
        print(f"vendor.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
