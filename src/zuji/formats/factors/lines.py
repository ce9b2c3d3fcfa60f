"""A line as a plant writes it, cut into what it says: segments, of which those in brackets say less, without sizes, packing and brands."""

import re
from dataclasses import dataclass
from functools import cache

from zuji.formats.factors.terms import normal
from zuji.formats.factors.words import noise

LONGEST_LINE = 200
_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_DOTTED = re.compile(r"(?<![a-z0-9])([a-z])[·•・.]\s?([a-z])(?![a-z])")
_CEMENT = re.compile(r"(?<![a-z0-9])(p[oc]|m)\s?(32\.5|42\.5|52\.5)(?![0-9])")
_CONCRETE = re.compile(r"(?<![a-z0-9])(c\d\d)(?=p\d+)")
_BRACKETS = re.compile(r"[(\[{【〈《<]([^()\[\]{}【】〈〉《》<>]*)[)\]}】〉》>]?")
_SEPARATORS = re.compile(r"[,，、;；/|:：_~～*×&=+\"'“”‘’!?。…\\]+| - ")
_APART = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")  # two Chinese words with a blank between them are two statements
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_LOOSE_HYPHEN = re.compile(r"-")
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) +| +(?=[{_HAN}])")
_LATIN_ABBREVIATED = re.compile(r"(?<=[a-z]{2})\.(?= |$)")
LONGEST_NOISE = 6
_CONTAINERS = frozenset("袋包桶瓶罐卷件散")  # a bag of cement is told beside it; 水泥袋 is the bag
_PIECE = re.compile(rf"[{_HAN}]+|[a-z0-9#.%φΦ°≥≤<>-]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line between separators, in the form in which words are looked up in it."""

    text: str
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the form in which it is compared: its segments, and as a whole."""

    whole: str
    segments: tuple[Segment, ...]


def lookup(text: str) -> str:
    """A word or a segment in the form in which words are looked up: normal, hyphens between letters as blanks, no blank beside Han.

    >>> lookup("PE 膜"), lookup("Soda-Ash"), lookup("P·O 42.5R 水泥")
    ('pe膜', 'soda ash', 'po42.5r水泥')
    """
    plain = normal(text)
    plain = _DOTTED.sub(r"\1\2", plain)
    plain = _CONCRETE.sub(r"\1 ", _CEMENT.sub(r"\1\2", plain))
    plain = _LATIN_ABBREVIATED.sub("", plain)
    plain = _HYPHEN.sub(" ", plain)
    return " ".join(_BESIDE_HAN.sub("", plain).split())


def read_line(written: str) -> Line:
    """The segments of a line, those outside brackets first."""
    plain = _APART.sub(" | ", _DOTTED.sub(r"\1\2", normal(written[:LONGEST_LINE])))
    inner = [found.group(1) for found in _BRACKETS.finditer(plain)]
    outer = _BRACKETS.sub(" | ", plain)
    cut = [(piece, False) for piece in _SEPARATORS.split(outer)] + [(piece, True) for text in inner for piece in _SEPARATORS.split(text)]
    segments = [Segment(text, bracketed) for piece, bracketed in cut if (text := lookup(piece).strip(" .-"))]
    if segments and all(segment.bracketed for segment in segments):
        segments = [Segment(segment.text) for segment in segments]
    return Line(lookup(_LOOSE_HYPHEN.sub(" ", normal(written[:LONGEST_LINE]))), tuple(segments))


def without_brackets(text: str) -> str:
    """A name without what it says in brackets.

    >>> without_brackets("纸板(原生)")
    '纸板'
    """
    return " ".join(_BRACKETS.sub(" ", normal(text)).split())


@cache
def _phrases() -> re.Pattern[str]:
    several = sorted((word for word in noise() if " " in word), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, several))})(?![a-z0-9])")


def without_noise_phrases(text: str) -> str:
    """The text with phrases of noise blanked out, everything else in its place.

    >>> without_noise_phrases("corn feed grade")
    'corn           '
    """
    return _phrases().sub(lambda found: " " * len(found.group()), text)


def left_over(text: str) -> tuple[str, ...]:
    """What a piece of a segment says beyond noise: Han runs and Latin words; sizes, grades and numbers are none.

    >>> left_over("国产优质"), left_over("编织袋"), left_over("0.8 bags dx51d")
    ((), ('编织袋',), ('bags',))
    """
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[0] > "\u2fff":
            found += _without_noise(piece)
        elif piece.isalpha() and len(piece) > 1 and piece not in noise():
            found.append(piece)
    return tuple(found)


def left_behind(text: str) -> tuple[str, ...]:
    """What is left over directly behind a word: there a bag or a bottle is the thing itself.

    >>> left_behind("袋"), left_behind("袋装"), left_behind(" 50kg袋")
    (('袋',), (), ())
    """
    first = re.match(rf"[{_HAN}]+", text)
    found = left_over(text)
    return (first.group(), *found) if first and first.group() in _CONTAINERS else found


def _without_noise(run: str) -> list[str]:
    """The pieces of a run of Han characters that no noise word covers; longer noise words are taken out first."""
    if run in noise():
        return []
    kept: list[str] = []
    start, unknown = 0, ""
    while start < len(run):
        length = next((n for n in range(min(LONGEST_NOISE, len(run) - start), 0, -1) if _is_noise(run[start : start + n])), 0)
        if length:
            kept += [unknown] if unknown else []
            unknown, start = "", start + length
        else:
            unknown, start = unknown + run[start], start + 1
    return [*kept, unknown] if unknown else kept


def _is_noise(word: str) -> bool:
    return word in noise() and word not in _CONTAINERS
