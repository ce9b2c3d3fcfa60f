"""``python -m scripts.reference``: write the reference and the tutorial's outputs; with ``--check`` only compare, 1 when they are not current."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.reference import (
    api_page,
    commands_page,
    data_pages,
    exports_page,
    findings_page,
    matching_page,
    study_page,
    workflow_page,
)
from scripts.reference.tutorial import replayed
from zuji.engine.study import schema
from zuji.engine.text import Language

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PAGES: dict[str, Callable[[Language], str]] = {
    "study.md": study_page.write,
    "findings.md": findings_page.write,
    "commands.md": commands_page.commands,
    "settings.md": commands_page.settings,
    "units.md": data_pages.units,
    "gwp.md": data_pages.gases,
    "factors.md": data_pages.factor_sources,
    "rules.md": data_pages.rules,
    "matching.md": matching_page.matching,
    "exports.md": exports_page.write,
    "factor-workflow.md": workflow_page.factors,
}


def generated() -> dict[Path, str]:
    """Every generated file with its content."""
    pages = {DOCS / language / "reference" / name: write(language) for language in LANGUAGES for name, write in PAGES.items()}
    return {
        **pages,
        DOCS / "study.schema.json": json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        DOCS / "openapi.json": api_page.write(),
    }


def tutorials() -> dict[Path, str]:
    """The tutorial in each language with the output that its commands print now."""
    pages = [DOCS / language / "tutorial.md" for language in LANGUAGES]
    return {page: replayed(page.read_text(encoding="utf-8")) for page in pages}


def stale() -> list[Path]:
    """The files that are not what the code says, and those that nothing makes any more."""
    wanted = generated()
    old = [path for path, content in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != content]
    return old + [path for language in LANGUAGES for path in (DOCS / language / "reference").glob("*") if path not in wanted]


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    if arguments == ["--check"]:
        for path in stale():
            print(f"{path.relative_to(DOCS.parent)} is not current: run ./x docs")
        return 1 if stale() else 0
    for path, content in {**generated(), **tutorials()}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
