"""What a line names: the words of the vocabulary in it, and what each leaves unsaid of the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from zuji.formats.factors.lines import LONGEST_NOISE, Line, Segment, left_behind, left_over, lookup, read_line, without_noise_phrases
from zuji.formats.factors.pinyin import sound
from zuji.formats.factors.typos import SHORTEST, one_letter_apart
from zuji.formats.factors.words import Vocabulary, noise

How = Literal["name", "synonym", "abbreviation", "code", "sound", "typo"]
COST: dict[How, float] = {"name": 1.0, "synonym": 0.97, "abbreviation": 0.93, "code": 1.0, "sound": 0.85, "typo": 0.85}
_BEHIND, _BEFORE, _LATIN_BEHIND, _LATIN_BEFORE = 0.3, 0.4, 0.45, 0.6
_ELSEWHERE, _IN_BRACKETS, _OTHER, _OTHER_IN_BRACKETS, _ONLY_BRACKETED = 0.65, 0.95, 0.5, 0.88, 0.5
_SHORT, _SHORT_COST = 2, 0.93  # letters of an abbreviation that means many things
_HAN = "\u2fff"
OwnName = tuple[int, int, How]
"""Where a factor stands that a name is its own, and the kind of name; what the two numbers count is the business of who keeps the names."""


class Own(Protocol):
    """The names of single factors that no concept names."""

    @property
    def longest(self) -> int:
        """Characters of the longest of them."""
        ...

    def named(self, key: str) -> Sequence[OwnName]:
        """The factors of this name; none where it is no name."""
        ...


class _Nobody:
    longest = 0

    def named(self, key: str) -> Sequence[OwnName]:
        del key
        return ()


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a line. ``concepts``: what it names, each with the kind of word, the word as the vocabulary writes it, and its cost.

    ``left`` are the words that it leaves unsaid, each with what it costs where the factor's own name does not say it either.
    """

    key: str
    concepts: Mapping[str, tuple[How, str, float]]
    own: tuple[OwnName, ...]
    base: float
    left: tuple[tuple[str, float], ...] = field(default=())

    def score(self, named: str) -> float:
        """The raw score for a factor with these names."""
        score = self.base
        for word, cost in self.left:
            if word not in named:
                score *= cost
        return score


@dataclass(frozen=True, slots=True)
class _Span:
    place: int
    start: int
    end: int
    key: str
    slip: How | None = None  # "sound" or "typo"


