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
cgutils: Any = untyped_cgutils  # numba's builders carry no types


@intrinsic
def _settle(_typing: Any, weights: Any, sources: Any, values: Any, base: Any, inverse: Any, span: Any, tolerance: Any) -> Any:
    """A row in all lanes at once: values[p] = (base[p] + sum of weight × value of the source) × inverse[p]; a bit for each lane that moved.

    ``span``: first entry, entry after the last, place p. A lane has moved if it changed by more than tolerance × max(1, |new|), or is not a
    number. Written as vector instructions because no compiler may assume that the arrays do not overlap. Neither fused nor reordered.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, word, index = ir.VectorType(ir.FloatType(), _LANES), ir.IntType(32), ir.IntType(64)
        data = [
            context.make_array(kind)(context, builder, value).data for kind, value in zip(signature.args[:5], arguments[:5], strict=True)
        ]
        first, last, place = cgutils.unpack_tuple(builder, arguments[5], 3)
        limit = arguments[6]

        def lanes(array: int, at: Any) -> Any:
            return builder.bitcast(builder.gep(data[array], [at]), vector.as_pointer())

        def load(array: int, at: Any) -> Any:
            return builder.load(lanes(array, at), align=4)

        def number(value: int) -> Any:
            return ir.Constant(index, value)

        def size(value: Any) -> Any:
            return builder.call(
                cgutils.get_or_insert_function(builder.module, ir.FunctionType(vector, [vector]), "llvm.fabs.v16f32"), [value]
            )

        own = builder.shl(place, number(4))
        total = cgutils.alloca_once(builder, vector)
        builder.store(load(3, own), total)
        with cgutils.for_range_slice(builder, first, last, number(1), index) as (k, _):
            chunk = builder.shl(builder.lshr(k, number(8)), number(12))
            row = builder.shl(builder.and_(k, number(3)), number(10))
            group = builder.shl(builder.lshr(builder.and_(k, number(255)), number(2)), number(4))
            source = builder.sext(builder.load(builder.gep(data[1], [k])), index)
            weight = load(0, builder.add(builder.add(chunk, row), group))
            term = builder.fmul(weight, load(2, builder.shl(source, number(4))))
            builder.store(builder.fadd(builder.load(total), term), total)
        new = builder.fmul(builder.load(total), load(4, own))
        moved = size(builder.fsub(new, load(2, own)))
        one = ir.Constant(vector, [1.0] * _LANES)
        scale = builder.select(builder.fcmp_ordered(">", size(new), one), size(new), one)
        spread = builder.insert_element(ir.Constant(vector, ir.Undefined), limit, ir.Constant(word, 0))
        spread = builder.shuffle_vector(spread, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(word, _LANES), [0] * _LANES))
        moving = builder.fcmp_unordered(">", moved, builder.fmul(scale, spread))
        builder.store(new, lanes(2, own), align=4)
        return builder.zext(builder.bitcast(moving, ir.IntType(_LANES)), word)

    return types.uint32(weights, sources, values, base, inverse, span, tolerance), code


@compiled
def _row(weights: Single, sources: Places, values: Single, base: Single, inverse: Single, first: int, last: int, p: int, limit: Any) -> int:
    """One row, once in machine code however often it is called."""
    moved: int = _settle(weights, sources, values, base, inverse, (first, last, p), limit)  # type: ignore[call-arg]  # numba passes the first
    return moved


@compiled
def background_batch(
    starts: Starts,
    inner: Starts,
    sources: Places,
    own: Places,
    weights: Single,
    blocks: Starts,
    looped: NDArray[np.bool_],
    at: Single,
    tolerance: float,
    most: int,
) -> tuple[Single, int]:
    """Sixteen draws of all intensities, relative to their scale: (places, 16); a bit for each draw that did not converge.

    Entries in rows by place, with the place after the last, whose value is 1, as the source of direct burdens: from ``starts[p]`` what comes
    from outside a loop, from ``inner[p]`` what comes from within. ``own[p]``: the entry of the product's need of itself, −1 where there is
    none. ``weights``: the drawn entries. ``at``: the solution at the stated values.
    """
    size = len(inner)
    values, base, inverse = np.empty((size + 1) * 16, np.float32), np.zeros(size * 16, np.float32), np.ones(size * 16, np.float32)
    failed: Any = np.uint32(0)
    limit = np.float32(tolerance)
    for p in range(size):
        for d in range(16):
            values[p * 16 + d] = at[p]
        if own[p] >= 0:
            k = own[p]
            place = (k // 256) * 4096 + (k & 3) * 1024 + ((k & 255) >> 2) * 16
            for d in range(16):
                rest = np.float32(1) - weights[place + d]
                inverse[p * 16 + d] = np.float32(1) / rest
                if not rest > np.float32(0):
                    failed |= np.uint32(1 << d)
    for d in range(16):
        values[size * 16 + d] = np.float32(1)
    for b in range(len(looped)):
        first, last = blocks[b], blocks[b + 1]
        if not looped[b]:
            for p in range(first, last):
                _row(weights, sources, values, base, inverse, starts[p], starts[p + 1], p, limit)
            continue
        one = np.ones(16, np.float32)
        hold = np.empty(16, np.float32)
        for p in range(first, last):
            for d in range(16):
                hold[d] = values[p * 16 + d]
                one[d] = inverse[p * 16 + d]
                inverse[p * 16 + d] = np.float32(1)
            _row(weights, sources, values, base, inverse, starts[p], inner[p], p, limit)
            for d in range(16):
                base[p * 16 + d] = values[p * 16 + d]
                values[p * 16 + d] = hold[d]
                inverse[p * 16 + d] = one[d]
        moving = np.uint32(0)
        for _ in range(most):
            moving = np.uint32(0)
            for p in range(first, last):
                moving |= _row(weights, sources, values, base, inverse, inner[p], starts[p + 1], p, limit)
            if moving == np.uint32(0):
                break
        failed |= moving
    for p in range(size):
        for d in range(16):
            if not abs(values[p * 16 + d]) < np.inf:
                failed |= np.uint32(1 << d)
    return values[: size * 16].copy().reshape(size, 16), failed
