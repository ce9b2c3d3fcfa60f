"""Text in drawings: how wide it is, where it breaks, how it is written into SVG without becoming markup."""

import re
import unicodedata
from xml.sax.saxutils import escape

_PIECES = re.compile(r"\s+|[^\s⺀-鿿豈-﫿＀-￯　-〿]+|.")
_NARROW = set("iljtf.,:;|!'()[] ")
_CLOSING = set("，。、；：！？）》」』】”’％,.;:!?)")


def text_width(text: str, size: float) -> float:
    """Width in pixels at a font size, by the proportions of Noto Sans: near enough to place and break text, never below it by much."""
    return size * sum(_em(c) for c in text)


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """Lines no wider than ``width``, at most ``most`` of them, the last with an ellipsis where something is left out.

    Chinese breaks between any two characters but never before a closing mark; Latin words break at spaces, and within a
    word only where it is wider than a line.
    """
    lines: list[str] = []
    line = ""
    for piece in _fitting(text[:2000], width, size):
        if line and text_width(line + piece, size) > width and piece not in _CLOSING:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines = [part for part in [*lines, line.rstrip()] if part]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def svg_text(text: str) -> str:
    """Text for SVG content or a quoted attribute: markup made harmless, characters that XML forbids left out."""
    return escape("".join(c for c in text if c.isprintable() or c == " "), {'"': "&quot;", "'": "&#39;"})


def _em(c: str) -> float:
    if unicodedata.east_asian_width(c) in {"W", "F", "A"} and c not in "·–−×’‘“”…":
        return 1.0
    if c in _NARROW:
        return 0.32
    return 0.64 if c.isupper() or c in "mw%@—" else 0.55 if c.isdigit() else 0.52


def _fitting(text: str, width: float, size: float) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(" ".join(text.split())):
        while text_width(piece, size) > width and len(piece) > 1:
            cut = max(1, int(width / (size * 0.68)))
            pieces.append(piece[:cut])
            piece = piece[cut:]  # noqa: PLW2901 - what is left of the word is the word
        pieces.append(piece)
    return pieces
