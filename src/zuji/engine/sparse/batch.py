"""Sixteen draws of a whole database, or of products on top of it, solved side by side in float32.

A draw changes every amount; its solution is near that of the stated values, from which iteration starts. All values are relative to their
scale (the intensity with every burden and amount counted by its size), so they lie about 1 whatever the units, and float32 serves.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils as untyped_cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Places, Starts

Single = NDArray[np.float32]
_LANES = 16
_PASSED_ON = 0.25  # of the tolerance: what moved by less does not make its consumers be calculated again
cgutils: Any = untyped_cgutils  # numba's builders carry no types


def _vectors(context: Any, builder: Any, kinds: Any, arrays: Any) -> Any:
    """Loading and storing of all lanes of a place of one of some arrays, and the weighted sum of the values of a span of entries."""
    vector, index = ir.VectorType(ir.FloatType(), _LANES), ir.IntType(64)
    data = [context.make_array(kind)(context, builder, value).data for kind, value in zip(kinds, arrays, strict=True)]

    def lanes(array: int, at: Any) -> Any:
        return builder.bitcast(builder.gep(data[array], [at]), vector.as_pointer())

    def load(array: int, at: Any) -> Any:
        return builder.load(lanes(array, at), align=4)

    def number(value: int) -> Any:
        return ir.Constant(index, value)

    def summed(start: Any, first: Any, last: Any) -> Any:
        """``start`` and weight × value of the source for each entry: weights are array 0, sources 1, values 2."""
        total = cgutils.alloca_once(builder, vector)
        builder.store(start, total)
        with cgutils.for_range_slice(builder, first, last, number(1), index) as (k, _):
            source = builder.sext(builder.load(builder.gep(data[1], [k])), index)
            term = builder.fmul(load(0, builder.shl(k, number(4))), load(2, builder.shl(source, number(4))))
            builder.store(builder.fadd(builder.load(total), term), total)
        return builder.load(total)

    return vector, lanes, load, number, summed


@intrinsic
def _outside(_typing: Any, weights: Any, sources: Any, values: Any, base: Any, span: Any) -> Any:
    """base[p] = the sum over a span of entries, in all lanes. ``span``: first entry, entry after the last, place p."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, lanes, _, number, summed = _vectors(context, builder, signature.args[:4], arguments[:4])
        first, last, place = cgutils.unpack_tuple(builder, arguments[4], 3)
        total = summed(ir.Constant(vector, [0.0] * _LANES), first, last)
        builder.store(total, lanes(3, builder.shl(place, number(4))), align=4)
        return context.get_dummy_value()

    return types.void(weights, sources, values, base, span), code


@intrinsic
def _settle(_typing: Any, weights: Any, sources: Any, values: Any, base: Any, inverse: Any, span: Any, tolerance: Any) -> Any:
    """A row in all lanes at once: values[p] = (base[p] + sum of weight × value of the source) × inverse[p]; which lanes moved.

    ``span``: first entry, entry after the last, place p. The lower half of the bits: lanes that changed by more than tolerance × max(1, |new|),
    or are not a number; the upper: by more than the share of that which is passed on. Written as vector instructions because no compiler
    may assume that the arrays do not overlap. Neither fused nor reordered.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, lanes, load, number, summed = _vectors(context, builder, signature.args[:5], arguments[:5])
        word = ir.IntType(32)
        first, last, place = cgutils.unpack_tuple(builder, arguments[5], 3)
        limit = arguments[6]

        def size(value: Any) -> Any:
            return builder.call(
                cgutils.get_or_insert_function(builder.module, ir.FunctionType(vector, [vector]), "llvm.fabs.v16f32"), [value]
            )

        own = builder.shl(place, number(4))
        new = builder.fmul(summed(load(3, own), first, last), load(4, own))
        moved = size(builder.fsub(new, load(2, own)))
        one = ir.Constant(vector, [1.0] * _LANES)
        scale = builder.select(builder.fcmp_ordered(">", size(new), one), size(new), one)
        spread = builder.insert_element(ir.Constant(vector, ir.Undefined), limit, ir.Constant(word, 0))
        spread = builder.shuffle_vector(spread, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(word, _LANES), [0] * _LANES))
        allowed = builder.fmul(scale, spread)
        moving = builder.fcmp_unordered(">", moved, allowed)
        stirring = builder.fcmp_unordered(">", moved, builder.fmul(allowed, ir.Constant(vector, [_PASSED_ON] * _LANES)))
        builder.store(new, lanes(2, own), align=4)
        low, high = (builder.zext(builder.bitcast(bits, ir.IntType(_LANES)), word) for bits in (moving, stirring))
        return builder.or_(low, builder.shl(high, ir.Constant(word, _LANES)))

    return types.uint32(weights, sources, values, base, inverse, span, tolerance), code


@intrinsic
def _moved(_typing: Any, target: Any, values: Any, to: Any, place: Any) -> Any:
    """All lanes of a place of ``values`` into row ``to`` of ``target``; a bit for each lane that is not finite."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, lanes, load, number, _ = _vectors(context, builder, signature.args[:2], arguments[:2])
        held = load(1, builder.shl(arguments[3], number(4)))
        builder.store(held, lanes(0, builder.shl(arguments[2], number(4))), align=4)
        zero = ir.Constant(vector, [0.0] * _LANES)
        bad = builder.fcmp_unordered("!=", builder.fmul(held, zero), zero)  # infinity or no number times zero is no number
        return builder.zext(builder.bitcast(bad, ir.IntType(_LANES)), ir.IntType(32))

    return types.uint32(target, values, to, place), code


