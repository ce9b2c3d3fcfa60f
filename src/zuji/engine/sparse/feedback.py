"""An order within a large loop with few inputs against it: what lags behind in each sweep of an iteration.

To find the fewest is the feedback arc set problem, which is NP-hard (Karp 1972). This is peeling, as in the order of Kahn (Comm. ACM 5, 1962):
a product whose suppliers are all placed is placed; where none is left, walk from product to missing supplier until the walk closes a ring,
and place one product of the ring too early. The first pass places the one with the largest share of its suppliers in place; a second knows
the places of the first, walks to the earliest missing supplier and cuts the ring where it jumps furthest ahead.
"""

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Needs, Places, Starts

BUDGET = 20  # inputs looked at in walks for each input of the system: keeps the time linear


def few_backward(needs: Needs, products: Places, *, budget: int = BUDGET) -> Places:
    """The products in an order with few inputs from products that come later; where they form no loop, with none.

    ``products``: int32, each once; inputs from other products count as in place. Takes time linear in the number of inputs: when
    walks have looked at ``budget`` times as many, the rest stays as it came. A function of its arguments alone.
    """
    back = needs.transposed()
    place = np.full(needs.rows, -1, np.int32)
    made = products
    for known in (False, True):
        place[made] = np.arange(len(made), dtype=np.int32)
        made = _peeled((needs.starts, needs.suppliers), (back.starts, back.suppliers), made, place, (known, budget * needs.size))
    return made


@compiled
def _share(need: Places, missing: Places, product: int) -> float:
    """The share of a product's suppliers that are in place."""
    share: float = (need[product] - missing[product]) / need[product]
    return share


@compiled
def _walked(
    needs: tuple[Starts, Places], need: Places, missing: Places, placed: NDArray[np.bool_], place: Places, known: bool, product: int
) -> int:
    """The missing supplier to walk to: the earliest of the pass before, or that with the largest share of its own suppliers in place."""
    starts, suppliers = needs
    best, least = -1, np.inf
    for k in range(starts[product], starts[product + 1]):
        supplier = suppliers[k]
        if supplier != product and not placed[supplier]:
            rated = float(place[supplier]) if known else -_share(need, missing, supplier)
            if rated < least:
                best, least = supplier, rated
    return best


@compiled
def _cut(need: Places, missing: Places, place: Places, known: bool, path: Places, ring: tuple[int, int]) -> int:
    """Where on the path the product stands that is placed too early; ``ring``: the first of the ring on the path, the one after its last."""
    first, last = ring
    at, most = first, -np.inf
    for e in range(first, last):
        following = path[e + 1] if e + 1 < last else path[first]
        rated = float(place[following]) - float(place[path[e]]) if known else _share(need, missing, path[e])
        if rated >= most:
            at, most = e, rated
    return at


@compiled
def _counted(needs: tuple[Starts, Places], products: Places, placed: NDArray[np.bool_]) -> tuple[Places, Places]:
    """How many suppliers each product has, itself left out, and how many of them are not in place."""
    starts, suppliers = needs
    need, missing = np.zeros(len(placed), np.int32), np.zeros(len(placed), np.int32)
    for j in products:
        for k in range(starts[j], starts[j + 1]):
            if suppliers[k] != j:
                need[j] += 1
                missing[j] += 0 if placed[suppliers[k]] else 1
    return need, missing


@compiled
def _at_hand(products: Places, missing: Places) -> tuple[Places, int]:
    """The products that miss nothing, the first of them on top of the stack, and how many there are."""
    ready, waiting = np.empty(len(products), np.int32), 0
    for j in products[::-1]:
        if missing[j] == 0:
            ready[waiting] = j
            waiting += 1
    return ready, waiting


@compiled
def _peeled(needs: tuple[Starts, Places], back: tuple[Starts, Places], products: Places, place: Places, how: tuple[bool, int]) -> Places:
    """One pass. ``how``: whether ``place`` is to be followed, inputs that walks may look at. ``on[j]``: where j is on the path, −1 if it is not."""
    known, left = how
    count, size = len(products), len(place)
    placed = np.ones(size, np.bool_)
    for j in products:
        placed[j] = False
    need, missing = _counted(needs, products, placed)
    made, path, on = np.empty(count, np.int32), np.empty(count, np.int32), np.full(size, -1, np.int32)
    ready, waiting = _at_hand(products, missing)
    done, depth, seed = 0, 0, 0
    while done < count:
        if waiting == 0:
            while depth > 0 and placed[path[depth - 1]]:
                depth -= 1
                on[path[depth]] = -1
            if depth == 0 or left < 0:
                while placed[products[seed]]:
                    seed += 1
            if left < 0:
                ready[0] = products[seed]
            else:
                if depth == 0:
                    path[0] = products[seed]
                    on[path[0]] = 0
                    depth = 1
                while True:
                    left -= needs[0][path[depth - 1] + 1] - needs[0][path[depth - 1]]
                    following = _walked(needs, need, missing, placed, place, known, path[depth - 1])
                    if on[following] >= 0:
                        break
                    on[following] = depth
                    path[depth] = following
                    depth += 1
                early = _cut(need, missing, place, known, path, (on[following], depth))
                ready[0] = path[early]
                while depth > early:
                    depth -= 1
                    on[path[depth]] = -1
            waiting = 1
        waiting -= 1
        j = ready[waiting]
        placed[j] = True
        made[done] = j
        done += 1
        for k in range(back[0][j], back[0][j + 1]):
            consumer = back[1][k]
            if not placed[consumer]:
                missing[consumer] -= 1
                if missing[consumer] == 0:
                    ready[waiting] = consumer
                    waiting += 1
    return made
