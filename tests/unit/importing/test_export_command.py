"""``zuji export`` of a file, as a person runs it."""

import json
from pathlib import Path

import pytest

from tests.unit.formats.inventories import documented, packages
from zuji.cli import main
from zuji.formats.databases import REPORT, write_inventory


def test_a_database_goes_from_one_format_to_the_other_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inventory = documented.complete()
    first = tmp_path / "first.zip"
    first.write_bytes(packages.zipped(dict(write_inventory(inventory, "ilcd").files)))
    assert main(["export", "tidas", str(first), "--from", "ilcd", "--to", str(tmp_path / "json"), "--strict"]) == 0
    assert "0 个文件缺格式的必填项" in capsys.readouterr().out
    assert main(["export", "ilcd", str(tmp_path / "json"), "--from", "tidas", "--to", str(tmp_path / "xml")]) == 0
    for name, content in write_inventory(inventory, "ilcd").files.items():
        assert (tmp_path / "xml" / name).read_bytes() == content
    assert json.loads((tmp_path / "xml" / REPORT).read_bytes())["not_carried"] == {}


def test_losses_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "olca.zip"
    package.write_bytes(packages.zipped(packages.olca_files()))
    assert main(["export", "ilcd", str(package), "--from", "olca", "--to", str(tmp_path / "out"), "--lang", "en"]) == 0
    assert "The supplying dataset that an input names" in capsys.readouterr().out
    said = json.loads((tmp_path / "out" / REPORT).read_bytes())
    assert {"what": "supplier", "dataset": packages.MILL, "exchange": 2} in said["list_not_carried"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ilcd", "{package}", "--to", "{folder}/new"], "--from"),
        (["ilcd", "nothing-here", "--to", "{folder}/new"], "neither a file nor"),
        (["ilcd", "{package}", "--from", "olca", "--to", "{folder}"], "not an empty folder"),
        (["ilcd", "{package}", "--from", "olca", "--to", "{folder}/no/where.zip"], "does not exist"),
        (["ilcd", "{package}", "--from", "olca", "--to", "{folder}/new", "--dataset", "none"], "no dataset none"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "olca.zip"
    package.write_bytes(packages.zipped(packages.olca_files()))
    assert main(["export", *(one.format(package=package, folder=tmp_path) for one in arguments)]) == 2
    assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["olca.zip"]
