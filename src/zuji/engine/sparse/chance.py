"""Random numbers by counter, sixteen draws side by side.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011): the number at (entry,
draw) is a function of the seed and of these two alone. So any batch of draws gives the same numbers wherever and in whatever order it is
made, and one entry's number is the same for every product that depends on it. Normals are by Box and Muller (Ann. Math. Statist. 29, 1958);
logarithm, exponential, sine and cosine by the polynomials of Moshier's Cephes library in float32, written out here, so that they are
compiled into vector instructions, for 256 entries at a time in the fastest cache, and give the same bits on every processor. 24 bits make a
uniform number, so that a normal is at most 5.9.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from zuji.engine.sparse.compiled import compiled

LANES = 16  # draws side by side: one register of the widest processors, one cache line of float32

Single = NDArray[np.float32]
Kinds = NDArray[np.uint8]
Words = NDArray[np.uint32]
Starts = NDArray[np.int64]

f4, i4, u4, u8 = np.float32, np.int32, np.uint32, np.uint64
_MULTIPLIER_A, _MULTIPLIER_B = u8(0xD2511F53), u8(0xCD9E8D57)
_WEYL_A, _WEYL_B = u4(0x9E3779B9), u4(0xBB67AE85)
_HALF_WORD = u8(32)
_ROOT_HALF_BITS = i4(0x3F3504F3)


@intrinsic
def _fill(_typing: Any, array: Any, first: Any, value: Any) -> Any:
    """The same number in LANES places of a float32 array: one instruction, where a loop over the lanes becomes sixteen, as arrays may overlap."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, word = ir.VectorType(ir.FloatType(), LANES), ir.IntType(32)
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        one = builder.insert_element(ir.Constant(vector, ir.Undefined), arguments[2], ir.Constant(word, 0))
        all_lanes = builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(word, LANES), [0] * LANES))
        builder.store(all_lanes, builder.bitcast(builder.gep(data, [arguments[1]]), vector.as_pointer()), align=4)
        return context.get_dummy_value()

    return types.void(array, first, value), code