@compiled
def _row(weights: Single, sources: Places, values: Single, base: Single, inverse: Single, first: int, last: int, p: int, limit: Any) -> int:
    """One row, once in machine code however often it is called."""
    moved: int = _settle(weights, sources, values, base, inverse, (first, last, p), limit)  # type: ignore[call-arg]  # numba passes the first
    return moved


@compiled
def _swept(
    weights: Single,
    sources: Places,
    values: Single,
    base: Single,
    inverse: Single,
    loop: tuple[int, int],
    starts: Starts,
    inner: Starts,
    tolerance: Any,
    most: int,
) -> Any:
    """Sweeps over a loop until nothing moves: a bit for each lane that still does after the last.

    From the fifth sweep on a row is calculated only if something that it needs has moved since by more than a quarter of the tolerance; ``last``
    holds the sweep in which each place has.
    """
    first, end = loop
    lanes: Any = np.uint32((1 << _LANES) - 1)
    last = np.zeros(end - first, np.int32)
    moving: Any = np.uint32(0)
    for sweep in range(1, most + 1):
        moving = np.uint32(0)
        for p in range(first, end):
            stirred = sweep <= 4
            k = inner[p]
            while not stirred and k < starts[p + 1]:
                stirred = last[sources[k] - first] >= sweep - 1
                k += 1
            if stirred:
                moved = _row(weights, sources, values, base, inverse, inner[p], starts[p + 1], p, tolerance)
                if moved != np.uint32(0):
                    last[p - first] = sweep
                    moving |= moved & lanes
        if moving == np.uint32(0):
            break
    return moving


@compiled
def background_batch(
    starts: Starts,
    inner: Starts,
    sources: Places,
    own: Places,
    weights: Single,
    blocks: Starts,
    looped: NDArray[np.bool_],
    order: Places,
    at: Single,
    tolerance: float,
    most: int,
) -> tuple[Single, int]:
    """Sixteen draws of all intensities, relative to their scale: (products, 16); a bit for each draw that did not converge.

    Entries in rows by place, with the place after the last, whose value is 1, as the source of direct burdens: from ``starts[p]`` what comes
    from outside a loop, from ``inner[p]`` what comes from within. ``own[p]``: the entry of the product's need of itself, −1 where there is
    none. ``weights``: the drawn entries. ``order[p]``: the product at place p. ``at``: the solution at the stated values, by place.
    """
    size = len(inner)
    values, base, inverse = np.ones((size + 1) * 16, np.float32), np.zeros(size * 16, np.float32), np.ones(size * 16, np.float32)
    for p in range(size):
        values[p * 16 : p * 16 + 16] = at[p]
    failed: Any = np.uint32(0)
    limit = np.float32(tolerance)
    for p in range(size):
        if own[p] >= 0:
            for d in range(16):
                rest = np.float32(1) - weights[own[p], d]
                inverse[p * 16 + d] = np.float32(1) / rest
                if not rest > np.float32(0):
                    failed |= np.uint32(1 << d)
    for b in range(len(looped)):
        first, last = blocks[b], blocks[b + 1]
        if not looped[b]:
            for p in range(first, last):
                _row(weights, sources, values, base, inverse, starts[p], starts[p + 1], p, limit)
            continue
        for p in range(first, last):
            _outside(weights, sources, values, base, (starts[p], inner[p], p))  # type: ignore[call-arg]  # numba passes the first
        failed |= _swept(weights, sources, values, base, inverse, (first, last), starts, inner, limit, most)
    made = np.empty(size * 16, np.float32)
    for p in range(size):
        failed |= _moved(made, values, np.int64(order[p]), p)  # type: ignore[call-arg]  # numba passes the first
    return made.reshape(size, 16), failed
