"""Released databases on disk: one folder each, named by its hash, written whole or not at all, never changed."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.background import Background
from zuji.engine.text import Text
from zuji.formats.background import BadRelease, Manifest, identity, read_manifest, release_files, released
from zuji.formats.background.files import MANIFEST, PROCESSES


def write_release(folder: Path, background: Background, source: Mapping[str, str]) -> Path:
    """Write a release under ``folder`` and give its place, ``folder/<hash>``; one that is there already is checked and left as it is."""
    files = release_files(background, source)
    place = folder / identity(files[MANIFEST])
    if place.exists():
        check_release(place)
        return place
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{place.name}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        for name, content in files.items():
            _write(part / name, content)
        _sync(part)
        part.rename(place)
    except OSError:
        if not place.exists():  # another process may have written the same release meanwhile
            raise
        check_release(place)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _sync(folder)
    return place


def check_release(place: Path) -> Manifest:
    """The manifest of a release all of whose files are what it says. Raises :class:`BadRelease` naming the first that is not."""
    try:
        told = (place / MANIFEST).read_bytes()
    except OSError as error:
        raise BadRelease(Text(f"{place} 中没有清单。", f"There is no manifest in {place}.")) from error
    if identity(told) != place.name:
        raise BadRelease(Text(f"{place} 的清单已被改动。", f"The manifest of {place} has been changed."))
    manifest = read_manifest(told)
    for name, wanted in sorted(manifest.files.items()):
        try:
            with (place / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BadRelease(Text(f"{place} 缺少 {name}。", f"{name} is missing from {place}.")) from error
        if found != wanted:
            raise BadRelease(Text(f"{place} 的 {name} 已被改动。", f"{name} of {place} has been changed."))
    return manifest


def open_release(place: Path) -> Background:
    """A checked release, its arrays mapped from the files and not writable. Raises :class:`BadRelease`."""
    manifest = check_release(place)

    def array(name: str) -> NDArray[Any]:
        try:
            with (place / f"{name}.npy").open("rb") as file:
                np.lib.format.read_magic(file)
                empty = 0 in np.lib.format.read_array_header_1_0(file)[0]
            mapped = np.load(place / f"{name}.npy", mmap_mode=None if empty else "r", allow_pickle=False)  # nothing cannot be mapped
        except (ValueError, OSError) as error:
            raise BadRelease(Text(f"{name}.npy 不可读。", f"{name}.npy cannot be read.")) from error
        return np.asarray(mapped)

    return released(manifest, (place / PROCESSES).read_bytes(), array)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
