"""What a change does to every footprint that depends on it, without solving the whole network again.

A changed burden or amount leaves a residual at one product. It is passed on to the consumers, in plan order, until what is left at each
product is below its threshold (pushing of residuals as in Andersen, Chung and Lang, FOCS 2006, here on the system of intensities). Where a
change reaches a large part of the network, a full solution from the present one is cheaper and is taken instead.

The error is bounded, not estimated. Let g = z + |W|g with z > 0. If what is left is at most t·z at every product, the error is at most
(I − |W|)⁻¹ t z = t·g, product by product. z is the larger of the direct burden and a fifth of the intensity, so that g is not far above the
intensity. With several categories each has its own z and g, and a change is passed on as long as any category is above its threshold. The g also
prove loops: as long as |W|g < g for their sum, the gain is below 1 (Collatz and Wielandt), so a changed amount is checked in its own
row, and the gate is run again only where that does not suffice.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.gate import refuse_gains
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Places, Starts
from zuji.engine.sparse.supply import consumers_of
from zuji.engine.sparse.system import Names, System
from zuji.engine.text import Text

_BUDGET = 0.05  # of all arcs; beyond it a full pass from the present solution is faster, as measured on a million products
_FLOOR = 0.2


@dataclass(frozen=True, slots=True)
class Effect:
    """``pushes``: how many times a product's change was passed on; ``whole``: whether everything was solved anew instead."""

    pushes: int
    whole: bool


class LiveNetwork:
    """A system whose burdens and amounts change one at a time, with the intensity of every product kept current, in one category or several.

    ``burdens``: shape (products,) or (products, categories); what the network tells has the same shape.

    ``tolerance``: every intensity is within tolerance × ``bound`` of its true value, at any time, however many changes were made; for
    burdens and amounts that are not negative that is a relative error. Not for several threads at once.
    """

    def __init__(self, system: System, burdens: Any, *, tolerance: float = 1e-6) -> None:
        """Solve the network. Raises as :func:`~zuji.engine.sparse.intensity.intensities`."""
        self.system = system
        self.tolerance = tolerance
        self._stale = False  # whether amounts have outgrown the vector of the bound
        order = system.plan.order
        back = consumers_of(system)
        self._amounts, self._turned, self._own = system.amounts.copy(), back.amounts.copy(), system.own.copy()
        self._back, self._consumers = back.starts, back.consumers
        given = np.asarray(burdens, dtype=np.float64)
        self._single = given.ndim == 1
        solved = intensities(system, given).values
        h = given.reshape(solved.shape)
        self._burdens, self._values = h[order].copy(), solved[order].copy()
        self._left = np.zeros_like(solved)
        self._waiting = np.zeros(system.size, dtype=np.bool_)
        self._heap = np.empty(system.size, dtype=np.int32)
        self._bound(h, solved)

    def _bound(self, h: Floats, solved: Floats) -> None:
        """The gross intensities, the vector g of the error bound, and from them the threshold of each product."""
        order = self.system.plan.order
        absolute = replace(self.system, amounts=_locked(np.abs(self._amounts)), own=_locked(np.abs(self._own)))
        signed = bool((h < 0).any()) or bool((self._amounts < 0).any()) or bool((self._own < 0).any())
        gross = intensities(absolute, np.abs(h)).values if signed else np.abs(solved)
        z = np.maximum(np.abs(h), _FLOOR * gross)
        g = intensities(absolute, z, tolerance=1e-6).values
        with np.errstate(invalid="ignore", divide="ignore"):
            above = np.where(gross > 0, g / gross, 1.0)
        largest = np.maximum(gross.max(axis=0), np.finfo(float).tiny)  # categories have units of their own
        self._gross, self._proof = gross[order].copy(), (g / largest).sum(axis=1)[order].copy()
        self._thresholds = (self.tolerance / (above.max(axis=0, initial=1.0) * (1 + 1e-5))) * z[order]

    @property
    def values(self) -> Floats:
        """The intensity of every product, in the order of products."""
        return self._told(self._values)

    @property
    def bound(self) -> Floats:
        """What the tolerance is relative to: the intensity with every burden and amount counted by its size."""
        return self._told(self._gross)

    def _told(self, by_place: Floats) -> Floats:
        made = np.empty_like(by_place)
        made[self.system.plan.order] = by_place
        return made[:, 0] if self._single else made

    def value(self, product: int, category: int = 0) -> float:
        """The intensity of one product in one category."""
        return float(self._values[self.system.plan.rank[product], category])

    def change_burdens(self, products: Any, burdens: Any) -> Effect:
        """Give products new direct burdens: a supplier's number, or what a background factor changed in each of its users.

        ``burdens``: one for each of the products, or (products, categories). Raises :class:`BadMatrix` for a burden that is not finite, and
        where their number does not fit.
        """
        places = self.system.plan.rank[np.atleast_1d(np.asarray(products, dtype=np.int64))]
        new = np.asarray(burdens, dtype=np.float64)
        if new.size != len(places) * self._values.shape[1]:
            raise BadMatrix(
                Text("新的直接负荷与产品、类别的个数不符。", "There must be one new burden for each of the products and categories.")
            )
        new = new.reshape(len(places), -1)
        if not bool(np.isfinite(new).all()):
            raise BadMatrix(Text("新的直接负荷不是数。", "The new direct burden is not a number."))
        difference = new - self._burdens[places]
        self._burdens[places] = new
        return self._pass_on(places, difference)

    def change_amount(self, consumer: int, supplier: int, amount: float) -> Effect:
        """Give an existing input a new amount.

        Raises :class:`BadMatrix` if there is no such input or the amount is not finite, and
        :class:`~zuji.engine.errors.LoopGainTooHigh` if a loop would consume as much as it makes; nothing has changed then.
        """
        p, q = int(self.system.plan.rank[consumer]), int(self.system.plan.rank[supplier])
        if not np.isfinite(amount):
            raise BadMatrix(Text("新的用量不是数。", "The new amount is not a number."))
        if p == q:
            return self._change_own(p, amount)
        starts = self.system.starts
        ahead = _find(self.system.suppliers, int(starts[p]), int(starts[p + 1]), q)
        turned = _find(self._consumers, int(self._back[q]), int(self._back[q + 1]), p)
        if ahead < 0 or turned < 0:
            raise BadMatrix(
                Text(f"第 {consumer} 个产品不使用第 {supplier} 个产品。", f"Product {consumer} has no input of product {supplier}.")
            )
        before = float(self._amounts[ahead])
        self._amounts[ahead] = amount
        if abs(amount) > abs(before) and ahead >= self.system.inner[p]:
            try:
                self._prove(p)
            except Exception:
                self._amounts[ahead] = before
                raise
        self._turned[turned] = amount
        return self._pass_on(np.array([p], dtype=np.int32), ((amount - before) * self._values[q])[None, :])

    def _change_own(self, p: int, amount: float) -> Effect:
        before = float(self._own[p])
        self._own[p] = amount
        if abs(amount) > abs(before):
            try:
                self._prove(p)
            except Exception:
                self._own[p] = before
                raise
        return self._pass_on(np.array([p], dtype=np.int32), ((amount - before) * self._values[p])[None, :])

    def _prove(self, p: int) -> None:
        """That loops still make more than they consume: in the changed row alone if that suffices, else in all."""
        here = slice(int(self.system.starts[p]), int(self.system.starts[p + 1]))
        used = float(np.abs(self._amounts[here]) @ self._proof[self.system.suppliers[here]]) + abs(float(self._own[p])) * self._proof[p]
        if used < self._proof[p] * (1 - 1e-9):
            return
        s = self.system
        refuse_gains(s.starts, s.inner, s.suppliers, _locked(self._amounts), _locked(self._own), s.loops, Names(s.plan, None))
        self._stale = True

    def _pass_on(self, places: Places, difference: Floats) -> Effect:
        if self._stale:  # the bound was made for smaller amounts
            return self._whole(places, difference)
        most = int(_BUDGET * len(self._amounts)) + 1000
        pushes = _push(
            self._back, self._consumers, self._turned, self._own, self._values, self._left, self._thresholds, self._heap, self._waiting,
            places, difference, most,
        )  # fmt: skip
        if pushes >= 0:
            return Effect(pushes, whole=False)
        return self._whole(places[:0], difference[:0])

    def _whole(self, places: Places, difference: Floats) -> Effect:
        """Everything anew from the present solution; the bound too where amounts have outgrown it."""
        order = self.system.plan.order
        self._waiting[:] = False
        self._left[:] = 0.0
        present = replace(self.system, amounts=_locked(self._amounts), own=_locked(self._own))
        h = np.empty_like(self._burdens)
        h[order] = self._burdens
        solved = intensities(present, h, start=self.values, tolerance=min(1e-9, self.tolerance * 1e-2)).values
        self._values = solved[order].copy()
        if self._stale:
            self._stale = False
            self._bound(h, solved)
        return Effect(len(places) + len(difference), whole=True)


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """The same memory, not writable through this view."""
    view = array.view()
    view.setflags(write=False)
    return view