class Reader:
    """Reads lines by one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._factors = vocabulary.factors
        self._words: dict[str, dict[str, tuple[How, str]]] = {}
        for word in vocabulary.words:
            key = lookup(word.text)
            if len(key) > 1 or key > _HAN:
                how: How = "name" if word.first else word.place
                known = self._words.setdefault(key, {})
                if word.concept not in known or how == "name":
                    known[word.concept] = (how, word.text)
        self._longest = max(map(len, self._words), default=0)

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for key in self._words:
            if len(key) > 1 and all(character > _HAN for character in key):
                found.setdefault(sound(key), []).append(key)
        return found

    @cached_property
    def _letters(self) -> dict[int, frozenset[str]]:
        """The longer Latin words that occur in the vocabulary, by their length."""
        found: dict[int, set[str]] = {}
        for token in {token for key in self._words for token in key.split(" ") if token.isascii() and token.isalpha()}:
            if len(token) >= SHORTEST:
                found.setdefault(len(token), set()).add(token)
        return {length: frozenset(tokens) for length, tokens in found.items()}

    def read(self, written: str, own: Own | None = None) -> list[Found]:
        """The words that a line holds. ``own`` are names of single factors that no concept names."""
        own = _Nobody() if own is None else own
        line = read_line(written)
        if line.whole in self._words or own.named(line.whole):
            line = Line(line.whole, (Segment(line.whole),))
        line, slipped = self._spelt(line)
        spans = [span for place, segment in enumerate(line.segments) for span in self._spans(place, segment, own)]
        return [found for span in spans if (found := self._found(line, spans, span, own, slipped)) is not None]

    def _spelt(self, line: Line) -> tuple[Line, bool]:
        """The line with Latin words that are one slip from a known one spelt right, and whether there were any."""
        slipped = False
        segments = []
        for segment in line.segments:
            tokens = []
            for token in segment.text.split(" "):
                near = self._near(token)
                slipped = slipped or near != token
                tokens.append(near)
            segments.append(Segment(" ".join(tokens), segment.bracketed))
        return Line(line.whole, tuple(segments)), slipped

    def _near(self, token: str) -> str:
        if not (token.isascii() and token.isalpha()) or token in noise() or token in self._letters.get(len(token), ()):
            return token
        near = sorted(known for n in (-1, 0, 1) for known in self._letters.get(len(token) + n, ()) if one_letter_apart(token, known))
        return near[0] if near else token

    def _spans(self, place: int, segment: Segment, own: Own) -> list[_Span]:
        """The longest words in a segment, and longer ones still that sound like what is written."""
        text = without_noise_phrases(segment.text)
        spans = [_Span(place, start, end, text[start:end]) for start, end in self._exact(text, own)]
        spans += [span for span in self._by_sound(place, text) if not any(o.start <= span.start and span.end <= o.end for o in spans)]
        return [one for one in spans if not any(o is not one and o.start <= one.start and one.end <= o.end for o in spans)]

    def _exact(self, text: str, own: Own) -> list[tuple[int, int]]:
        longest = max(self._longest, own.longest)
        spans: list[tuple[int, int]] = []
        for start in range(len(text)):
            for end in range(min(len(text), start + longest), start, -1):
                key = text[start:end]
                if (key in self._words or own.named(key)) and _whole_word(text, start, end):
                    spans.append((start, end))
                    break
        return spans

    def _by_sound(self, place: int, text: str) -> list[_Span]:
        spans: list[_Span] = []
        for start in range(len(text)):
            for end in range(min(len(text), start + LONGEST_NOISE + 2), start + 1, -1):
                piece = text[start:end]
                if any(character <= _HAN for character in piece) or len(sound(piece)) != len(piece):
                    continue  # a character that has no sound, such as a picture, is none of a word
                near = [key for key in self._sounds.get(sound(piece), ()) if 0 < _apart(piece, key) <= len(key) // 2]
                spans += [_Span(place, start, end, key, "sound") for key in near]
        return spans

    def _found(self, line: Line, spans: Sequence[_Span], span: _Span, own: Own, slipped: bool) -> Found | None:
        named = self._words.get(span.key, {})
        text = line.segments[span.place].text
        if span.end - span.start == 1 and left_over(text[: span.start] + " " + text[span.end :]):
            return None  # a single character is a word only by itself
        slip: How | None = span.slip or ("typo" if slipped and span.key.isascii() else None)
        concepts = {concept: (slip or how, word, COST[slip] if slip else COST[how]) for concept, (how, word) in named.items()}
        left, base = self._left(line, spans, span)
        if span.key.isascii() and len(span.key) <= _SHORT:
            base *= _SHORT_COST
        return Found(span.key, concepts, tuple(own.named(span.key)), base, left)

    def _left(self, line: Line, spans: Sequence[_Span], span: _Span) -> tuple[tuple[tuple[str, float], ...], float]:
        """What a word leaves unsaid, and what other things of the line take from its score."""
        left: list[tuple[str, float]] = []
        base = 1.0
        here = line.segments[span.place]
        related = [o for o in spans if o is not span and self._related(span, o)]
        for place, segment in enumerate(line.segments):
            covered = [o for o in related if o.place == place]
            if place == span.place:
                left += [
                    (word, _BEHIND if word > _HAN else _LATIN_BEHIND) for word in _rest(segment.text, covered, span.end, None, left_behind)
                ]
                left += [(word, _BEFORE if word > _HAN else _LATIN_BEFORE) for word in _rest(segment.text, covered, 0, span.start)]
                continue
            rest = _rest(segment.text, covered, 0, None)
            left += [(word, _IN_BRACKETS if segment.bracketed else _ELSEWHERE) for word in rest]
            if rest and any(o.place == place and o not in related for o in spans):
                base *= _OTHER_IN_BRACKETS if segment.bracketed else _OTHER
            if rest and here.bracketed and not segment.bracketed:
                base *= _ONLY_BRACKETED
        return tuple(left), base

    def _related(self, one: _Span, other: _Span) -> bool:
        """Whether two words of a line speak of one thing: they name the same factors, or the other names the wider thing."""
        mine, theirs = self._words.get(one.key, {}), self._words.get(other.key, {})
        for a in mine:
            for b in theirs:
                if a == b or a.startswith(f"{b}-") or set(self._factors.get(a, ())) & set(self._factors.get(b, ())):
                    return True
        return False


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _rest(
    text: str, covered: Sequence[_Span], start: int, end: int | None, left: Callable[[str], tuple[str, ...]] = left_over
) -> tuple[str, ...]:
    """What is left over of a part of a segment beyond the words that cover it."""
    characters = list(without_noise_phrases(text))
    for span in covered:
        characters[span.start : span.end] = " " * (span.end - span.start)
    return left("".join(characters)[start:end])


def _whole_word(text: str, start: int, end: int) -> bool:
    """A word that begins or ends in a Latin letter or digit does so at an edge."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if _alphanumeric(text[start]) and _alphanumeric(before):
        return False
    return not (_alphanumeric(text[end - 1]) and (_alphanumeric(behind) or behind == "."))


def _alphanumeric(character: str) -> bool:
    return character.isascii() and character.isalnum()
