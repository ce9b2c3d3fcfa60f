"""Sharing a difference among what caused it: the Shapley value, exactly.

Sources: L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II (1953) 307; E. Dietzenbacher & B. Los,
Structural decomposition techniques: sense and sensitivity, Economic Systems Research 10 (1998) 307, doi 10.1080/09535319800000023
(the average over all orders in which the causes may change one after the other, which is the same number).
"""

import math
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from typing import TypeVar

Named = TypeVar("Named", bound=str)


def shapley(causes: Sequence[Named], value: Callable[[Collection[Named]], Fraction]) -> dict[Named, Fraction]:
    """What each cause contributes to ``value(all causes) - value(none)``; the contributions sum to it exactly.

    ``value`` says what the quantity is when the given causes have changed and the others have not; it is asked once for every subset, so
    ``causes`` are few. No order of the causes is preferred, and with before and after exchanged every contribution changes its sign.

    >>> shapley(["a", "b"], lambda changed: Fraction((3 if "a" in changed else 2) * (7 if "b" in changed else 5)))
    {'a': Fraction(6, 1), 'b': Fraction(5, 1)}
    """
    count = len(causes)
    worth = [value({cause for place, cause in enumerate(causes) if subset >> place & 1}) for subset in range(1 << count)]
    orders = [math.factorial(size) * math.factorial(count - size - 1) for size in range(count)]
    found = {}
    for place, cause in enumerate(causes):
        own = 1 << place
        steps = (orders[subset.bit_count()] * (worth[subset | own] - worth[subset]) for subset in range(1 << count) if not subset & own)
        found[cause] = sum(steps, Fraction(0)) / math.factorial(count)
    return found
