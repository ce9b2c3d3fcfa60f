"""The tutorial is run, not only written: its files are saved, its commands carried out, and what they print is what the page shows.

In a page, a fence ``yaml NAME`` is a file to save, and a fence ``console`` holds a command after ``$`` and its output. ``./x docs``
writes the output anew; a test compares it.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>[\w.-]+))?\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
ZUJI = Path(sys.executable).with_name("zuji")


def replayed(page: str) -> str:
    """The page with the output that its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        command = place / "x"
        command.write_text(f'#!/bin/sh\nshift\nexec "{ZUJI}" "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        return FENCE.sub(lambda fence: _replay(fence, place), page)


def _replay(fence: re.Match[str], place: Path) -> str:
    if fence["kind"] in {"yaml", "csv"} and fence["name"]:
        (place / fence["name"]).write_text(fence["body"], encoding="utf-8")
        return fence.group()
    if fence["kind"] != "console":
        return fence.group()
    commands = [line.removeprefix("$ ") for line in fence["body"].splitlines() if line.startswith("$ ")]
    shown = "".join(f"$ {command}\n{_output(command, place)}" for command in commands)
    return f"```console\n{shown}```"


def _output(command: str, place: Path) -> str:
    done = subprocess.run(  # noqa: S602 -- the commands are those of our own tutorial, written for a shell
        command, shell=True, cwd=place, capture_output=True, text=True, check=False
    )
    text = done.stdout + done.stderr
    return re.sub(r"[ \t]+$", "", text if text.endswith("\n") or not text else f"{text}\n", flags=re.MULTILINE)
