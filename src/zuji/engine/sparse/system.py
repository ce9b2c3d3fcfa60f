"""A technosphere ready to be solved: in the order of its plan, every loop proved to converge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.gate import refuse_gains
from zuji.engine.sparse.needs import Floats, Needs, Places, Starts
from zuji.engine.sparse.order import Plan, plan_of
from zuji.engine.text import Text


@dataclass(frozen=True, eq=False, slots=True)
class System:
    """The needs in plan order. Arrays count in places, not products; ``plan.order`` and ``plan.rank`` translate.

    Row p: inputs from outside its loop from ``starts[p]``, inputs from within from ``inner[p]``, to ``starts[p+1]``. ``own[p]``: what the
    product needs of itself. ``came[k]``: which entry of ``needs`` the k-th is. ``growth``: the greatest proved growth of an iteration's error
    per sweep over the loops (0 where there are none).
    """

    needs: Needs
    plan: Plan
    starts: Starts
    inner: Starts
    suppliers: Places
    amounts: Floats
    own: Floats
    came: Starts
    growth: float

    @property
    def size(self) -> int:
        """How many products there are."""
        return self.needs.rows

    @property
    def loops(self) -> list[tuple[int, int]]:
        """The first and the place after the last of each loop."""
        return _loops(self.plan)

    def with_amounts(self, amounts: Any, names: Sequence[str] | None = None) -> "System":
        """The same products and inputs with other amounts, in the order of ``needs.amounts``. Raises as :func:`arranged`."""
        changed = Needs.from_csr(self.needs.starts, self.needs.suppliers, amounts)
        return arranged(changed, names=names, plan=self.plan)


def arranged(needs: Needs, *, names: Sequence[str] | None = None, plan: Plan | None = None) -> System:
    """Put a closed system into the order of its plan (made if not given) and prove its loops.

    ``names[j]`` names product j in a refusal. Raises :class:`BadMatrix` if the system is not closed and
    :class:`~zuji.engine.errors.LoopGainTooHigh` with the members of a loop that consumes as much as it makes.
    """
    if needs.rows != needs.columns:
        raise BadMatrix(
            Text(
                f"系统不封闭：{needs.rows} 个产品，{needs.columns} 个供方。",
                f"The system is not closed: {needs.rows} products and {needs.columns} suppliers.",
            )
        )
    made = plan_of(needs) if plan is None else plan
    block = np.repeat(np.arange(len(made.looped)), np.diff(made.blocks)).astype(np.int32)
    starts, inner, suppliers, amounts, own, came = _arranged(
        needs.starts, needs.suppliers, needs.amounts, made.order, made.rank, block, made.looped
    )
    for array in (starts, inner, suppliers, amounts, own, came):
        array.setflags(write=False)  # before the first use: numba makes other code for arrays that may be written
    growth = refuse_gains(starts, inner, suppliers, amounts, own, _loops(made), Names(made, names))
    return System(needs, made, starts, inner, suppliers, amounts, own, came, growth)


class Names(Sequence[str]):
    """The names by place; a number where there are none."""

    def __init__(self, plan: Plan, names: Sequence[str] | None) -> None:
        self._plan, self._names = plan, names

    def __len__(self) -> int:
        return len(self._plan.order)

    def __getitem__(self, place: Any) -> Any:
        product = int(self._plan.order[place])
        return f"#{product}" if self._names is None else self._names[product]


def _loops(plan: Plan) -> list[tuple[int, int]]:
    return [(int(plan.blocks[b]), int(plan.blocks[b + 1])) for b in np.flatnonzero(plan.looped)]


@compiled
def _arranged(
    starts: Starts, suppliers: Places, amounts: Floats, order: Places, rank: Places, block: Places, looped: NDArray[np.bool_]
) -> tuple[Starts, Starts, Places, Floats, Floats, Starts]:
    """The system in plan order, inputs from outside a product's loop before those from within: the fields of :class:`System`."""
    size = len(order)
    begin = np.zeros(size + 1, np.int64)
    inner = np.zeros(size, np.int64)
    places = np.empty(len(suppliers), np.int32)
    moved = np.empty(len(suppliers), np.float64)
    came = np.empty(len(suppliers), np.int64)
    own = np.zeros(size, np.float64)
    kept = 0
    for p in range(size):
        j = order[p]
        loop = looped[block[p]]
        for k in range(starts[j], starts[j + 1]):
            place = rank[suppliers[k]]
            if place == p:
                own[p] = amounts[k]
            elif not (loop and block[place] == block[p]):
                places[kept] = place
                moved[kept] = amounts[k]
                came[kept] = k
                kept += 1
        inner[p] = kept
        if loop:
            for k in range(starts[j], starts[j + 1]):
                place = rank[suppliers[k]]
                if place != p and block[place] == block[p]:
                    places[kept] = place
                    moved[kept] = amounts[k]
                    came[kept] = k
                    kept += 1
        begin[p + 1] = kept
    return begin, inner, places[:kept].copy(), moved[:kept].copy(), own, came[:kept].copy()
