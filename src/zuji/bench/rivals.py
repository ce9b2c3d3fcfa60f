"""The peers of the sparse kernels, on the same matrices in the same run. What is not installed is left out, and said."""

import importlib.util
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from zuji.bench.synthetic import Database
from zuji.engine.sparse.needs import Floats, Needs

CATEGORY = ("gwp",)


def installed(module: str) -> bool:
    """Whether a peer can be measured here."""
    return importlib.util.find_spec(module) is not None


def quiet_bw2calc() -> Any:
    """Brightway's calculator, without its advice on further packages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bw2calc  # noqa: PLC0415  # optional: the dependency group bench

    return bw2calc


def solver_name() -> str:
    """What bw2calc solves with here."""
    calc = quiet_bw2calc()
    return "pypardiso" if calc.PYPARDISO else "UMFPACK" if calc.UMFPACK else "SuperLU"


def technosphere(needs: Needs) -> Any:
    """I − W in compressed rows: the transposed technosphere."""
    from scipy import sparse  # noqa: PLC0415  # optional: the dependency group bench

    matrix = sparse.csr_matrix((needs.amounts, needs.suppliers, needs.starts), shape=(needs.rows, needs.rows))
    return sparse.eye(needs.rows, format="csr") - matrix


def decomposed(needs: Needs) -> Any:
    """SciPy's LU decomposition (SuperLU) of the transposed technosphere, which fills in far less than that of the technosphere."""
    from scipy.sparse.linalg import splu  # noqa: PLC0415  # optional: the dependency group bench

    return splu(technosphere(needs).tocsc())


def power_series(needs: Needs, burdens: Floats, tolerance: float = 1e-9) -> Floats:
    """H + Wh + W²h + …, the method of Peters (2007), by SciPy, until the next term is below the tolerance."""
    from scipy import sparse  # noqa: PLC0415  # optional: the dependency group bench

    matrix = sparse.csr_matrix((needs.amounts, needs.suppliers, needs.starts), shape=(needs.rows, needs.rows))
    total, term = burdens.copy(), burdens
    while True:
        term = matrix @ term
        total += term
        if float(np.abs(term).max()) <= tolerance * float(np.abs(total).max()):
            return total


def refined(needs: Needs, burdens: Floats, lu: Any) -> Any:
    """The solution by LU, refined with residuals in long double: the oracle of the accuracy."""
    rows = np.repeat(np.arange(needs.rows), np.diff(needs.starts))
    amounts, wanted = needs.amounts.astype(np.longdouble), burdens.astype(np.longdouble)
    values = lu.solve(burdens).astype(np.longdouble)
    for _ in range(6):
        carried = np.zeros(needs.rows, np.longdouble)
        np.add.at(carried, rows, amounts * values[needs.suppliers])
        values = values + lu.solve((wanted + carried - values).astype(np.float64))
    return values


def packages(database: Database, spread: float | None = None) -> Any:
    """The database as Brightway's data packages; with ``spread``, every amount lognormal with this standard deviation of the logarithm."""
    import bw_processing as bwp  # noqa: PLC0415  # optional: the dependency group bench

    needs, package = database.needs, bwp.create_datapackage()
    size = needs.rows
    rows = np.repeat(np.arange(size), np.diff(needs.starts))
    amounts = np.concatenate([np.ones(size), needs.amounts])
    places = np.concatenate([np.stack([np.arange(size)] * 2, axis=1), np.stack([needs.suppliers, rows], axis=1)])
    inputs = np.concatenate([np.zeros(size, bool), np.ones(needs.size, bool)])

    def add(matrix: str, at: Any, values: Floats, flip: Any, uncertain: Any) -> None:
        told: dict[str, Any] = {"matrix": matrix, "data_array": values, "indices_array": _indices(bwp, at)}
        if flip is not None:
            told["flip_array"] = flip
        if uncertain is not None and spread is not None:
            told["distributions_array"] = _distributions(bwp, values, uncertain, spread)
        if matrix == "characterization_matrix":
            told["identifier"] = list(CATEGORY)  # by which the adjoint finds it
        package.add_persistent_vector(**told)

    add("technosphere_matrix", places, amounts, inputs, inputs)
    emissions = np.stack([10_000_000 + np.arange(len(database.emitters)) % 40, database.emitters], axis=1)
    add("biosphere_matrix", emissions, database.emissions, None, np.ones(len(emissions), bool))
    gases = np.stack([10_000_000 + np.arange(40), np.full(40, -1)], axis=1)
    add("characterization_matrix", gases, np.ones(40), None, None)
    return package


def _indices(bwp: Any, at: Any) -> Any:
    made = np.zeros(len(at), dtype=bwp.INDICES_DTYPE)
    made["row"], made["col"] = at[:, 0], at[:, 1]
    return made


def _distributions(bwp: Any, values: Floats, uncertain: Any, spread: float) -> Any:
    made = np.zeros(len(values), dtype=bwp.UNCERTAINTY_DTYPE)
    made["loc"] = np.where(uncertain, np.log(np.abs(values)), values)
    made["scale"] = np.where(uncertain, spread, np.nan)
    made["shape"] = made["minimum"] = made["maximum"] = np.nan
    made["uncertainty_type"] = np.where(uncertain, 2, 0)
    made["negative"] = values < 0
    return made


def brightway_scores(database: Database, product: int) -> Callable[[], float]:
    """One product's score by bw2calc from its data packages, the matrix built and decomposed."""
    calc, package = quiet_bw2calc(), packages(database)

    def score() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lca = calc.LCA({product: 1.0}, data_objs=[package])
            lca.lci()
            lca.lcia()
        return float(lca.score)

    return score


def brightway_adjoint(database: Database) -> Callable[[], Floats] | None:
    """Every product's score by bw2calc's adjoint; it refuses to do so with SuperLU."""
    if solver_name() == "SuperLU":
        return None
    calc, package = quiet_bw2calc(), packages(database)

    def scores() -> Floats:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lca = calc.FastScoresOnlyMultiLCA(
                {str(j): {j: 1.0} for j in range(database.needs.rows)},
                method_config={"impact_categories": [CATEGORY]},
                data_objs=[package],
                direction="adjoint",
            )
            made: Floats = np.asarray(lca.calculate()).ravel()
        return made

    return scores


def brightway_draws(database: Database, product: int, spread: float) -> Callable[[], float]:
    """One Monte Carlo draw of one product's score by bw2calc's IterativeLCA, after its first, which decomposes."""
    calc, package = quiet_bw2calc(), packages(database, spread)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lca = calc.IterativeLCA({product: 1.0}, data_objs=[package], use_distributions=True, seed_override=1)
        lca.lci()
        lca.lcia()

    def draw() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            next(lca)
        return float(lca.score)

    return draw
