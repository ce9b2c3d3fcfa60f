"""The index of all factors that a process holds in memory, and how it keeps up with what others publish."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from zuji.formats.factors.drawers import CardIndex
from zuji.formats.factors.filing import Card
from zuji.formats.factors.words import load_words
from zuji.registry.factors.models import FactorEntry, FactorIndex

_COLUMNS = (
    "pk",
    "factor_id",
    "subject",
    "category",
    "kind",
    "geography",
    "per",
    "state",
    "version__confidence",
    "version__year",
    "rank",
    "filed",
)
_BATCH = 500
MOST_SINCE = 500
"""Factors filed since the index was read whole; where there are more, it is read whole again."""


@dataclass(frozen=True)
class _Held:
    """An index with the mark that stood before it was read. ``whole`` is what was read at once; ``numbers`` (rising) and ``stamps`` are of its rows."""

    mark: str | None
    whole: CardIndex
    numbers: NDArray[np.int64]
    stamps: NDArray[np.int64]
    index: CardIndex


_lock = Lock()
_held: _Held | None = None


def current() -> CardIndex:
    """All factors, as they stand in the database now. One question to it, unless something was filed since the last time.

    What this process read is compared row by row with what is there: whatever was published, undone, restored or loaded, the index is that of
    the database. A mark is read before the rows, so that rows that are newer than their mark are only looked at once more.
    """
    global _held  # noqa: PLW0603  # one index a process, replaced as a whole
    mark = FactorIndex.objects.values_list("mark", flat=True).first()
    held = _held
    if held is None or held.mark != mark:
        with _lock:
            held = _held
            if held is None or held.mark != mark:
                _held = held = _brought_up(mark, held)
    return held.index


def _brought_up(mark: str | None, held: _Held | None) -> _Held:
    pairs = np.array(list(FactorEntry.objects.order_by("pk").values_list("pk", "stamp")), np.int64).reshape(-1, 2)
    if held is not None:
        numbers, stamps = pairs.T
        at = np.minimum(np.searchsorted(held.numbers, numbers), max(len(held.numbers) - 1, 0))
        same = (held.numbers[at] == numbers) & (held.stamps[at] == stamps) if len(held.numbers) else np.zeros(len(numbers), bool)
        since = numbers[~same].tolist()
        if len(since) <= MOST_SINCE and len(numbers) * 2 > len(held.numbers):
            kept = np.zeros(len(held.numbers), bool)
            kept[at[same]] = True
            index = held.whole.besides(kept, [card for card, _ in _cards(since)], load_words())
            return _Held(mark, held.whole, held.numbers, held.stamps, index)
    read: list[tuple[int, int]] = []
    whole = CardIndex.of(_noting(_cards(None), read), load_words())
    numbers, stamps = np.array(read, np.int64).reshape(-1, 2).T
    return _Held(mark, whole, numbers, stamps, whole)


def _noting(cards: Iterable[tuple[Card, int]], read: list[tuple[int, int]]) -> Iterator[Card]:
    """The cards one by one, so that they are never in memory at once; ``read`` takes number and stamp of each."""
    for card, stamp in cards:
        read.append((card.number, stamp))
        yield card


def _cards(numbers: Collection[int] | None) -> Iterator[tuple[Card, int]]:
    """The entries of these numbers (all: None), rising, each with its stamp."""
    rows = FactorEntry.objects.order_by("pk").values_list(*_COLUMNS, "stamp")
    if numbers is None:
        for *card, stamp in rows.iterator(chunk_size=_BATCH * 4):
            yield Card._make(card), stamp
        return
    waiting = iter(sorted(numbers))
    while batch := list(islice(waiting, _BATCH)):
        for *card, stamp in rows.filter(pk__in=batch):
            yield Card._make(card), stamp
