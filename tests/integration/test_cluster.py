"""The same draws and scenarios on a real Dask cluster of two processes, also when one of them is killed."""

import dataclasses
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import numpy as np
import pytest

from tests.unit.engine.sparse.systems import database
from zuji.connectors.cluster import Cluster, ClusterFailed, runner_for
from zuji.engine.sparse.draws import Batch, Sampler, drawn, here, sampler
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.scenarios import Explorer, Outcome, Scenario, explored, explorer
from zuji.engine.sparse.spread import LOGNORMAL, Spread
from zuji.engine.sparse.system import arranged

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # of Dask and its event loop


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two worker processes on this machine, each of which a nanny starts again."""
    start: Any = distributed.LocalCluster  # which carries no types
    # On a busy machine a killed worker is back later than the 15 seconds after which the cluster would end its nanny.
    with (
        dask.config.set({"distributed.deploy.lost-worker-timeout": "10 minutes"}),
        start(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def prepared() -> Sampler:
    needs, burdens = database(200, seed=3, gain=0.6)
    spread = Spread.of(np.full(needs.size, LOGNORMAL), np.full(needs.size, 0.1))
    return sampler(arranged(needs), burdens, needs=spread, direct=Spread.of(np.zeros(200), np.zeros(200)), seed=5)


def test_the_draws_of_a_cluster_are_those_of_one_process(address: str, prepared: Sampler) -> None:
    alone, together = drawn(prepared, draws=160), drawn(prepared, draws=160, runner=runner_for(address))
    assert together.relative.tobytes() == alone.relative.tobytes()
    connect: Any = distributed.Client
    with connect(address, set_as_default=False) as client:
        assert len(client.scheduler_info()["workers"]) == 2


@dataclasses.dataclass(frozen=True)
class Deadly:
    """Kills the process that draws batch 3, the first time."""

    prepared: Sampler
    mark: Path

    def batch(self, number: int) -> Batch:
        if number == 3 and not self.mark.exists():
            self.mark.write_text("killed", encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        return self.prepared.batch(number)


def test_a_killed_worker_is_survived_with_the_same_numbers(address: str, prepared: Sampler, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    batches = list(Cluster(address)(Deadly(prepared, mark).batch, range(8)))
    assert mark.exists()
    assert [batch.number for batch in batches] == list(range(8))
    assert all(batch.relative.tobytes() == prepared.batch(batch.number).relative.tobytes() for batch in batches)


SCENARIOS = [Scenario(f"burden {n}", {}, {n: 5.0}) for n in range(40)] + [Scenario("gain", {(0, 1): 9.0, (1, 0): 9.0})]


def bits(outcomes: Iterable[Outcome]) -> list[tuple[str, bytes, bool]]:
    return [(one.name, one.values.tobytes(), one.refusal is None) for one in outcomes]


@pytest.fixture
def network() -> Explorer:
    needs, burdens = database(200, seed=3, gain=0.6)
    consumers = np.append(np.repeat(np.arange(200), np.diff(needs.starts)), [0, 1])
    suppliers, amounts = np.append(needs.suppliers, [1, 0]), np.append(needs.amounts, [1e-9, 1e-9])
    looped = Needs.from_triplets(
        consumers, suppliers, amounts, rows=200
    )  # the first two need each other, so that a scenario can make them gain
    return explorer(arranged(looped), burdens, products=np.arange(0, 200, 7))


def test_the_scenarios_of_a_cluster_are_those_of_one_process(address: str, network: Explorer) -> None:
    alone, together = explored(network, SCENARIOS), explored(network, SCENARIOS, runner=runner_for(address))
    assert bits(together) == bits(alone)
    assert len({values for _, values, _ in bits(alone)}) > 30, "they are different scenarios"
    assert [one.name for one in together if one.refusal is not None] == ["gain"]


@dataclasses.dataclass(frozen=True)
class DeadlyExplorer:
    """Kills the process that calculates the batch with scenario 20, the first time."""

    network: Explorer
    mark: Path

    def batch(self, scenarios: tuple[Scenario, ...]) -> tuple[Outcome, ...]:
        if SCENARIOS[20] in scenarios and not self.mark.exists():
            self.mark.write_text("killed", encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        return self.network.batch(scenarios)


def test_a_killed_worker_costs_no_scenario(address: str, network: Explorer, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    batches = [tuple(SCENARIOS[first : first + 8]) for first in range(0, len(SCENARIOS), 8)]
    found = [one for batch in Cluster(address)(DeadlyExplorer(network, mark).batch, batches) for one in batch]
    assert mark.exists()
    assert bits(found) == bits(explored(network, SCENARIOS))


def fails(number: int) -> int:
    raise ZeroDivisionError(number)


def test_what_the_work_raises_is_raised_here(address: str) -> None:
    with pytest.raises(ZeroDivisionError):
        list(Cluster(address)(fails, [1]))


def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(ClusterFailed, match=r"127\.0\.0\.1:9"):
        list(Cluster("tcp://127.0.0.1:9", patience=0.5)(fails, [1]))


def test_without_a_setting_work_stays_here() -> None:
    assert runner_for("") is here
