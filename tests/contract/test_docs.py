"""The documentation is complete, current, and the same in both languages."""

import re
from pathlib import Path

import pytest

from scripts.reference import findings_page, study_page
from scripts.reference.__main__ import PAGES, generated
from scripts.reference.commands_page import arguments, parsers
from scripts.reference.tutorial import replayed
from zuji.cli import _parser
from zuji.config.environment import SETTINGS
from zuji.rules.checks import CHECKS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
WRITTEN = [*(DOCS / "zh").rglob("*.md"), *(DOCS / "en").rglob("*.md"), *(DOCS / "adr").glob("*.md"), *DOCS.glob("*.md"), *ROOT.glob("*.md")]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_generated_reference_is_current() -> None:
    wanted = generated()
    stale = [name(path) for path, content in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != content]
    assert stale == [], "run ./x docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tutorial_shows_what_its_commands_print(language: str) -> None:
    page = (DOCS / language / "tutorial.md").read_text(encoding="utf-8")
    assert page.count("```console") >= 7
    assert "Traceback" not in page
    assert replayed(page) == page, "run ./x docs"


def test_every_generated_page_is_linked_from_the_index() -> None:
    for language in LANGUAGES:
        index = (DOCS / language / "index.md").read_text(encoding="utf-8")
        assert [page for page in PAGES if f"(reference/{page})" not in index] == []


def test_every_page_is_in_both_languages_with_the_same_structure() -> None:
    pages = {language: {path.relative_to(DOCS / language): path for path in (DOCS / language).rglob("*.md")} for language in LANGUAGES}
    assert set(pages["zh"]) == set(pages["en"])
    for page, zh in pages["zh"].items():
        levels = [re.findall(r"^(#+) ", path.read_text(encoding="utf-8"), re.MULTILINE) for path in (zh, pages["en"][page])]
        assert levels[0] == levels[1], page


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (path.parent / target).exists()] == []


def test_every_field_of_the_study_file_is_described() -> None:
    described = study_page.words()
    assert all(text.zh and text.en for part in described.values() for text in part.values())


def test_every_check_makes_findings_that_are_documented() -> None:
    modules = {made.module for made in findings_page.found()}
    assert [check.__name__ for check in CHECKS if f"rules/checks/{check.__name__}.py" not in modules] == []


def test_every_finding_has_a_text_in_both_languages() -> None:
    one_sided = [made for made in findings_page.found() if bool(made.message.zh) != bool(made.message.en)]
    assert one_sided == []


def test_every_check_has_its_own_test() -> None:
    tests = {path.stem for path in (ROOT / "tests" / "unit" / "rules").rglob("test_*.py")}
    assert [check.__name__ for check in CHECKS if f"test_{check.__name__}" not in tests] == []


def test_every_argument_of_the_command_line_says_what_it_is() -> None:
    silent = [f"{parser.prog} {action.dest}" for parser in parsers(_parser()) for action in arguments(parser) if not action.help]
    assert silent == []


def test_every_setting_says_what_it_is_in_both_languages() -> None:
    assert [setting.name for setting in SETTINGS if not (setting.help.zh and setting.help.en)] == []


def test_every_decision_is_in_the_list() -> None:
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (DOCS / "adr").glob("0*.md") if f"({path.name})" not in listed] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
