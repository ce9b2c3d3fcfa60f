"""What the pages of a dataset's analyses show, made of what the queries found."""

from decimal import Decimal

from zuji.documents import supply_charts
from zuji.documents.chart_tables import NONE, TOTAL, Entry, Figure, Table
from zuji.documents.charts import OTHER
from zuji.documents.numerals import Column, percent, shown
from zuji.documents.supply_charts import Part, Parts, Range
from zuji.documents.waterfall import DRIVERS, Step, steps_between
from zuji.engine.sparse.difference import CAUSES, Cause
from zuji.engine.text import Language, Text
from zuji.registry.inventory.analysis import Analysis, Changed, Paired, Place
from zuji.registry.inventory.queries import ReleaseRow
from zuji.web.labels import printed_unit
from zuji.web.pages.inventory.presenting import exact

CAUSE_NAMES: dict[Cause, Text] = {
    "factor": DRIVERS["factor"],
    "activity": DRIVERS["activity"],
    "electricity": DRIVERS["electricity"],
    "structure": DRIVERS["structure"],
    "allocation": DRIVERS["allocation"],
    "rule": Text("规则", "Rule"),
}
CAUSE_MEANINGS: dict[Cause, Text] = {
    "factor": Text("过程自身的直接排放不同", "a process's own direct emissions differ"),
    "activity": Text("投入的用量不同", "the amount of an input differs"),
    "electricity": Text(
        "电力投入的用量不同（按产品名称判断）", "the amount of an input of electricity differs, told by the name of the product"
    ),
    "structure": Text("只有一个版本有这个过程或这项投入", "only one release has the process or the input"),
    "allocation": Text(
        "过程的全部投入与排放乘以同一系数：分配或基准量不同",
        "everything in a process is multiplied with one number: its allocation or reference",
    ),
    "rule": Text(
        "数据集内容相同而结果不同：来自链接规则、导入检查或增温潜势",
        "the dataset's content is the same: linking, the gate or a GWP made the difference",
    ),
}
OWN = Text("自身的直接排放", "its own direct emissions")


def place_name(place: Place) -> Text:
    """A number of the network in words."""
    of, need = place.consumer.name, place.supplier.product if place.supplier else None
    if need is None:
        return Text(f"{of.zh}：{OWN.zh}", f"{of.en}: {OWN.en}")
    return Text(f"{of.zh}：{need.zh}的用量", f"{of.en}: amount of {need.en}")


def paths(found: Analysis) -> Parts:
    """The supply paths; with the rest they sum to the number as shown."""
    parts = []
    for line in found.paths:
        names = [row.name for row in line.chain]
        last = Text(" › ".join(name.zh for name in names[-2:]), " › ".join(name.en for name in names[-2:]))
        if len(names) == 1:
            last = Text(f"{last.zh}（自身）", f"{last.en} (itself)")
        chain = Text(" › ".join(name.zh for name in names), " › ".join(name.en for name in names))
        needed = f"{shown(exact(line.amount))} {printed_unit(line.chain[-1].unit)}"
        full = Text(f"{chain.zh}（需要 {needed}）", f"{chain.en} ({needed} needed)")
        parts.append(Part(last, full if len(names) > 1 else last, exact(line.value)))
    total = exact(found.total)
    rest = total - sum((part.value for part in parts), Decimal(0))
    name = Text(f"{OTHER.zh}：更长或更小的路径", f"{OTHER.en}: longer or smaller paths")
    return Parts(tuple(parts), rest, name if abs(rest) > abs(total) * Decimal("1e-12") else None, total)


def swings(found: Analysis) -> tuple[Range, ...]:
    """What moves the number, the widest first."""
    return tuple(
        Range(place_name(one.place), None if one.low is None else exact(one.low), None if one.high is None else exact(one.high))
        for one in found.swings
    )


def swing_heads(found: Analysis, unit: str) -> tuple[Text, Text, Text]:
    """Of the table of swings."""
    low, high = ("2.5 %", "97.5 %") if found.stated else ("−10 %", "+10 %")
    return Text(f"变动的数（总量，{unit}）", f"Number moved (total, {unit})"), Text(low, low), Text(high, high)


def budget(found: Analysis) -> Parts:
    """Shares of the variance in per cent."""
    assert found.budget is not None
    listed = zip(found.budget_places, found.budget.shares, strict=True)
    names = [(place_name(place), exact(share.share * 100)) for place, share in listed]
    parts = tuple(Part(name, name, value) for name, value in names)
    total = Decimal(100)
    rest = total - sum((part.value for part in parts), Decimal(0))
    return Parts(parts, rest, OTHER if rest > Decimal("1e-9") else None, total, shares=False)


def verdict(found: Paired) -> Text:
    """What the comparison run by run says, in one sentence."""
    assert found.found is not None
    share, (low, high) = found.found.lower, found.found.between
    said = [percent(Decimal(repr(value))) or NONE for value in (share, low, high)]
    return Text(
        f"在 {said[0]} 的模拟中，本数据集低于所比较的数据集（{found.found.runs:,} 次；该比例的 95 % 区间为 {said[1]} 至 {said[2]}）。",
        f"In {said[0]} of the runs this dataset is lower than the other ({found.found.runs:,} runs; 95 % interval of that share: {said[1]} to {said[2]}).",
    )


def edition(row: ReleaseRow) -> Text:
    """What a release is called beside another: its edition where it has one, its code and day."""
    day = row.at.date().isoformat()
    return Text(f"{row.edition or row.code[:8]}（{day}）", f"{row.edition or row.code[:8]} ({day})")


def steps(found: Changed) -> tuple[Step, ...]:
    """From the number of one release, cause by cause, to that of the other."""
    changes = [(cause, CAUSE_NAMES[cause], exact(found.by_cause[cause])) for cause in CAUSES if cause in found.by_cause]
    return steps_between((edition(found.earlier), exact(found.before)), (edition(found.later), exact(found.after)), changes)


def changes(found: Changed, unit: str, language: Language) -> Table:
    """The largest changes and the rest; as shown they sum to the difference as shown."""
    total = exact(found.after) - exact(found.before)
    values = {str(k): exact(line.value) for k, line in enumerate(found.lines)}
    rest = total - sum(values.values(), Decimal(0))
    listed = values | ({"rest": rest} if found.rest_count else {})
    column = Column(listed, total)
    heads = (
        Text("变化之处", "What changed"),
        Text("因素", "Driver"),
        Text("之前", "Before"),
        Text("之后", "After"),
        Text(unit, unit),
    )
    rows: list[tuple[Entry, ...]] = [
        (
            place_name(line.place).in_(language),
            CAUSE_NAMES[line.cause].in_(language),
            _side(line.before),
            _side(line.after),
            Figure(column.text(str(k)), values[str(k)]),
        )
        for k, line in enumerate(found.lines)
    ]
    if found.rest_count:
        name = Text(f"{OTHER.zh} {found.rest_count:,} 项", f"{found.rest_count:,} others").in_(language)
        rows.append((name, "", "", "", Figure(column.text("rest"), rest)))
    return Table(tuple(head.in_(language) for head in heads), tuple(rows), (TOTAL.in_(language), "", "", "", Figure(column.total, total)))


def _side(value: float | None) -> Figure:
    return Figure(NONE) if value is None else Figure(shown(exact(value)), exact(value))


def unit_of(found: Analysis) -> str:
    """The unit of every number of a dataset."""
    return supply_charts.per(found.row.unit)
