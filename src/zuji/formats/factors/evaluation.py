"""How well lines are matched: the labelled set, and what is counted over it."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from zuji.engine.text import Language, Text
from zuji.formats.factors.library import load_library
from zuji.formats.factors.matching import OFFERED, Match, Matcher, Shelf
from zuji.formats.factors.words import load_words

Half = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with the ids of the factors that are right for it; none where the library has no answer."""

    line: str
    right: frozenset[str]
    half: Half


@dataclass(frozen=True, slots=True)
class Score:
    """What was counted over lines. Rates are of the lines that they are about.

    ``first`` and ``ten``: lines with an answer whose right factor is believed and first, or among the ten candidates. ``missed``: lines
    with an answer that got "no match". ``false``: lines (of all) for which a wrong factor was given with confidence, whether the library
    has an answer or not; ``false_without`` those among the lines without an answer.
    """

    lines: int
    answered: int
    first: int
    ten: int
    missed: int
    false: int
    false_without: int

    @property
    def without(self) -> int:
        return self.lines - self.answered


@cache
def labelled_lines() -> tuple[Labelled, ...]:
    """The shipped set, which is the project's own (library/matching/README.md)."""
    text = resources.files("zuji.library").joinpath("matching", "lines.csv").read_text(encoding="utf-8")
    return tuple(
        Labelled(row["line"], frozenset(filter(None, row["right"].split(";"))), "dev" if row["half"] == "dev" else "test")
        for row in csv.DictReader(io.StringIO(text))
    )


def score(lines: Iterable[Labelled], match: Callable[[str], Match]) -> Score:
    """Match every line and count."""
    n = answered = first = ten = missed = false = false_without = 0
    for labelled in lines:
        found = match(labelled.line)
        top = found.candidates[0].factor_id if found.found else ""
        n += 1
        answered += bool(labelled.right)
        first += top in labelled.right
        ten += any(candidate.factor_id in labelled.right for candidate in found.candidates)
        missed += bool(labelled.right) and not found.found
        wrong = found.found and top not in labelled.right
        false += wrong
        false_without += wrong and not labelled.right
    return Score(n, answered, first, ten, missed, false, false_without)


@cache
def shipped_shelf() -> tuple[Matcher, Shelf]:
    """The matcher of the shipped words, and the shipped factors in force that a product footprint may rest on."""
    return Matcher(load_words()), Shelf(load_library().index, OFFERED)


_HEAD: tuple[Text, ...] = (
    Text("标注集", "labelled set"),
    Text("行数", "lines"),
    Text("库中有答案", "with an answer"),
    Text("首位正确", "first is right"),
    Text("前十含正确", "right among ten"),
    Text("判为无对应", "told “no match”"),
    Text("误信", "wrong with confidence"),
)


def evaluated(language: Language) -> list[list[str]]:
    """What is counted over both halves of the set, as a table of texts with its head."""
    names: dict[Half, Text] = {"dev": Text("调试半", "tuning half"), "test": Text("保留半（未用于调试）", "held-out half (never tuned on)")}
    rows = [[text.in_(language) for text in _HEAD]]
    for half, name in names.items():
        counted = of_half(half)
        rows.append([name.in_(language), str(counted.lines), str(counted.answered), *_rates(counted, language)])
    return rows


@cache
def of_half(half: Half) -> Score:
    """What is counted over one half with the shipped factors."""
    matcher, shelf = shipped_shelf()
    return score([each for each in labelled_lines() if each.half == half], lambda line: matcher.rank(line, shelf))


def _rates(counted: Score, language: Language) -> list[str]:
    without = {
        "zh": f"，无答案的 {counted.without} 行中 {counted.false_without}",
        "en": f", of {counted.without} without an answer {counted.false_without}",
    }[language]
    return [
        _share(counted.first, counted.answered),
        _share(counted.ten, counted.answered),
        _share(counted.missed, counted.answered),
        _share(counted.false, counted.lines) + without,
    ]


def _share(part: int, whole: int) -> str:
    """``137 / 153 (89.5 %)``."""
    return f"{part} / {whole} ({100 * part / whole:.1f} %)"
