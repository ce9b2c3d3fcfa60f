"""Where batches of draws and scenarios are calculated: in this process, or on a Dask cluster that a setting names.

The cluster changes where numbers are made and nothing about them: a batch depends on the seed and its number alone. Dask is for these
independent batches, not for solving: one machine solves a million linked products in about a second.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from zuji.engine.sparse.draws import Runner, here

ATTEMPTS = 3  # at the whole of what is not done yet, where every holder of the data was lost


class ClusterFailed(RuntimeError):
    """The cluster cannot be reached, or lost its workers again and again; nothing was calculated. The message says which and what to do."""


def runner_for(address: str) -> Runner:
    """The runner for the address of a Dask scheduler, such as ``tcp://10.0.0.5:8786``; an empty one means this process."""
    return Cluster(address) if address else here


class Cluster:
    """A Dask cluster. Its workers need Zuji installed in the same version; whoever reaches its port can run code on it."""

    def __init__(self, address: str, *, patience: float = 10.0) -> None:
        """``patience``: seconds to wait for the scheduler."""
        self.address = address
        self.patience = patience

    def __call__(self, work: Callable[[Any], Any], arguments: Sequence[Any], /) -> Iterable[Any]:
        """The results in the order of the arguments. Raises :class:`ClusterFailed`, and whatever the work itself raises.

        The work is sent once to every worker. A worker that dies is survived: Dask gives its batches to the others; where the data were
        lost with it, they are sent anew and only what is missing is calculated.
        """
        import distributed  # noqa: PLC0415  # the extra "distributed": one machine needs none

        connect: Any = distributed.Client  # which carries no types
        try:
            client = connect(self.address, timeout=self.patience, set_as_default=False)
        except OSError as error:
            raise ClusterFailed(
                f"集群 {self.address} 无法连接 / the cluster {self.address} cannot be reached: start it, or leave ZUJI_CLUSTER out"
            ) from error
        with client:
            return self._collect(client, work, list(arguments))

    def _collect(self, client: Any, work: Callable[[Any], Any], arguments: list[Any]) -> list[Any]:
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415  # the same
        from distributed.client import FuturesCancelledError  # noqa: PLC0415  # the same

        done: dict[int, Any] = {}
        for _ in range(ATTEMPTS):
            left = [n for n in range(len(arguments)) if n not in done]
            if not left:
                break
            try:
                sent = client.scatter(work, broadcast=True, hash=False)
            except TimeoutError:  # all workers died at once, and none is back yet
                continue
            futures = {n: client.submit(_apply, sent, arguments[n], pure=False) for n in left}
            for n, future in futures.items():
                try:
                    done[n] = future.result()
                except (CancelledError, FuturesCancelledError, KilledWorker):  # each batch is lost or kept alone
                    continue
        if len(done) < len(arguments):
            raise ClusterFailed(
                f"集群 {self.address} 的工作进程一再退出 / the workers of {self.address} died {ATTEMPTS} times: look at their logs, most often memory"
            )
        return [done[n] for n in range(len(arguments))]


def _apply(work: Callable[[Any], Any], argument: Any) -> Any:
    return work(argument)
