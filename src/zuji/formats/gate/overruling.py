"""Errors of the gate that a named person may overrule for one dataset after looking at it.

Only where the gate suspects and a person can know better. Never where nothing can be calculated, or a number would be too low in silence: dangling
references, units that do not fit, no or several or zero references, missing amounts, gases without a potential or kept as products, loops that
consume what they make, two contents under one identifier, what could not be read.
"""

from collections.abc import Collection
from dataclasses import dataclass

from zuji.engine.text import Text

OVERRULABLE: dict[str, Text] = {
    "coproducts.unallocated": Text(
        "其余产出是残余物，由基准产品承担全部", "the other outputs are residues, and the reference bears everything"
    ),
    "double-counting": Text("自身排放与燃料投入不重复", "own emissions and burnt fuel are not the same"),
    "emission.scale": Text("排放量级属实", "the size of the emission is real"),
    "exchange.duplicate": Text("重复的交换是两笔不同的量", "the repeated exchanges are two different amounts"),
    "gas.other-name": Text("该流确为所写温室气体", "the flow is the gas that it is entered as"),
    "uncertainty.contradiction": Text("数量正确，不确定性范围有误", "the amount is right and its range is wrong"),
    "unit.comment": Text("单位正确，说明文字有误", "the unit is right and the comment is wrong"),
    "unit.energy-mass": Text("以质量计的能量流属实", "the energy flow is really kept by mass"),
    "unit.fuel-mix": Text("以质量计的混合燃料属实", "the fuel mix is really kept by mass"),
    "unit.heating-value": Text("热值折算属实", "the heating value is real"),
    "unit.solid-volume": Text("以体积计的固体属实", "the solid is really kept by volume"),
}
"""By the code of the finding, what whoever overrules it vouches for."""


@dataclass(frozen=True, slots=True)
class Overruling:
    """A decision on one check of one dataset, whose content has this ``digest``: another content is not covered. ``at``: a date, ISO 8601."""

    dataset: str
    digest: str
    check: str
    by: str
    reason: str
    at: str


def applying(overrulings: Collection[Overruling], dataset: str, digest: str) -> dict[str, Overruling]:
    """The decisions on a dataset of this content, by check; those that may not be overruled are left out, whoever says what."""
    return {o.check: o for o in overrulings if o.dataset == dataset and o.digest == digest and o.check in OVERRULABLE}
