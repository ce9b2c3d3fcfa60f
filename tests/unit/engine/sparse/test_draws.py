"""Draws: the generator against its published values, the distributions, each draw against a solution in float64, and pairing."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from tests.unit.engine.sparse.systems import database
from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.bounded import bounded_multipliers
from zuji.engine.sparse.chance import multipliers, philox
from zuji.engine.sparse.draws import Draws, Sampler, drawn, drawn_scores, sampler
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.spread import EXACT, LOGNORMAL, NORMAL, Spread
from zuji.engine.sparse.system import arranged


def prepared(size: int = 300, *, spread: float = 0.1, seed: int = 7, signed: bool = False, gain: float = 0.7) -> Sampler:
    needs, burdens = database(size, seed=3, gain=gain, signed=signed)
    return sampler(
        arranged(needs),
        burdens,
        needs=Spread.of(np.full(needs.size, LOGNORMAL), np.full(needs.size, spread)),
        direct=Spread.of(np.full(size, NORMAL), np.full(size, spread / 2)),
        seed=seed,
    )


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF, 0xFFFFFFFF), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
    ],
)
def test_the_generator_gives_the_published_values(counter: tuple[int, ...], key: tuple[int, int], words: tuple[int, ...]) -> None:
    """Known answers of the authors' Random123 library, kat_vectors, philox4x32 10."""
    made = [np.zeros(16, np.uint32) for _ in range(4)]
    philox(made[0], made[1], made[2], made[3], counter[0], counter[1], counter[2], counter[3], key)
    assert tuple(int(word[0]) for word in made) == words


