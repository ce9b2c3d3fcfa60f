"""What a file states of uncertainty and nobody can draw is said."""

from collections import Counter

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.spreads import drawable, told

_REASONS = {
    "incomplete": Text("缺少参数", "a parameter is missing"),
    "unsupported": Text("不支持的分布", "a distribution that is not drawn"),
    "zero": Text("数量为零", "the amount is zero"),
}


def uncertainty_unused(case: Case) -> list[GateFinding]:
    """A distribution without its parameters, one that is not drawn, or one about zero: the amount counts as if it were exact."""
    found = []
    for dataset in case.inventory.datasets:
        unused = [(line, why) for line in case.lines_of[dataset.id] if (why := drawable(line.exchange)) in _REASONS]
        if unused:
            counted = Counter(str(why) for _, why in unused)
            first = unused[0][0].exchange
            example = told(first.uncertainty) if first.uncertainty else ""
            zh = "、".join(f"{_REASONS[why].zh} {n} 个" for why, n in sorted(counted.items()))
            en = ", ".join(f"{_REASONS[why].en}: {n}" for why, n in sorted(counted.items()))
            message = Text(
                f"{len(unused)} 个不确定性不能抽样（{zh}），如“{first.name}”：{example}；其数量按定值使用。",
                f"{len(unused)} uncertainties cannot be drawn ({en}), such as that of “{first.name}”: {example}. Their amounts count as exact.",
            )
            found.append(about("uncertainty.unused", "info", dataset, message, first))
    return found
