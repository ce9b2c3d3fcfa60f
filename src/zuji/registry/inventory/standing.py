"""What may be done with the number of a dataset: one answer, from the strictest reason to none."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.sparse.background import Background
from zuji.engine.text import Text
from zuji.formats.gate.assembly import AGGREGATED, Assembled
from zuji.formats.inventory import Dataset


@dataclass(frozen=True, slots=True)
class Standing:
    """A name for people and the sentence behind it."""

    name: Text
    why: Text


STANDING: Mapping[str, Standing] = {
    "usable": Standing(
        Text("可用", "usable"),
        Text(
            "供应链没有缺口，数值可以采用为因子；采用后仍为“未核实”，待评审。",
            "Its supply has no gap: the value can become a factor, which stays unverified until it is reviewed.",
        ),
    ),
    "direct": Standing(
        Text("仅直接排放", "direct only"),
        Text(
            "这个单元过程没有写任何产品投入，数值只是它自身的排放，不是全生命周期数值，不能采用为因子。",
            "This unit process states no input of a product: the number is its own emissions and no life-cycle value. It cannot become a factor.",
        ),
    ),
    "nothing": Standing(
        Text("无温室气体", "no greenhouse gas"),
        Text(
            "它和它的供应链没有写任何温室气体。没有写不等于没有排放：不给出数值。",
            "Neither it nor its supply states a greenhouse gas. Not stated is not zero: no number is shown.",
        ),
    ),
    "gaps": Standing(
        Text("有缺口", "gaps"),
        Text(
            "供应链中有投入没有供应数据集，或者其供应数据集没有写任何投入或温室气体。数值只是已知部分之和，不能采用为因子。",
            "Somewhere in its supply an input has no supplier, or one that states no input or no greenhouse gas. The number sums what is known only "
            "and cannot become a factor.",
        ),
    ),
    "refused": Standing(
        Text("未采用", "kept out"),
        Text("导入检查发现错误，没有进入数据库的求解。", "The import gate found errors: it is not part of the solved database."),
    ),
}


def standing_of(dataset: Dataset, *, needs_suppliers: bool, assembled: Assembled, background: Background) -> str:
    """The standing of an admitted dataset; ``needs_suppliers`` says whether it takes anything from another dataset."""
    j = assembled.place[dataset.id]
    if not background.values[j].any():
        return "nothing"
    if not needs_suppliers and dataset.kind not in AGGREGATED:
        return "direct"
    return "gaps" if background.incomplete[j] else "usable"
