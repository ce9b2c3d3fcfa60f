"""``zuji import`` as a person runs it."""

import json
from pathlib import Path

import pytest

from tests.unit.formats.inventories import packages
from zuji.cli import main


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "steel.zip"
    path.write_bytes(packages.zipped(packages.ilcd_files()))
    return path


def test_it_says_what_came_in(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "summary.json"
    assert main(["import", "ilcd", str(package), "--link", "only-provider", "--year", "2026", "--json", str(kept), "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "datasets read" in printed
    assert "linking rule  only-provider" in printed
    release = json.loads(kept.read_text(encoding="utf-8"))
    assert release["counts"]["complete"] == 2
    assert release["hash"] in printed


def test_a_hostile_archive_ends_with_words_and_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "slip.zip"
    path.write_bytes(packages.zipped({"../x.xml": b"<a/>"}))
    assert main(["import", "ilcd", str(path)]) == 3
    said = capsys.readouterr().err
    assert "leaves its folder" in said
    assert "文件夹之外" in said


def test_a_path_that_is_not_there_is_a_matter_of_usage(tmp_path: Path) -> None:
    assert main(["import", "ilcd", str(tmp_path / "nothing")]) == 2
