"""The list of commands: one file, called by people and by CI alike."""

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("run", "zuji", "test", "check", "fmt", "docs", "bench")


def call(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", str(root / "x"), *arguments], capture_output=True, text=True, check=False, cwd="/")


def test_x_alone_prints_the_list() -> None:
    done = call()
    assert done.returncode == 0
    assert [command for command in COMMANDS if f"./x {command}" not in done.stdout] == []


def test_every_command_that_is_carried_out_is_in_the_list() -> None:
    text = (ROOT / "x").read_text(encoding="utf-8")
    dispatch = text[text.index("case $command in") :]
    assert set(re.findall(r"^    ([a-z]+)\)", dispatch, re.MULTILINE)) == set(COMMANDS)


def test_an_unknown_command_is_a_usage_error_that_shows_the_list() -> None:
    done = call("walk")
    assert done.returncode == 2
    assert "'walk'" in done.stderr
    assert "./x run" in done.stderr


def test_a_path_with_spaces_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    shutil.copy(ROOT / "x", folder)
    assert call(root=folder).returncode == 0


def test_ci_calls_the_same_commands_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "./x check", "./x test"]


def test_both_are_executable() -> None:
    assert all(os.access(ROOT / path, os.X_OK) for path in ("x", ".ci/run"))


def test_no_file_of_the_set_up_names_an_index_of_its_own() -> None:
    files = [ROOT / "x", ROOT / ".ci" / "run", ROOT / "pyproject.toml", ROOT / "frontend" / "package-lock.json"]
    assert [path.name for path in files if re.search(r"index-url|--index|extra-index|registry=", path.read_text(encoding="utf-8"))] == []
    sources = set(re.findall(r'(?:registry|url) = "(https?://[^/"]+)', (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert sources <= {"https://pypi.org", "https://files.pythonhosted.org"}
