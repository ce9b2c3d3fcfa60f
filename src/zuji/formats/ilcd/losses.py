"""What of an inventory ILCD 1.1, and TIDAS with it, has no place for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.ilcd.building import LICENCES, amount_in_flow_unit, factor_to_flow_unit, per_cent, with_units
from zuji.formats.ilcd.carrying import EXTENDED, documentation_of
from zuji.formats.ilcd.composing import is_cas, is_uuid, is_version
from zuji.formats.ilcd.uncertainty import lost_uncertainty
from zuji.formats.inventory import Allocation, Dataset, Exchange, Flow, FlowProperty, Inventory, UnitGroup

# By code: what is not carried, and what stands in the file instead. The documentation's table is made of this.
LOSSES: Mapping[str, Text] = {
    "supplier": Text(
        "投入写明的供应数据集：ILCD 的过程数据集没有这一项，文件中只有流。",
        "The supplying dataset that an input names: processes of ILCD have no place for it. The file holds the flow alone.",
    ),
    "credit": Text(
        "“避免的产品”标记：方向和数量照写，标记没有位置。",
        "That an exchange is a credit (avoided product): direction and amount are written, the mark has no place.",
    ),
    "unit of entry": Text(
        "录入单位：数量换算为该流的基准单位后写出。", "The unit of entry: the amount is converted into the reference unit of its flow."
    ),
    "unit not followed": Text(
        "单位无法按清单自身的单位组换算的交换：不写出。",
        "An exchange whose unit cannot be converted by the inventory's own unit groups: it is left out.",
    ),
    "missing amount": Text(
        "没有数量的交换：不写出；没有写不等于零。", "An exchange without an amount: it is left out; not stated is not zero."
    ),
    "allocation of all exchanges": Text(
        "对整个数据集的分配：ILCD 逐条交换分配，文件中没有这项分配。",
        "An allocation of the dataset as a whole: ILCD allocates exchange by exchange. The file has no such allocation.",
    ),
    "digits of an allocation": Text(
        "分配比例的位数：ILCD 只容 0.001 %，按四舍六入五成双写出。",
        "Digits of an allocated share: ILCD takes thousandths of a per cent. It is rounded, half to even.",
    ),
    "uncertainty": Text(
        "ILCD 没有的分布、不完整的分布，或超出其字段位数的离散度：不写出。",
        "A distribution that ILCD does not have, one with a fault, or a spread beyond the digits of its field: it is left out.",
    ),
    "most likely value": Text(
        "三角分布的最可能值：ILCD 的三角分布是对称的。", "The most likely value of a triangular distribution: that of ILCD is symmetric."
    ),
    "centre of the uncertainty": Text(
        "与数量不同的分布中心：写出的离散度以数量为中心。",
        "A centre of the distribution that is not the amount: the spread is written about the amount.",
    ),
    "digits of the uncertainty": Text("离散度的位数：ILCD 只容小数点后三位。", "Digits of a spread: ILCD takes three behind the point."),
    "production volume": Text("以数值给出的年产量。", "A production volume as a number."),
    "identifier": Text(
        "不是 UUID 的编号：写出由它得到的、总是相同的 UUID。",
        "An identifier that is no UUID: a UUID is written that is always made of the same words.",
    ),
    "version": Text("不合 00.00.000 写法的版本号：写作 00.00.000。", "A version that is not spelled 00.00.000: 00.00.000 is written."),
    "unit on the flow": Text(
        "只写在流上的单位：为每个单位写出只含这一个单位的单位组和流属性。",
        "A unit that stands on the flow alone: a flow property and a unit group of this one unit are written for it.",
    ),
    "CAS number": Text("不合 CAS 写法的编号：不写出。", "A CAS number that is not spelled as one: it is left out."),
    "licence": Text(
        "不在 ILCD 清单中的许可：写作 Other，原文写在使用限制一项。",
        "A licence that is not on ILCD's list: “Other” is written, and its words stand under access restrictions.",
    ),
    "category levels": Text("基元流类别的第五级及以下。", "Levels of an elementary flow's category from the fifth on."),
    "extension": Text(
        "其他模式的扩展内容（如 ILCD+EPD 的分模块结果）：不写出。",
        "Extensions of other schemas, such as results by module of ILCD+EPD: they are left out.",
    ),
}
_MOST_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that the format has no place for: ``what`` (see LOSSES), of which dataset, and in which exchange."""

    what: str
    dataset: str
    exchange: int | None = None


def lost(inventory: Inventory) -> tuple[Lost, ...]:
    """Everything of the inventory that is not in the files, dataset by dataset."""
    found: list[Lost] = []
    ready = with_units(inventory)
    for dataset in inventory.datasets:
        found += _of_thing(dataset)
        if any(share.exchange is None for share in dataset.allocations):
            found.append(Lost("allocation of all exchanges", dataset.id))
        if dataset.licence and dataset.licence not in LICENCES:
            found.append(Lost("licence", dataset.id))
        if dataset.volume is not None:
            found.append(Lost("production volume", dataset.id))
        found += (Lost("digits of an allocation", dataset.id, s.exchange) for s in dataset.allocations if _rounded(s))
        for exchange in dataset.exchanges:
            found += (Lost(what, dataset.id, exchange.number) for what in _of_exchange(exchange, ready))
    for flow in inventory.flows.values():
        found += _of_thing(flow)
        if flow.cas and not is_cas(flow.cas):
            found.append(Lost("CAS number", flow.id))
        if ready.flows[flow.id].unit != flow.unit or (flow.unit and not flow.measures):
            found.append(Lost("unit on the flow", flow.id))
        if flow.kind == "elementary" and len(flow.categories) > _MOST_LEVELS:
            found.append(Lost("category levels", flow.id))
    for measured in inventory.properties.values():
        found += _of_thing(measured)
    for group in inventory.groups.values():
        found += _of_thing(group)
    return tuple(found)


def _of_thing(thing: Dataset | Flow | FlowProperty | UnitGroup) -> Iterator[Lost]:
    if not is_uuid(thing.id):
        yield Lost("identifier", thing.id)
    if thing.version and not is_version(thing.version):
        yield Lost("version", thing.id)
    if documentation_of(thing.documentation).get(EXTENDED):
        yield Lost("extension", thing.id)


def _rounded(share: Allocation) -> bool:
    return share.exchange is not None and share.fraction * 100 != Decimal(per_cent(share))


def _of_exchange(exchange: Exchange, inventory: Inventory) -> Iterator[str]:
    if spread := lost_uncertainty(exchange, factor_to_flow_unit(exchange, inventory)):
        yield spread
    if not is_uuid(exchange.flow):
        yield "identifier"
    if exchange.provider:
        yield "supplier"
    if exchange.avoided:
        yield "credit"
    if exchange.amount is None:
        yield "missing amount"
    elif amount_in_flow_unit(exchange, inventory) is None:
        yield "unit not followed"
    elif exchange.property or (exchange.unit and exchange.unit != inventory.unit_of_flow(exchange.flow)):
        flow = inventory.flows.get(exchange.flow)
        if exchange.unit or flow is None or exchange.property != flow.reference_property:
            yield "unit of entry"
