"""The calculation: a long study, a large loop, many draws."""

import datetime
from collections.abc import Iterator
from fractions import Fraction

from zuji.bench.figures import Figure, median_seconds
from zuji.bench.peers import floating, gauss
from zuji.bench.studies import dense_loop, long_study
from zuji.engine import calculate
from zuji.engine.calculation import solved
from zuji.engine.exact import solve
from zuji.engine.findings import Findings
from zuji.engine.loops import refuse_gain
from zuji.engine.simulation import simulate
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import assess, load_rules

TODAY = datetime.date(2026, 1, 1)
LINES, LOOP, SMALL_LOOP, DRAWS = 500, 150, 40, 1000


def engine_figures() -> Iterator[Figure]:
    """The figures of the calculation."""
    yield Figure("library of factors, read", median_seconds(load_library.__wrapped__, runs=3), 3)
    library, gwp, rules = load_library(), load_gwp("AR6"), load_rules()
    study = long_study(library, LINES)
    calculate(study, library, gwp, today=TODAY)
    yield Figure(
        f"study of {LINES} lines, calculated warm", median_seconds(lambda: calculate(study, library, gwp, today=TODAY), runs=9), 9, aim=0.1
    )
    sets = {"AR6": gwp}
    assessed = median_seconds(lambda: assess(study, library, rules, sets, today=TODAY), runs=5)
    yield Figure(f"study of {LINES} lines, with every check of its rule", assessed, 5)
    solution = solved(study, library, gwp, today=TODAY, findings=Findings())
    yield Figure(f"Monte Carlo, {DRAWS} draws of that study", median_seconds(lambda: simulate(solution, draws=DRAWS, seed=1), runs=5), 5)
    yield from _loops()


def _loops() -> Iterator[Figure]:
    demand = {0: Fraction(1)}
    large = dense_loop(LOOP)
    names = [f"process {k}" for k in range(LOOP)]
    exact = solve(large, demand)
    near = floating(large, demand)
    apart = max(abs(float(x) - y) / float(x) for x, y in zip(exact, near, strict=True))
    yield Figure(
        f"loop of {LOOP} processes, solved exactly",
        median_seconds(lambda: solve(large, demand), runs=5),
        5,
        aim=0.5,
        peer="floating point, refined",
        peer_seconds=median_seconds(lambda: floating(large, demand), runs=5),
        note=f"the peer is {apart:.0e} off",
    )
    yield Figure(
        f"loop of {LOOP} processes, gain of the loops proved below 1", median_seconds(lambda: refuse_gain(large, names), runs=5), 5
    )
    small = dense_loop(SMALL_LOOP)
    yield Figure(
        f"loop of {SMALL_LOOP} processes, solved exactly",
        median_seconds(lambda: solve(small, demand), runs=9),
        9,
        peer="Gauss over fractions",
        peer_seconds=median_seconds(lambda: gauss(small, demand), runs=1),
        note="the same fractions" if solve(small, demand) == gauss(small, demand) else "DIFFERENT FRACTIONS",
    )
