"""A released database on disk: written whole or not at all, checked when opened, mapped and never changed."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.formats.test_background import SOURCE, made
from zuji.engine.sparse.background import Process, official_value, solved_background
from zuji.engine.sparse.needs import Needs
from zuji.formats.background import BadRelease
from zuji.registry.factors.releases import check_release, open_release, write_release


def test_a_release_comes_back_as_it_was_and_writes_the_same_folder_twice(tmp_path: Path) -> None:
    background = made()
    place = write_release(tmp_path / "releases", background, SOURCE)
    assert write_release(tmp_path / "releases", background, SOURCE) == place
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [place.name]
    opened = open_release(place)
    assert opened.processes == background.processes
    assert opened.columns == background.columns
    for name in ("values", "burdens", "incomplete"):
        assert (getattr(opened, name) == getattr(background, name)).all()
    assert official_value(opened, "p7", "AR6/total") == official_value(background, "p7", "AR6/total")
    assert not opened.values.flags.writeable
    assert isinstance(opened.values.base, np.memmap)
    assert opened.needs.amounts.tolist() == background.needs.amounts.tolist()


def test_a_database_without_inputs_is_kept_too(tmp_path: Path) -> None:
    lonely = solved_background([Process("p", "a", "kg")], Needs.from_triplets([], [], [], rows=1), np.ones((1, 1, 5)), sets=["AR6"])
    assert open_release(write_release(tmp_path, lonely, SOURCE)).values[0, 5] == 5


@pytest.mark.parametrize("name", ["values.npy", "starts.npy", "processes.json", "manifest.json"])
def test_a_changed_file_is_found_and_named(tmp_path: Path, name: str) -> None:
    place = write_release(tmp_path, made(), SOURCE)
    content = bytearray((place / name).read_bytes())
    content[-3] ^= 1
    (place / name).write_bytes(content)
    with pytest.raises(BadRelease, match=name.split(".", maxsplit=1)[0]):
        open_release(place)
    with pytest.raises(BadRelease):
        write_release(tmp_path, made(), SOURCE)


def test_a_missing_file_and_a_folder_under_another_name_are_found(tmp_path: Path) -> None:
    place = write_release(tmp_path, made(), SOURCE)
    (place / "rank.npy").unlink()
    with pytest.raises(BadRelease, match=r"rank\.npy is missing"):
        check_release(place)
    with pytest.raises(BadRelease, match="no manifest"):
        check_release(tmp_path / "nowhere")
    place.rename(tmp_path / "renamed")
    with pytest.raises(BadRelease, match="changed"):
        check_release(tmp_path / "renamed")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zuji.registry.factors.releases._write", full)
    with pytest.raises(OSError, match="No space"):
        write_release(tmp_path, made(), SOURCE)
    assert list(tmp_path.iterdir()) == []
