"""The house rules that a linter does not know: sizes, names, docstrings, reasons, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zuji"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
CODE = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "scripts").rglob("*.py"))]
PURE = ("engine", "rules", "formats", "documents", "workflow", "ledger")
GRAB_BAGS = {"utils", "util", "common", "helpers", "helper", "misc", "base", "tools", "lib", "stuff"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def percentile_95(numbers: list[int]) -> int:
    return sorted(numbers)[int(0.95 * (len(numbers) - 1))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_are_small() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: n for path, n in lines.items() if n > 500} == {}
    assert percentile_95(list(lines.values())) <= 250


def test_functions_are_small() -> None:
    sizes = {f"{name(path)}:{node.name}": length(node) for path in MODULES for node in functions(path)}
    assert {function: n for function, n in sizes.items() if n > 80} == {}
    assert percentile_95(list(sizes.values())) <= 40


def test_no_module_is_a_grab_bag() -> None:
    named = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(SOURCE).parts}
    assert named & GRAB_BAGS == set()


@pytest.mark.parametrize("package", PURE)
def test_every_public_function_of_a_pure_package_says_what_it_does(package: str) -> None:
    silent = [
        f"{name(path)}:{node.name}"
        for path in (SOURCE / package).rglob("*.py")
        if not path.name.startswith("_") or path.name == "__init__.py"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_every_lint_or_type_exception_has_its_reason_on_the_line() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[a-z0-9, -]+\])?)\s*$")
    found = [
        f"{name(path)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|for now|lorem ipsum)\b", re.IGNORECASE)
    texts = [*CODE, *SOURCE.rglob("*.html"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *SOURCE.rglob("*.yaml")]
    texts.remove(Path(__file__))
    found = [f"{name(path)}: {match.group()}" for path in texts for match in later.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_emoji_anywhere() -> None:
    emoji = re.compile("[\U0001f300-\U0001faff☀-⛿✅✨❌]")
    texts = [*MODULES, *SOURCE.rglob("*.html"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *SOURCE.rglob("*.po")]
    assert [name(path) for path in texts if emoji.search(path.read_text(encoding="utf-8"))] == []


def test_pages_load_nothing_from_elsewhere() -> None:
    outside = re.compile(r"""(?:src|href)=["'](?:https?:)?//[^"']+\.(?:js|css|woff2?|png|svg)""")
    pages = [*SOURCE.rglob("*.html"), *(SOURCE / "web").rglob("*.css")]
    assert [name(path) for path in pages if outside.search(path.read_text(encoding="utf-8"))] == []


def test_settings_of_the_tools_give_a_reason_for_each_exception() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ruff = text[text.index("ignore = [") : text.index("[tool.ruff.lint.flake8-tidy-imports]")]
    codes = [line for line in ruff.splitlines() if re.match(r'\s+"[A-Z]+\d*",', line)]
    assert len(codes) > 10
    assert [line for line in codes if "#" not in line] == []
