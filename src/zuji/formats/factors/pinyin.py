"""Pinyin of Chinese words: how a word sounds, and the initials by which people type it."""

import itertools
import re
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

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
    return lazy_pinyin(character)[0]


@lru_cache(maxsize=REMEMBERED)
def initials(text: str) -> tuple[str, ...]:
    """The initials of each run of Han characters; several where a character is read in several ways.

    >>> initials("纯碱"), "cg" in initials("重钙"), initials("HDPE")
    (('cj', 'cx'), True, ())
    """
    found: dict[str, None] = {}
    for run in _HAN_RUN.findall(text):
        if len(run) < 2:
            continue
        readings = pinyin(list(run[:LONGEST]), style=Style.FIRST_LETTER, heteronym=True)
        common = ["".join(letters) for letters in itertools.islice(itertools.product(*readings), MOST_READINGS)]
        phrase = "".join(letter[0] for letter in pinyin(run[:LONGEST], style=Style.FIRST_LETTER))
        found |= dict.fromkeys([phrase, *common])
    return tuple(word for word in found if word.isascii() and word.isalpha())
