"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

from scripts.punctuation import corrected_prose
from zuji.engine.text import Language, Text

GENERATED = Text(
    "<!-- 由 ./x docs 生成，请勿手工修改。 -->",
    "<!-- Made by ./x docs; not to be edited by hand. -->",
)


def page(title: Text, lead: Text, body: Iterable[str], language: Language) -> str:
    """A whole page: the mark of a generated file, a title, a first paragraph and the rest."""
    parts = [GENERATED.in_(language), f"# {title.in_(language)}", lead.in_(language), *body]
    text = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    return corrected_prose(text) if language == "zh" else text


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a cell's own line breaks and bars are made harmless."""
    lines = [row(head), row(["---"] * len(head)), *(row(cells) for cells in rows)]
    return "\n".join(lines)


def row(cells: Sequence[str]) -> str:
    """One row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
