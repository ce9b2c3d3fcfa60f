"""Many scenarios of one network at once: what the products of interest would be if suppliers, inputs or burdens were otherwise.

A scenario is a list of changes to stated amounts and burdens. Batches are independent and depend on nothing but the network and their own scenarios,
so that any worker may make any batch, in any order, and gets the same bits (see :mod:`~zuji.engine.sparse.draws` for the same with draws).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix, EngineError
from zuji.engine.sparse.draws import Runner, here
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Places, frozen
from zuji.engine.sparse.system import System
from zuji.engine.text import Text

BATCH = 16  # scenarios a batch: long enough to be worth sending, short enough that little is lost with a worker


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is otherwise. ``amounts``: by (consumer, supplier) the amount needed instead, for inputs that the network has; ``burdens``: by product
    its direct burden instead, one number or one for each category. ``name`` is for people.
    """

    name: str
    amounts: Mapping[tuple[int, int], float] = field(default_factory=dict)
    burdens: Mapping[int, float | tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """``values[n, c]``: the intensity of the n-th product of interest in category c; ``refusal`` says why a scenario has none, and then all are nan.

    ``residual`` and ``error`` as of :class:`~zuji.engine.sparse.intensity.Intensities`; ``incomplete[n]``: something the product needs has an
    unknown burden.
    """

    name: str
    values: Floats
    residual: float
    error: float
    incomplete: NDArray[np.bool_]
    refusal: Text | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Explorer:
    """A network ready for scenarios; a plain value that can be sent to a worker.

    Every scenario is solved from nothing, as the network itself: its numbers do not depend on what was solved before, and a scenario that
    changes nothing is the network to the last bit.
    """

    system: System
    burdens: Floats
    unknown: NDArray[np.bool_]
    products: Places

    def batch(self, scenarios: Sequence[Scenario]) -> tuple[Outcome, ...]:
        """The outcomes of some scenarios, in their order. Raises :class:`BadMatrix` for a change to something that the network does not have."""
        return tuple(self._outcome(scenario) for scenario in scenarios)

    def _outcome(self, scenario: Scenario) -> Outcome:
        burdens = self._burdens(scenario)
        amounts = self._amounts(scenario)
        try:
            system = self.system if amounts is None else self.system.with_amounts(amounts)
            found = intensities(system, burdens, unknown=self.unknown)
        except BadMatrix:
            raise  # a mistake in the scenario, which no other outcome may hide
        except EngineError as refused:
            shape = (len(self.products), burdens.shape[1])
            return Outcome(
                scenario.name, frozen(np.full(shape, np.nan)), np.inf, np.inf, frozen(np.ones(len(self.products), np.bool_)), refused.text
            )
        values, incomplete = found.values[self.products], found.incomplete[self.products]
        return Outcome(scenario.name, frozen(values), found.residual, found.error, frozen(incomplete))

    def _burdens(self, scenario: Scenario) -> Floats:
        if not scenario.burdens:
            return self.burdens
        made = self.burdens.copy()
        for product, burden in scenario.burdens.items():
            if not 0 <= product < len(made):
                raise _unknown(scenario, f"{product}")
            given = np.asarray(burden, dtype=np.float64).ravel()
            if given.size not in {1, made.shape[1]}:
                raise BadMatrix(
                    Text(
                        f"情景“{scenario.name}”给第 {product} 个产品的负荷有 {given.size} 个数，而类别有 {made.shape[1]} 个。",
                        f"The scenario “{scenario.name}” gives product {product} {given.size} burdens for {made.shape[1]} categories.",
                    )
                )
            made[product] = given
        return made

    def _amounts(self, scenario: Scenario) -> Floats | None:
        if not scenario.amounts:
            return None
        needs = self.system.needs
        made = needs.amounts.copy()
        for (consumer, supplier), amount in scenario.amounts.items():
            if not 0 <= consumer < needs.rows:
                raise _unknown(scenario, f"{consumer} ← {supplier}")
            first, last = int(needs.starts[consumer]), int(needs.starts[consumer + 1])
            place = first + int(np.searchsorted(needs.suppliers[first:last], supplier))
            if place == last or needs.suppliers[place] != supplier:
                raise _unknown(scenario, f"{consumer} ← {supplier}")
            made[place] = amount
        return made


def explorer(system: System, burdens: Any, *, products: Any, unknown: Any = None) -> Explorer:
    """Prepare scenarios of a network; ``products``: whose intensities are wanted. Raises as :func:`~zuji.engine.sparse.intensity.intensities`."""
    base = intensities(system, burdens, unknown=unknown)
    h = np.ascontiguousarray(np.asarray(burdens, dtype=np.float64).reshape(base.values.shape))
    wanted = np.atleast_1d(np.asarray(products, dtype=np.int32))
    if bool(((wanted < 0) | (wanted >= system.size)).any()):
        raise BadMatrix(Text("所求的产品不在供应网络中。", "A product of interest is not in the network."))
    mask = np.zeros(system.size, np.bool_) if unknown is None else np.asarray(unknown, dtype=np.bool_)
    return Explorer(system, frozen(h), frozen(mask), frozen(wanted))


def explored(prepared: Explorer, scenarios: Sequence[Scenario], *, runner: Runner = here) -> tuple[Outcome, ...]:
    """The outcome of every scenario, in their order. The runner changes where they are calculated, not what they are."""
    batches = [tuple(scenarios[first : first + BATCH]) for first in range(0, len(scenarios), BATCH)]
    return tuple(outcome for batch in runner(prepared.batch, batches) for outcome in batch)


def _unknown(scenario: Scenario, what: str) -> BadMatrix:
    return BadMatrix(
        Text(
            f"情景“{scenario.name}”改动了供应网络中没有的 {what}。",
            f"The scenario “{scenario.name}” changes {what}, which the network does not have.",
        )
    )
