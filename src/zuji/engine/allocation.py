"""Allocation: how the burden of a process with several products is split among them.

Source: ISO 14067:2018 6.4.6 and ISO 14044:2006 4.3.4: avoid by subdivision or system expansion, else physical relations (mass, energy),
else others (economic). Shares are exact and sum to 1.
"""

from collections.abc import Sequence
from fractions import Fraction

from zuji.engine.amounts import Amounts
from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.quantities import decimal_text
from zuji.engine.study import Coproduct, Output, Process
from zuji.engine.text import Text
from zuji.engine.units import convert, parse_unit

CLAUSE = "ISO 14067:2018 6.4.6"
BASIS = {"mass": ("kg", "mass", "质量", "kg"), "energy": ("MJ", "energy", "热值", "MJ"), "economic": ("", "price", "价格", "price")}


def shares(process: Process, amounts: Sequence[Fraction], numbers: Amounts, findings: Findings) -> list[Fraction] | None:
    """The share of the burden that each product carries, the reference output first; None when a finding says why not."""
    products: list[Output | Coproduct] = [process.output, *process.coproducts]
    where = f"{process.id} / allocation"
    if len(products) == 1:
        if process.allocation is not None and process.allocation.method != "system_expansion":
            findings.info(
                "allocation.unused", where, Text("只有一种产品，无需分配。", "There is only one product, so nothing is allocated."), CLAUSE
            )
        return [Fraction(1)]
    if process.allocation is None:
        findings.error(
            "allocation.missing",
            where,
            Text(
                "有联产品而没有写明分配方法。请写 allocation: {method: mass | energy | economic | custom | system_expansion}。",
                "There are co-products and no allocation. State allocation: {method: mass | energy | economic | custom | system_expansion}.",
            ),
            CLAUSE,
        )
        return None
    method = process.allocation.method
    _check_unused(process, method, where, findings)
    if method == "system_expansion":
        return [Fraction(1)] + [Fraction(0)] * len(process.coproducts)
    if method == "custom":
        return _custom(process, products, numbers, findings, where)
    return _by_property(method, process.id, products, amounts, numbers, findings)


def _check_unused(process: Process, method: str, where: str, findings: Findings) -> None:
    """Shares without the method custom, or replaced products without system expansion, must not look as if they counted."""
    unused = ["shares"] if process.allocation and process.allocation.shares and method != "custom" else []
    if method != "system_expansion" and any(coproduct.replaces is not None for coproduct in process.coproducts):
        unused.append("replaces")
    if unused:
        findings.warning(
            "field.unused",
            where,
            Text(
                f"分配方法为 {method} 时，{'、'.join(unused)} 不起作用。请改方法，或删去它。",
                f"With the method {method}, {', '.join(unused)} has no effect. Change the method, or take it out.",
            ),
            CLAUSE,
        )


def _custom(process: Process, products: Sequence[Output], numbers: Amounts, findings: Findings, where: str) -> list[Fraction] | None:
    stated = process.allocation.shares if process.allocation and process.allocation.shares else {}
    names = [product.product for product in products]
    missing, unknown = [n for n in names if n not in stated], [n for n in stated if n not in names]
    if missing or unknown:
        findings.error(
            "allocation.shares-incomplete",
            where,
            Text(
                zh=f"自定义分配须给出每种产品的份额。缺少：{'、'.join(missing) or '无'}；不认识：{'、'.join(unknown) or '无'}。",
                en=f"Custom allocation needs a share for every product. Missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}.",
            ),
            CLAUSE,
        )
        return None
    parts = [numbers.number(stated[name], f"{where} / {name}") for name in names]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    total = sum(known, Fraction(0))
    if total != 1 or any(part < 0 for part in known):
        findings.error(
            "allocation.shares-sum",
            where,
            Text(
                zh=f"分配份额须不小于 0 且合计等于 1，现在合计为 {decimal_text(total)}。",
                en=f"Allocation shares must not be below 0 and must sum to 1; they sum to {decimal_text(total)}.",
            ),
            CLAUSE,
        )
        return None
    return known


def _by_property(
    method: str, process: str, products: Sequence[Output], amounts: Sequence[Fraction], numbers: Amounts, findings: Findings
) -> list[Fraction] | None:
    weights: list[Fraction] = []
    for product, amount in zip(products, amounts, strict=True):
        weight = _weight(method, process, product, amount, numbers, findings)
        if weight is None:
            return None
        weights.append(weight)
    total = sum(weights, Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights):
        findings.error(
            "allocation.no-basis",
            f"{process} / allocation",
            Text(
                "分配依据的合计须大于零，且没有一项为负。请核对各产品的质量、热值或价格。",
                "The basis of the allocation must sum to more than zero with no part below it. Check mass, energy or price of each product.",
            ),
            CLAUSE,
        )
        return None
    return [weight / total for weight in weights]


def _weight(method: str, process: str, product: Output, amount: Fraction, numbers: Amounts, findings: Findings) -> Fraction | None:
    unit, field, field_zh, per = BASIS[method]
    stated = {"mass": product.mass, "energy": product.energy, "economic": product.price}[method]
    where = f"{process} / {product.product} / {field}"
    if stated is not None:
        each = numbers.number(stated, where)
        return None if each is None else amount * each
    if unit:
        try:
            return convert(amount, parse_unit(product.unit), parse_unit(unit))
        except EngineError:
            pass  # The product is not measured in this dimension: the finding below says what to state.
    findings.error(
        "allocation.property-missing",
        where,
        Text(
            zh=f"按{field_zh}分配需要“{product.product}”每单位的 {field}({per}/{product.unit})。",
            en=f"Allocation by {field} needs {field} of “{product.product}” per unit ({per}/{product.unit}).",
        ),
        CLAUSE,
    )
    return None
