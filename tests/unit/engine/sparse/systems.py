"""Random small systems for the laws, every loop below a gain of 1."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from zuji.engine.sparse.needs import Floats, Needs

Columns = list[dict[int, Fraction]]


@st.composite
def columns(draw: st.DrawFn, *, largest: int = 12, signed: bool = False) -> Columns:
    """What each product needs, in thousandths and in units of its own; the inputs of each sum to less than 1 before units are chosen."""
    size = draw(st.integers(1, largest))
    units = [Fraction(10) ** draw(st.integers(-6, 6)) for _ in range(size)]
    made: Columns = []
    for j in range(size):
        suppliers = draw(st.lists(st.integers(0, size - 1), max_size=5, unique=True))
        parts = {i: Fraction(draw(st.integers(1, 180)), 1000) for i in suppliers}
        signs = {i: -1 if signed and draw(st.booleans()) else 1 for i in suppliers}
        made.append({i: signs[i] * part * units[j] / units[i] for i, part in parts.items()})
    return made


def needs_of(made: Columns) -> Needs:
    entries = [(j, i, float(amount)) for j, column in enumerate(made) for i, amount in column.items()]
    consumers, suppliers, amounts = zip(*entries, strict=True) if entries else ((), (), ())
    return Needs.from_triplets(
        np.array(consumers, dtype=np.int64), np.array(suppliers, dtype=np.int64), np.array(amounts, dtype=np.float64), rows=len(made)
    )


def database(size: int, *, seed: int, inputs: int = 6, gain: float = 0.8, signed: bool = False) -> tuple[Needs, Floats]:
    """A random database with loops, in mixed units, and a burden of each product."""
    random = np.random.Generator(np.random.PCG64(seed))
    consumers = np.repeat(np.arange(size), inputs)
    suppliers = (random.random(len(consumers)) ** 2 * size).astype(np.int64)
    shares = random.lognormal(0.0, 1.5, len(consumers))
    shares *= gain / np.bincount(consumers, shares, size)[consumers]
    units = 10.0 ** random.normal(0.0, 1.5, size)
    amounts = shares * units[consumers] / units[suppliers]
    if signed:
        amounts = np.where(random.random(len(amounts)) < 0.1, -amounts, amounts)
    return Needs.from_triplets(consumers, suppliers, amounts, rows=size), units * random.lognormal(0.0, 1.0, size)
