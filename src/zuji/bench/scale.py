"""``zuji bench engine``: the sparse kernels and their peers on identical matrices, in the same run.

Ratios count, not times: ours and the peer are measured in turn, and the median of each is taken. Times are seconds of the processor, all
threads together, so that a busy machine does not tell as slowness of whoever runs longer; ours and SuperLU run in one thread, for
pypardiso set MKL_NUM_THREADS=1. Nothing here is asserted.
"""

import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np

from zuji.bench import real, rivals
from zuji.bench.figures import machine
from zuji.bench.limits import least_pass
from zuji.bench.rows import Row, table, timed
from zuji.bench.synthetic import Database, ecoinvent_like, foreground, network
from zuji.engine.sparse.chance import LANES
from zuji.engine.sparse.change import LiveNetwork
from zuji.engine.sparse.draws import sampler
from zuji.engine.sparse.foreground import scores
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.order import plan_of
from zuji.engine.sparse.spread import LOGNORMAL, Spread
from zuji.engine.sparse.system import System, arranged
from zuji.formats.background import BadRelease
from zuji.importing import ImportRefused

SPREAD = 0.1  # of every drawn amount: the standard deviation of its logarithm


def run_engine_bench(kept: Path | None, *, quick: bool, place: Path | None = None) -> int:
    """Measure, print a table, and write the rows to ``kept`` if it is given; 0, or 2 where the peers are not installed.

    ``place``: of real databases, see :func:`zuji.bench.real.real_databases`; if not given TianGong where it lies beside a checkout, and with
    ``quick``, for reading it takes half a minute, none.
    """
    if not rivals.installed("bw2calc"):
        print("zuji bench engine: uv sync --group bench 后可用 / needs the peers: uv sync --group bench")
        return 2
    print(f"{machine()}, load average {_load()}")
    solver = rivals.solver_name()
    print(f"bw2calc: {solver}")
    rows: list[Row] = []
    for row in chain(real_rows(place, quick=quick, solver=solver), _rows(quick=quick, solver=solver)):
        rows.append(row)
        print(f"  {row.work}{'' if row.ours is None else f': {timed(row.ours)}'}", flush=True)
    print(table(rows))
    print(f"load average at the end: {_load()}; a busy machine slows what waits for memory more than what calculates")
    print(f"peak memory of the whole run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if kept is not None:
        kept.write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _load() -> str:
    """How many wanted a core on average in the last 1, 5 and 15 minutes; unknown where the system does not tell."""
    return " ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def real_rows(place: Path | None, *, quick: bool, solver: str) -> Iterator[Row]:
    """The same works on real databases, or a row that says why there are none."""
    if quick and place is None:
        yield Row("TianGong: left out: --quick")
        return
    where = place or real.PLACE
    if not where.exists():
        yield Row(f"TianGong: left out: no such folder {where}")
        return
    try:
        for name, database in real.real_databases(where):
            shape = f"{name} ({database.needs.rows} processes, {database.needs.size} links)"
            yield from measured_database(database, shape, solver, runs=9)
            yield _draws(database, name, batches=6, peer_draws=6)
    except (ImportRefused, BadRelease) as refused:
        yield Row(f"TianGong: left out: {refused.text.en}")


def _rows(*, quick: bool, solver: str) -> Iterator[Row]:
    database = ecoinvent_like(3000 if quick else 23_496)
    yield from measured_database(database, "synthetic", solver, runs=3 if quick else 5, aimed=not quick)
    yield _draws(database, "synthetic", batches=2 if quick else 6, peer_draws=3 if quick else 6)
    for products in (20_000,) if quick else (100_000, 1_000_000):
        for back in (0.0, 0.001):
            yield from _network(products, back, runs=3)


def measured_database(database: Database, name: str, solver: str, *, runs: int, aimed: bool = False) -> Iterator[Row]:
    """Every work on one database: the synthetic one, or a real one read from files. ``aimed``: whether it has the size that the aims are for."""
    needs, count = database.needs, database.needs.rows

    def cold() -> Floats:
        made = Needs.from_csr(needs.starts, needs.suppliers, needs.amounts)
        return intensities(arranged(made), database.burdens).values[:, 0]

    cold()  # compiled
    lu = rivals.decomposed(needs)
    oracle = rivals.refined(needs, database.burdens, lu)
    values = cold()
    # An LU leaves crumbs of 1e-111 where a process truly has no burden: relative to the largest value they are the zero that ours has.
    off = float(np.max(np.abs(values - oracle) / np.maximum(np.abs(oracle), 1e-30 * np.abs(oracle).max())))
    ours, peer = _in_turn(cold, lambda: rivals.decomposed(needs).solve(database.burdens), runs, 2)
    yield Row(
        f"{name}: all {count} scores, cold", ours, peer, "SuperLU of Aᵀ", 60 if aimed else None, off, _peak(cold), least_pass(needs) / ours
    )
    adjoint = rivals.brightway_adjoint(database)
    if adjoint is not None:
        yield Row(f"{name}: all {count} scores, cold", ours, _median(adjoint, 1), f"bw2calc adjoint, {solver}", 60 if aimed else None, off)
    asked = _with_burden(database)
    brightway = rivals.brightway_scores(database, asked)
    one = _median(brightway, 1)
    yield Row(f"{name}: one score, cold (ours: all)", ours, one, f"bw2calc LCA, {solver}", None, abs(brightway() / values[asked] - 1))
    yield Row(f"{name}: all scores against LU refined in long double", ours, None, "", None, off)
    products = foreground(10_000, count)

    def score_cold() -> object:
        return scores(products, cold())

    ours, peer = _in_turn(score_cold, lambda: _scored_by_scipy(needs, database, products), runs, 2)
    yield Row(
        f"{name}: 10,000 products on it, cold", ours, peer, "SuperLU of Aᵀ, then SciPy", 45 if aimed else None, None, _peak(score_cold)
    )
    scores(products, values)
    ours, peer = _in_turn(lambda: scores(products, values), _matrix_times(products, values), 31, 31)
    yield Row(f"{name}: 10,000 products on it, intensities known", ours, peer, "SciPy", None, None, None, least_pass(products) / ours)


def _with_burden(database: Database) -> int:
    """A process in the middle that emits something: in a real database many do not, and a score of zero compares with nothing."""
    emitting = np.flatnonzero(database.burdens)
    return int(emitting[len(emitting) // 2])


def _scored_by_scipy(needs: Needs, database: Database, products: Needs) -> object:
    return _matrix_times(products, rivals.decomposed(needs).solve(database.burdens))()


def _matrix_times(products: Needs, values: object) -> Callable[[], object]:
    from scipy import sparse  # noqa: PLC0415  # optional: the dependency group bench

    matrix = sparse.csr_matrix((products.amounts, products.suppliers, products.starts), shape=(products.rows, products.columns))
    return lambda: matrix @ values


def _draws(database: Database, name: str, *, batches: int, peer_draws: int) -> Row:
    needs = database.needs
    spread = Spread.of(np.full(needs.size, LOGNORMAL), np.full(needs.size, SPREAD))
    direct = Spread.of(np.full(len(database.emissions), LOGNORMAL), np.full(len(database.emissions), SPREAD))
    prepared = sampler(arranged(needs), database.emissions, needs=spread, direct=direct, seed=1, consumers=database.emitters)
    prepared.batch(0)
    numbers = iter(range(1, 10_000))
    draw = rivals.brightway_draws(database, _with_burden(database), SPREAD)
    ours, peer = _in_turn(lambda: prepared.batch(next(numbers)), draw, batches, peer_draws)
    entries = needs.size + len(database.emissions)
    work = f"{name}: 1,000 draws of {entries} amounts, all products (peer: one product); from {batches * LANES} and {peer_draws}"
    return Row(
        work,
        ours / LANES * 1000,
        peer * 1000,
        "bw2calc IterativeLCA",
        60 if needs.rows > 20_000 else None,
        None,
        _peak(lambda: prepared.batch(next(numbers))),
    )


def _network(products: int, back: float, *, runs: int) -> Iterator[Row]:
    needs, burdens = network(products, back=back)
    plan = plan_of(needs)
    name = f"network of {products} products, {plan.largest_loop / products:.0%} in a loop"
    yield Row(f"{name}: order, once", _median(lambda: plan_of(needs), 1))
    system = arranged(needs, plan=plan)

    def whole() -> object:
        return intensities(system, burdens, tolerance=1e-9)

    whole()
    ours, peer = _in_turn(whole, lambda: rivals.power_series(needs, burdens), runs, runs)
    off = float(np.max(np.abs(intensities(system, burdens, tolerance=1e-9).values[:, 0] / rivals.power_series(needs, burdens, 1e-14) - 1)))
    aimed = products >= 1_000_000
    reach = (30.0 if back == 0 else 4.0) if aimed else None
    yield Row(f"{name}: all products", ours, peer, "power series, SciPy", reach, off, _peak(whole), least_pass(_in_order(system)) / ours)
    live = LiveNetwork(system, burdens, tolerance=1e-6)
    random = np.random.Generator(np.random.PCG64(5))
    changed = burdens.copy()
    times = []
    for product in random.integers(0, products, 101):
        changed[product] *= 1.1
        start = time.process_time_ns()
        live.change_burdens(product, changed[product])
        times.append((time.process_time_ns() - start) / 1e9)
    anew = intensities(system, changed).values[:, 0]
    off = float(np.max(np.abs(live.values - anew) / live.bound))
    full = _median(lambda: intensities(system, changed, tolerance=1e-6), runs)
    one = float(np.median(times[1:]))
    yield Row(f"{name}: one supplier +10 %, to 1e-6", one, full, "our full pass", 1000 if aimed else None, off)
    series = _median(lambda: rivals.power_series(needs, changed, 1e-6), 1)
    yield Row(f"{name}: one supplier +10 %, to 1e-6", one, series, "power series, SciPy", None, off)


def _in_order(system: System) -> Needs:
    """The matrix as a pass reads it: in the order of the plan, which puts suppliers near their consumers."""
    return Needs(system.starts, system.suppliers, system.amounts, system.size)


def _median(action: Callable[[], object], runs: int) -> float:
    return _in_turn(action, lambda: None, runs, 0)[0]


def _in_turn(ours: Callable[[], object], peer: Callable[[], object], runs: int, peer_runs: int) -> tuple[float, float]:
    """The medians of both, measured alternately, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(max(runs, peer_runs)):
        for which, (action, wanted) in enumerate(((ours, runs), (peer, peer_runs))):
            if run < wanted:
                start = time.process_time_ns()
                action()
                times[which].append((time.process_time_ns() - start) / 1e9)
    return float(np.median(times[0])), float(np.median(times[1])) if times[1] else 0.0


def _peak(action: Callable[[], object]) -> float | None:
    """The most memory that the process held during the action, interpreter and data with it, in MB; None where the system does not tell (Linux does)."""
    status, marks = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    try:
        marks.write_text("5", encoding="ascii")  # sets the high-water mark to what is in use now
        action()
        return _kilobytes(status, "VmHWM") / 1024
    except OSError:
        return None


def _kilobytes(status: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in status.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
