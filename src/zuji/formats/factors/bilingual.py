"""Texts of factor rows that hold both languages one after the other, parted again; nothing is translated."""

import re

from zuji.engine.text import Text

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_SENTENCE = re.compile(r"(?<=[。！？；])\s*|(?<=[.!?;])\s+(?=[A-Z\u3400-\u9fff])")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_FEWEST_WORDS = 3  # a piece with fewer is a name or a number that stands in both languages
_SHORTEST, _LONGEST = 0.8, 6.0  # English letters for each Chinese character, where one says what the other says


def parted(text: str) -> Text:
    """The Chinese and the English reading of a text that says the same in both, one after the other; else the whole text as both.

    Pieces are sentences; what follows the pair is said in one language only and belongs to both readings. A pair is believed only where
    the lengths of its halves can be those of a translation, so that nothing is kept from a reader of either language.

    >>> parted("口径为CO2(不含上游)。CO2 only, generation stage.")
    Text(zh='口径为CO2(不含上游)。', en='CO2 only, generation stage.')
    >>> parted("CPCD 核心数据库;原值 4.19kgCO2e / 千克。").en
    'CPCD 核心数据库;原值 4.19kgCO2e / 千克。'
    """
    pieces = [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]
    start = next((at for at, piece in enumerate(pieces) if _english(piece)), 0)
    end = next((at for at in range(start, len(pieces)) if not _english(pieces[at])), len(pieces))
    chinese, english, rest = " ".join(pieces[:start]), " ".join(pieces[start:end]), " ".join(pieces[end:])
    han = len(_HAN.findall(chinese))
    if not han or english.startswith(("[", "(")) or not _SHORTEST <= len(english) / len(chinese) <= _LONGEST:
        return Text(text, text)
    return Text(f"{chinese} {rest}".strip(), f"{english} {rest}".strip())


def _english(piece: str) -> bool:
    return not _HAN.search(piece) and len(_WORDS.findall(piece)) >= _FEWEST_WORDS
