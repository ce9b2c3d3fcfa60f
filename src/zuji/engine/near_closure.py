"""Loops that are closed but for less than anyone measures: refused like those of gain 1."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from zuji.engine.errors import LoopGainTooHigh
from zuji.engine.loops import refuse_gain
from zuji.engine.text import Text

NEARLY = Fraction(1, 10**6)
MEMBERS_SHOWN = 8


def refuse_nearly_closed(columns: Sequence[Mapping[int, Fraction]], names: Sequence[str]) -> None:
    """Like :func:`refuse_gain`, and also raise for a loop that would reach a gain of 1 were each need a millionth larger.

    Such a loop is below 1 by less than any activity datum is known: its solution is finite, a million times and more what leaves the loop,
    and says nothing. Whether it is so does not depend on the units of the products, since scaling keeps every cycle's gain.
    """
    try:
        refuse_gain([{i: need / (1 - NEARLY) for i, need in column.items()} for column in columns], names)
    except LoopGainTooHigh as nearly:
        refuse_gain(columns, names)
        shown = " → ".join(nearly.cycle[:MEMBERS_SHOWN])
        raise LoopGainTooHigh(
            Text(
                f"循环 {shown} 的增益与 1 相差不到百万分之一：几乎消耗掉自己的全部产出，结果被放大百万倍以上，没有意义。请检查其中各行的用量和单位。",
                f"The loop {shown} has a gain within a millionth of 1: it consumes all but nothing of what it makes, and any footprint is blown up "
                "a million times or more and means nothing. Check the amounts and units along it.",
            ),
            nearly.cycle,
        ) from nearly
