"""The tree that both notations are read into, and its one error."""

import unicodedata
from dataclasses import dataclass

from zuji.engine.errors import EngineError
from zuji.engine.text import Text

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 40
MOST_NODES = 100_000
MOST_CHARACTERS = 20_000
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}

Plain = str | None | dict[str, "Plain"] | list["Plain"]


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (text, or None for an empty one), a list or a mapping, with the line and column where it begins, from 1."""

    value: "str | dict[str, Node] | list[Node] | None"
    line: int
    column: int

    def child(self, step: "str | int") -> "Node | None":
        """The field or item that ``step`` names, None where there is none."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None


class Unreadable(EngineError):
    """Bytes that are not a strict YAML or JSON document; ``line`` and ``column`` (from 1) say where, 0 where no place is known."""

    def __init__(self, code: str, text: Text, line: int = 0, column: int = 0) -> None:
        super().__init__(text)
        self.code = code
        self.line = line
        self.column = column


def plain(node: Node) -> Plain:
    """The tree without its places: what a validator takes."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def check_text(text: str, line: int, column: int, *, key: bool = False) -> None:
    """Refuse characters that hide or reorder what a reader sees, and texts nobody reads. Line breaks and tabs may stand in values."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            "text-too-long",
            Text(
                zh=f"一段文字有 {len(text)} 个字符，最多 {MOST_CHARACTERS} 个。请缩短，或作为附件提交。",
                en=f"A text has {len(text)} characters, at most {MOST_CHARACTERS} are taken. Shorten it, or hand it in as an attachment.",
            ),
            line,
            column,
        )
    if text.isprintable():
        return
    for place, character in enumerate(text):
        if unicodedata.category(character) in _HIDDEN and (key or character not in "\n\t"):
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            raise Unreadable(
                "hidden-character",
                Text(
                    zh=f"文字第 {place + 1} 个字符是不可见的控制字符 {name}，会改变文字的显示。请删除它。",
                    en=f"Character {place + 1} of a text is the invisible control character {name}, which changes how the text is shown. Remove it.",
                ),
                line,
                column,
            )
