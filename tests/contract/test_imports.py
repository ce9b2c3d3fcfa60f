"""The direction of imports holds, and a broken one is found: a contract that cannot fail protects nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in ``folder/src`` with the contracts of ``folder/pyproject.toml``."""
    command = [
        sys.executable,
        "-c",
        # The copy must be found before the installed package.
        f"import sys; sys.path.insert(0, {str(folder / 'src')!r}); from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-logo",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and the contracts, to be broken."""
    ignore = shutil.ignore_patterns("__pycache__", "vendor", "*.csv", "*.po", "*.mo")
    shutil.copytree(ROOT / "src" / "zuji", tmp_path / "src" / "zuji", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("engine/text.py", "import zuji.formats", "Layers"),
        ("engine/text.py", "import zuji.web", "Layers"),
        ("rules/__init__.py", "import zuji.formats", "Layers"),
        ("documents/__init__.py", "import zuji.registry", "Layers"),
        ("registry/__init__.py", "import zuji.web", "Layers"),
        ("engine/text.py", "import django", "Pure packages"),
        ("engine/text.py", "import time", "Pure packages"),
        ("rules/__init__.py", "import random", "Pure packages"),
        ("documents/__init__.py", "import socket", "Pure packages"),
        ("registry/audit/models.py", "import zuji.registry.footprints.models", "Registry"),
        ("registry/factors/queries.py", "import zuji.registry.footprints.queries", "Registry"),
        ("formats/study/__init__.py", "import zuji.formats.factors", "Formats"),
        ("formats/ilcd/__init__.py", "import zuji.formats.ecospold1", "Formats"),
        ("formats/intake/__init__.py", "import zuji.formats.gate", "Formats"),
        ("formats/gate/__init__.py", "import zuji.importing", "Layers"),
    ],
)
def test_a_broken_contract_is_found(copy: Path, module: str, line: str, contract: str) -> None:
    broken = copy / "src" / "zuji" / module
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}  # an import against the direction\n", encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert [printed for printed in done.stdout.splitlines() if printed.startswith(contract) and printed.endswith("BROKEN")], done.stdout


def test_a_new_folder_must_be_placed(copy: Path) -> None:
    (copy / "src" / "zuji" / "misplaced").mkdir()
    (copy / "src" / "zuji" / "misplaced" / "__init__.py").write_text('"""A folder without a place in the layers."""\n', encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1
    assert "misplaced" in done.stdout


def test_the_engine_works_without_django() -> None:
    seen = "import sys, zuji.engine; print(sorted({'django', 'zuji.web', 'zuji.registry', 'zuji.formats'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
