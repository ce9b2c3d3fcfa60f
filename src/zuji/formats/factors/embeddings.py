"""Where a language model of one's own could add candidates. None ships and none is downloaded: the lexical answer stands alone.

A model may only propose factors that are there, each with a likeness; numbers come from factors, never from a model.
"""

from collections.abc import Sequence
from typing import Protocol


class Embedder(Protocol):
    """Turns texts into vectors, on this machine."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """One vector of unit length for each text, or None where there is no model."""
        ...


def nearest(line: str, names: Sequence[str], embedder: Embedder, limit: int) -> list[tuple[int, float]]:
    """The places of the names nearest in meaning to a line, with the cosine of each; none without a model."""
    vectors = embedder.embed([line, *names])
    if vectors is None:
        return []
    asked, *others = vectors
    likeness = [(place, sum(a * b for a, b in zip(asked, other, strict=True))) for place, other in enumerate(others)]
    return sorted(likeness, key=lambda pair: (-pair[1], pair[0]))[:limit]


class NoEmbeddings:
    """The embedder that is always there."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """None."""
        del texts
        return None