@compiled
def _find(places: Places, first: int, last: int, wanted: int) -> int:
    for k in range(first, last):
        if places[k] == wanted:
            return k
    return -1


@compiled
def _rise(heap: Places, at: int) -> None:
    while at > 0 and heap[at] < heap[(at - 1) // 2]:
        heap[at], heap[(at - 1) // 2] = heap[(at - 1) // 2], heap[at]
        at = (at - 1) // 2


@compiled
def _sink(heap: Places, size: int) -> None:
    at = 0
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[at] <= heap[child]:
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


@compiled
def _push(
    starts: Starts,
    consumers: Places,
    amounts: Floats,
    own: Floats,
    values: Floats,
    left: Floats,
    thresholds: Floats,
    heap: Places,
    waiting: NDArray[np.bool_],
    places: Places,
    difference: Floats,
    most: int,
) -> int:
    """Pass changes on in plan order until all that is left is below the thresholds: pushes, or −1 when ``most`` arcs were not enough.

    What is left stays in ``left`` and is taken up by the next change, so that errors of many changes do not add up. ``values``, ``left``,
    ``thresholds``, ``difference``: one column for each category. A product may stand twice in ``places``.
    """
    size, categories = 0, values.shape[1]
    change = np.empty(categories)
    for n in range(len(places)):
        p = places[n]
        above = False
        for c in range(categories):
            left[p, c] += difference[n, c]
            above |= abs(left[p, c]) > thresholds[p, c]
        if above and not waiting[p]:
            waiting[p] = True
            heap[size] = p
            size += 1
            _rise(heap, size - 1)
    pushes, arcs = 0, 0
    while size > 0:
        p = heap[0]
        size -= 1
        heap[0] = heap[size]
        _sink(heap, size)
        waiting[p] = False
        for c in range(categories):
            change[c] = left[p, c] / (1.0 - own[p])
            left[p, c] = 0.0
            values[p, c] += change[c]
        pushes += 1
        arcs += starts[p + 1] - starts[p]
        if arcs > most:
            return -1
        for k in range(starts[p], starts[p + 1]):
            j, amount, above = consumers[k], amounts[k], False
            for c in range(categories):
                left[j, c] += amount * change[c]
                above |= abs(left[j, c]) > thresholds[j, c]
            if above and not waiting[j]:
                waiting[j] = True
                heap[size] = j
                size += 1
                _rise(heap, size - 1)
    return pushes
