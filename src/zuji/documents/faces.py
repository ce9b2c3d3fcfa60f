"""The faces that documents carry with them, and which characters they can draw.

Noto Sans SC (SIL Open Font License 1.1, package ``pylopdf-fonts-zh-cn``) travels with the program, so that a report looks the same on any
machine. PDF/A forbids a character without a drawing; one that the face lacks is shown as 〓 (U+3013), the mark that Chinese and Japanese
printing uses for a missing type.
"""

import struct
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import sans_path

MISSING = "〓"
# drawn from ordinary figures by the template
_COMPOSED = frozenset("₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹⁻")
_SILENT = frozenset("\n\u200b")


@cache
def faces() -> typst.Fonts:
    """The shipped face alone: no system font ever enters a document."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])


@cache
def drawable() -> frozenset[int]:
    """The code points that the face can draw, from its ``cmap`` table (OpenType 1.9, formats 4 and 12)."""
    return frozenset(_characters(Path(sans_path()).read_bytes())) | {ord(c) for c in _COMPOSED | _SILENT}


def covered(text: str) -> str:
    """The text with every character that cannot be drawn shown as 〓."""
    lacking = {c for c in set(text) if ord(c) not in drawable()}
    return text.translate({ord(c): MISSING for c in lacking}) if lacking else text


def _characters(font: bytes) -> set[int]:
    tables = struct.unpack(">H", font[4:6])[0]
    for k in range(tables):
        tag, _, offset, _ = struct.unpack(">4sLLL", font[12 + 16 * k : 28 + 16 * k])
        if tag == b"cmap":
            return _cmap(font, offset)
    return set()


def _cmap(font: bytes, start: int) -> set[int]:
    found: set[int] = set()
    for k in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        (offset,) = struct.unpack(">L", font[start + 8 + 8 * k : start + 12 + 8 * k])
        at = start + offset
        (form,) = struct.unpack(">H", font[at : at + 2])
        if form == 12:
            (groups,) = struct.unpack(">L", font[at + 12 : at + 16])
            for group in range(groups):
                first, last, glyph = struct.unpack(">LLL", font[at + 16 + 12 * group : at + 28 + 12 * group])
                found.update(range(first + (glyph == 0), last + 1))
    return found
