"""The command line under a real shell: closed and full streams, odd names and locales. No trace of the program, and a status that is true."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.test_cli import STUDY


def shell(command: str, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    """A command line of the installed program as a shell runs it."""
    program = Path(sys.executable).with_name("zuji")
    return subprocess.run(
        ["/bin/bash", "-c", command.replace("ZUJI", str(program))],
        cwd=cwd,
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("ZUJI calculate - <&-", 2),
        ("ZUJI calculate study.yaml >&-", 0),
        ("ZUJI calculate nothing.yaml 2>&- >&-", 2),
        ("ZUJI calculate study.yaml >/dev/full", 2),
        ("ZUJI calculate - --factors - <study.yaml", 2),
        ("ZUJI calculate bad.yaml --format json | head -c 1; exit ${PIPESTATUS[0]}", 3),
        ("PYTHONIOENCODING=ascii LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 ZUJI --help", 0),
        ("ZUJI calculate $'no\\xff.yaml'", 2),
        ("ZUJI calculate study.yaml --report full.docx", 2),
    ],
)
def test_streams_and_names_that_a_shell_may_hand_over(command: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text(STUDY, "utf-8")
    (tmp_path / "bad.yaml").write_text(STUDY.replace('"60"', '"NaN"'), "utf-8")
    (tmp_path / "full.docx").symlink_to("/dev/full")
    ended = shell(command, tmp_path)
    assert ended.returncode == status
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """The file size is limited, so that writing ends in the middle."""
    (tmp_path / "study.yaml").write_text(STUDY, "utf-8")
    long = "a" * 250 + ".docx"
    (tmp_path / long).write_bytes(b"old")
    ended = shell(f"ulimit -f 1; trap '' XFSZ; ZUJI calculate study.yaml --report {long}", tmp_path)
    assert ended.returncode == 2
    assert (tmp_path / long).read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [long, "study.yaml"]
