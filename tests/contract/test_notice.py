"""NOTICE names the licence of everything that is shipped or brought along."""

import csv
import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Without the difference between full-width and half-width punctuation, and without spaces."""
    return re.sub(r"\s", "", text.translate(str.maketrans("（），；：", "(),;:")))


def test_every_publisher_of_shipped_data_is_named() -> None:
    publishers = {
        row["publisher"]
        for path in (ROOT / "src" / "zuji" / "library" / "factors").glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        if row.get("publisher")
    }
    assert len(publishers) > 10
    assert [publisher for publisher in sorted(publishers) if plain(publisher) not in plain(NOTICE)] == []


def test_every_shipped_factor_carries_its_licence_note() -> None:
    silent = [
        row["id"]
        for path in (ROOT / "src" / "zuji" / "library" / "factors").glob("*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        if "licence" in row and not row["licence"].strip()
    ]
    assert silent == []


def test_every_browser_asset_is_named_with_its_version() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    manifest = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    names = [*manifest["dependencies"], *manifest["devDependencies"]]
    assert [name for name in names if f"{name} {lock['packages'][f'node_modules/{name}']['version']}" not in NOTICE] == []


def test_every_direct_dependency_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[<>=!~ ]", dependency)[0].lower() for dependency in project["dependencies"]]
    assert [name for name in names if not re.search(rf"^{re.escape(name)} ", NOTICE, re.MULTILINE)] == []
