"""Pinyin of Chinese words: how a word sounds, and the initials by which people type it."""

import itertools
import re
from functools import cache, lru_cache

_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇]+")
MOST_READINGS = 6
LONGEST = 12
REMEMBERED = 50_000


def sound(text: str) -> tuple[str, ...]:
    """The syllables of a text without tones, one for each Han character.

    >>> sound("纯碱") == sound("纯减"), sound("氯化钾") == sound("氯化钠")
    (True, False)
    """
    return tuple(_syllable(character) for run in _HAN_RUN.findall(text) for character in run)


@cache
def _syllable(character: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # takes a third of a second, and most commands need no sounds

    return lazy_pinyin(character)[0]


def initials(text: str) -> tuple[str, ...]:
    """The initials of each run of Han characters; several where a character is read in several ways.

    >>> initials("纯碱"), "cg" in initials("重钙"), initials("HDPE")
    (('cj', 'cx'), True, ())
    """
    return tuple(dict.fromkeys(letters for run in _HAN_RUN.findall(text) if len(run) > 1 for letters in _initials_of(run[:LONGEST])))


@lru_cache(maxsize=REMEMBERED)
def _initials_of(run: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415  # as above

    readings = [_first_letters(character) for character in run]
    common = ["".join(letters) for letters in itertools.islice(itertools.product(*readings), MOST_READINGS)]
    phrase = "".join(letter[0] for letter in pinyin(run, style=Style.FIRST_LETTER))
    return tuple(word for word in dict.fromkeys([phrase, *common]) if word.isascii() and word.isalpha())


@cache
def _first_letters(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415  # as above

    return tuple(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0])