@intrinsic
def _lift(_typing: Any, target: Any, entry: Any, source: Any, group: Any) -> Any:
    """The LANES numbers of a group into the row of an entry: one load and one store."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector, index = ir.VectorType(ir.FloatType(), LANES), ir.IntType(64)

        def lanes(number: int, at: Any) -> Any:
            data = context.make_array(signature.args[number])(context, builder, arguments[number]).data
            return builder.bitcast(builder.gep(data, [builder.mul(at, ir.Constant(index, LANES))]), vector.as_pointer())

        builder.store(builder.load(lanes(2, arguments[3]), align=4), lanes(0, arguments[1]), align=4)
        return context.get_dummy_value()

    return types.void(target, entry, source, group), code


@compiled
def _round(a: Any, b: Any, c: Any, d: Any, x: Any, y: Any) -> Any:
    """One round of Philox on four words with a key of two."""
    p, q = u8(a) * _MULTIPLIER_A, u8(c) * _MULTIPLIER_B
    return u4(u4(q >> _HALF_WORD) ^ b ^ x), u4(q), u4(u4(p >> _HALF_WORD) ^ d ^ y), u4(p)


@compiled
def philox(w0: Words, w1: Words, w2: Words, w3: Words, first: int, stream: int, draw: int, row: int, key: tuple[int, int]) -> None:
    """Fill four rows of words, one column for each of LANES draws of each group of four entries from ``first``; ``stream``, ``row``: apart."""
    key_a, key_b = u4(key[0]), u4(key[1])
    for t in range(w0.shape[0]):
        a, b = u4(u4(first) + u4(u4(t) >> u4(4))), u4(stream)
        c, d = u4(u4(draw) + u4(u4(t) & u4(15))), u4(row)
        x, y = key_a, key_b
        # Written out: the compiler does not turn a loop of rounds within a loop of lanes into vector instructions.
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        x, y = u4(x + _WEYL_A), u4(y + _WEYL_B)
        a, b, c, d = _round(a, b, c, d, x, y)
        w0[t], w1[t], w2[t], w3[t] = a, b, c, d


@compiled
def _logarithm(bits: Any) -> Any:
    """The logarithm of a positive float32, given by its bits."""
    j = i4(bits - _ROOT_HALF_BITS)
    m = np.int32(i4(i4(j & i4(0x7FFFFF)) + _ROOT_HALF_BITS)).view(np.float32) - f4(1)
    z, n = m * m, f4(i4(j >> i4(23)))
    y = f4(7.0376836292e-2) * m + f4(-1.1514610310e-1)
    y = ((y * m + f4(1.1676998740e-1)) * m + f4(-1.2420140846e-1)) * m + f4(1.4249322787e-1)
    y = ((y * m + f4(-1.6668057665e-1)) * m + f4(2.0000714765e-1)) * m + f4(-2.4999993993e-1)
    y = (y * m + f4(3.3333331174e-1)) * m * z + f4(-2.12194440e-4) * n - f4(0.5) * z
    return m + y + f4(0.693359375) * n


@compiled
def _exponential(x: Any) -> Any:
    """The exponential of a float32."""
    x = min(max(x, f4(-87.0)), f4(88.0))
    n = i4(i4(x * f4(1.4426950408889634) + f4(128.5)) - i4(128))
    r = x - f4(n) * f4(0.693359375) - f4(n) * f4(-2.12194440e-4)
    y = (f4(1.9875691500e-4) * r + f4(1.3981999507e-3)) * r + f4(8.3334519073e-3)
    y = ((y * r + f4(4.1665795894e-2)) * r + f4(1.6666665459e-1)) * r + f4(5.0000001201e-1)
    return (y * r * r + r + f4(1)) * np.int32(i4(n + i4(127)) << i4(23)).view(np.float32)


@compiled
def _normals(ahead: Words, turn: Words, uniform: Single, one: Single, other: Single) -> None:
    """Two normals of each pair of words: a radius from the first, a quarter of the circle and an angle within it from the second."""
    for t in range(ahead.shape[0]):
        uniform[t] = (f4(i4(ahead[t] >> u4(8))) + f4(0.5)) * f4(2.0**-24)
    bits = uniform.view(np.int32)
    for t in range(ahead.shape[0]):
        radius = np.sqrt(f4(-2) * _logarithm(bits[t]))
        quarter = u4(turn[t] >> u4(30))
        a = (f4(i4(u4(turn[t] >> u4(6)) & u4(0xFFFFFF))) - f4(8388607.5)) * f4(2.0**-24 * 1.5707963267948966)
        z = a * a
        sine = ((f4(-1.9515295891e-4) * z + f4(8.3321608736e-3)) * z + f4(-1.6666654611e-1)) * z * a + a
        cosine = ((f4(2.443315711809948e-5) * z + f4(-1.388731625493765e-3)) * z + f4(4.166664568298827e-2)) * z * z - f4(0.5) * z + f4(1)
        odd = (quarter & u4(1)) != u4(0)
        radius = -radius if (quarter & u4(2)) != u4(0) else radius
        one[t] = radius * (cosine if odd else sine)
        other[t] = radius * (sine if odd else cosine)


@compiled
def multipliers(kinds: Kinds, spreads: Single, shares: Single, address: tuple[int, int, int], key: tuple[int, int]) -> Single:
    """One number for each entry and lane, (entries, 16): its share times a lognormal (1) or normal (2) multiplier, or (other kinds) the share.

    ``address``: stream, first draw, row. A lognormal multiplier has the median 1 and ``spreads`` as the standard deviation of its logarithm; a
    normal one the mean 1 and ``spreads`` as its standard deviation.
    """
    stream, draw, row = address
    chunks = (len(kinds) + 255) // 256
    made, ready = np.empty((len(kinds), LANES), np.float32), np.empty(4096, np.float32)
    w0, w1, w2, w3 = np.empty(1024, np.uint32), np.empty(1024, np.uint32), np.empty(1024, np.uint32), np.empty(1024, np.uint32)
    uniform, normal = np.empty(1024, np.float32), np.empty(4096, np.float32)
    share, spread, straight = np.zeros(1024, np.float32), np.zeros(1024, np.float32), np.zeros(1024, np.float32)
    for chunk in range(chunks):
        wide = min(64, (len(kinds) - chunk * 256 + 3) // 4) * 16
        philox(w0[:wide], w1[:wide], w2[:wide], w3[:wide], chunk * 64, stream, draw, row, key)
        _normals(w0[:wide], w1[:wide], uniform[:wide], normal[:wide], normal[1024 : 1024 + wide])
        _normals(w2[:wide], w3[:wide], uniform[:wide], normal[2048 : 2048 + wide], normal[3072 : 3072 + wide])
        for j in range(4):
            for g in range(wide // 16):
                k = min(chunk * 256 + g * 4 + j, len(kinds) - 1)
                u, s = shares[k], spreads[k]
                curve, line = f4(1 if kinds[k] == 1 else 0), f4(1 if kinds[k] == 2 else 0)
                _fill(share, g * 16, u)  # type: ignore[call-arg]  # numba passes the first
                _fill(spread, g * 16, s * curve)
                _fill(straight, g * 16, s * line)
            at = j * 1024
            _spread_out(normal[at : at + wide], spread[:wide], share[:wide], straight[:wide], ready[at : at + wide])
        for k in range(min(256, len(kinds) - chunk * 256)):
            _lift(made, chunk * 256 + k, ready, (k & 3) * 64 + (k >> 2))  # type: ignore[call-arg]  # numba passes the first
    return made


@compiled
def _spread_out(normal: Single, curved: Single, share: Single, straight: Single, made: Single) -> None:
    """All lanes of 64 entries: their shares times a lognormal or a straight multiplier; where both spreads are 0, the share itself."""
    for t in range(normal.shape[0]):
        made[t] = share[t] * (_exponential(curved[t] * normal[t]) + straight[t] * normal[t])


@compiled
def multipliers_by_row(
    starts: Starts, kinds: Kinds, spreads: Single, shares: Single, numbers: Starts, address: tuple[int, int], key: tuple[int, int]
) -> Single:
    """The multiplier of each entry in each lane, entries in rows each drawn under its own number: (entries, 16); the share where there is no spread.

    ``address``: stream, first draw. Row n, entries ``starts[n]`` to ``starts[n + 1]``, has the numbers that it would have alone.
    """
    stream, draw = address
    made = np.empty((len(kinds), LANES), np.float32)
    for n in range(len(numbers)):
        first, last = starts[n], starts[n + 1]
        if not kinds[first:last].any():
            for k in range(first, last):
                made[k, :] = shares[k]
            continue
        drawn = multipliers(kinds[first:last], spreads[first:last], shares[first:last], (stream, draw, numbers[n]), key)
        made[first:last] = drawn
    return made