def test_multipliers_have_the_stated_distribution() -> None:
    count = 20_000
    kinds, sizes = np.repeat(np.array([LOGNORMAL, NORMAL], np.uint8), count // 2), np.full(count, 0.3, np.float32)
    made = multipliers(kinds, sizes, np.full(count, 2.0, np.float32), (0, 0, 0), (11, 0)) / 2.0
    curved, straight = np.log(made[: count // 2].astype(np.float64)) / 0.3, (made[count // 2 :].astype(np.float64) - 1) / 0.3
    for z in (curved.ravel(), straight.ravel()):
        assert abs(z.mean()) < 4 / np.sqrt(z.size)
        assert z.std() == pytest.approx(1, abs=0.01)
        assert (z**3).mean() == pytest.approx(0, abs=0.03)
        assert (z**4).mean() == pytest.approx(3, abs=0.1)
        assert np.mean(np.abs(z) > 3.0) == pytest.approx(0.0027, abs=0.0005)


def test_neighbouring_entries_draws_streams_and_seeds_are_independent() -> None:
    ones, kinds = np.ones(4096, np.float32), np.full(4096, LOGNORMAL, np.uint8)

    def z(stream: int, draw: int, row: int, seed: int) -> Any:
        return np.log(multipliers(kinds, ones, ones, (stream, draw, row), (seed, 0)))

    first = z(0, 0, 0, 1)
    others = [first[:, 1:], first[1:], z(1, 0, 0, 1), z(0, 16, 0, 1), z(0, 0, 1, 1), z(0, 0, 0, 2)]
    for other in others:
        same = first[: other.shape[0], : other.shape[1]]
        assert abs(np.corrcoef(same.ravel(), other.ravel())[0, 1]) < 0.02


@pytest.mark.parametrize("signed", [False, True])
def test_each_draw_is_the_solution_of_its_matrix_in_float64(signed: bool) -> None:
    made = prepared(signed=signed)
    weights = multipliers(made.kinds, made.sizes, made.shares, (0, 16, 0), (7, 0))
    batch = made.batch(1)
    assert not batch.failed.any()
    size = len(made.order)
    for lane in (0, 9):
        drawn_entries = weights[:, lane].astype(np.float64)
        matrix, right = np.eye(size), np.zeros(size)
        for p in range(size):
            for k in range(made.starts[p], made.starts[p + 1]):
                if made.sources[k] == size:
                    right[p] += drawn_entries[k]
                else:
                    matrix[p, made.sources[k]] -= drawn_entries[k]
            if made.own[p] >= 0:
                matrix[p, p] -= drawn_entries[made.own[p]]
        assert np.allclose(batch.relative[made.order, lane], np.linalg.solve(matrix, right), rtol=0, atol=2e-5)


def test_without_spread_every_draw_is_the_stated_value() -> None:
    needs, burdens = database(200, seed=5)
    system = arranged(needs)
    exact = Spread.of(np.zeros(needs.size), np.ones(needs.size)), Spread.of(np.zeros(200), np.ones(200))
    made = drawn(sampler(system, burdens, needs=exact[0], direct=exact[1], seed=1), draws=16)
    values = intensities(system, burdens).values[:, 0]
    assert all(np.allclose(made.of(j), values[j], rtol=1e-5) for j in range(200))


def backwards(work: Callable[[Any], Any], arguments: Sequence[Any], /) -> Iterable[Any]:
    return [work(argument) for argument in reversed(arguments)]


def test_the_seed_makes_the_draws_whoever_makes_them_in_whatever_order() -> None:
    made, again = drawn(prepared(), draws=64), drawn(prepared(), draws=64, runner=backwards)
    assert made.relative.tobytes() == again.relative.tobytes()
    assert drawn(prepared(), draws=32).relative.tobytes() == made.relative[:2].tobytes()
    assert drawn(prepared(seed=8), draws=64).relative.tobytes() != made.relative.tobytes()


def test_two_threads_make_the_same_draws() -> None:
    """Kernels release the interpreter's lock; the map of a pool is a runner."""
    with ThreadPoolExecutor(2) as pool:
        assert drawn(prepared(), draws=64, runner=pool.map).relative.tobytes() == drawn(prepared(), draws=64).relative.tobytes()


def test_the_spread_of_a_chain_is_what_theory_says() -> None:
    """0 needs 1 needs 2, only 2 emits: ln of the footprint of 0 has the variance of the three logarithms added up."""
    needs = Needs.from_triplets([0, 1], [1, 2], [2.0, 3.0], rows=3)
    spread = Spread.of([LOGNORMAL, LOGNORMAL], [0.2, 0.1]), Spread.of([EXACT, EXACT, LOGNORMAL], [0, 0, 0.3])
    made = drawn(sampler(arranged(needs), [0.0, 0.0, 5.0], needs=spread[0], direct=spread[1], seed=3), draws=20_000).of(0)
    assert np.median(made) == pytest.approx(30, rel=0.02)
    assert np.log(made).std() == pytest.approx(np.sqrt(0.2**2 + 0.1**2 + 0.3**2), rel=0.03)


def test_a_draw_whose_loop_gains_is_left_out_and_counted() -> None:
    needs = Needs.from_triplets([0, 1], [1, 0], [0.95, 0.95], rows=2)
    spread = Spread.of([LOGNORMAL] * 2, [0.1] * 2), Spread.of([EXACT] * 2, [0.0] * 2)
    made = drawn(sampler(arranged(needs), [1.0, 1.0], needs=spread[0], direct=spread[1], seed=2), draws=320)
    assert 0 < made.usable < 320
    assert (made.of(0) > 0).all()
    assert np.isfinite(made.of(1)).all()
    assert len(made.of(0)) == made.usable


def test_a_need_of_itself_is_drawn_too() -> None:
    needs = Needs.from_triplets([0], [0], [0.5], rows=1)
    made = drawn(sampler(arranged(needs), [1.0], needs=Spread.of([NORMAL], [0.1]), direct=Spread.of([EXACT], [0]), seed=2), draws=4000)
    assert (1 - 1 / made.of(0)).std() == pytest.approx(0.05, rel=0.1)


@pytest.fixture(scope="module")
def background() -> Draws:
    return drawn(prepared(), draws=2000)


def test_foreground_products_share_the_background(background: Draws) -> None:
    """The same product twice has the same draws; with uncertain inputs of its own, the number of the product tells the draws apart."""
    foreground = Needs.from_triplets([0, 0, 1, 1], [5, 9, 5, 9], [2.0, 1.0, 2.0, 1.0], rows=2, columns=300)
    exact = Spread.of([EXACT] * 4, [0.0] * 4)
    made = drawn_scores(foreground, background, spread=exact)
    assert np.allclose(made[0], 2 * background.of(5) + background.of(9), rtol=1e-12)
    assert (made[0] == made[1]).all()
    spread = Spread.of([LOGNORMAL] * 4, [0.1] * 4)
    apart = drawn_scores(foreground, background, spread=spread)
    assert (apart[0] != apart[1]).any()
    alone = Needs.from_triplets([0, 0], [5, 9], [2.0, 1.0], rows=1, columns=300)
    assert (drawn_scores(alone, background, spread=Spread.of([LOGNORMAL] * 2, [0.1] * 2), rows=[1])[0] == apart[1]).all()


def test_scores_are_their_inputs_one_by_one(background: Draws) -> None:
    """Rows of several lengths, over the 256 entries that are drawn at a time, mixed spreads: each score is the sum over its inputs, written out."""
    random = np.random.Generator(np.random.PCG64(2))
    lengths = [0, 1, 7, 280]
    rows = np.repeat(np.arange(4), lengths)
    foreground = Needs.from_csr(
        np.concatenate([[0], np.cumsum(lengths)]), np.concatenate([np.sort(random.permutation(300)[:n]) for n in lengths]),
        random.normal(0, 1, 288), columns=300,
    )  # fmt: skip
    kinds = np.where(rows == 2, EXACT, random.integers(0, 5, 288))
    spread = Spread.of(kinds, np.full(288, 0.2), centre=np.full(288, 1.25), low=np.full(288, 0.5), high=np.full(288, 1.5))
    made = drawn_scores(foreground, background, spread=spread, rows=[5, 0, 9, 2**31])
    assert (made[0] == 0).all()
    for n, number in ((1, 0), (2, 9), (3, 2**31)):
        here = slice(int(foreground.starts[n]), int(foreground.starts[n + 1]))
        for batch in (0, 7):
            own, address, key = spread.at(here), (1, batch * 16, number), (background.seed, 0)
            weights = multipliers(own.kind, own.size, own.shift(), address, key)
            held = own.at(own.bounded())
            weights[own.bounded()] = bounded_multipliers(held.kind, held.low, held.centre, held.high, address, key)
            of = np.stack([background.of(int(i))[batch * 16 : batch * 16 + 16] for i in foreground.suppliers[here]])
            wanted = (foreground.amounts[here][:, None] * weights * of).sum(axis=0)
            assert np.allclose(made[n, batch * 16 : batch * 16 + 16], wanted, rtol=1e-9, atol=1e-12 * np.abs(of).max())


@pytest.mark.parametrize(("kind", "size"), [([5], [0.1]), ([1], [-0.1]), ([1], [float("nan")]), ([1, 1], [0.1])])
def test_spreads_that_are_none_are_refused(kind: list[int], size: list[float]) -> None:
    with pytest.raises(BadMatrix):
        Spread.of(kind, size)


def test_spreads_that_do_not_fit_are_refused(background: Draws) -> None:
    needs, burdens = database(20, seed=1)
    one, wrong = Spread.of([1] * 20, [0.1] * 20), Spread.of([1], [0.1])
    with pytest.raises(BadMatrix):
        sampler(arranged(needs), burdens, needs=wrong, direct=one, seed=1)
    with pytest.raises(BadMatrix):
        drawn_scores(Needs.from_triplets([0], [1], [1.0], rows=1, columns=2), background, spread=wrong)
