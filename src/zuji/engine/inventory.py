"""From the study as written to the product system as exact numbers (life cycle inventory, ISO 14067:2018 6.4).

A visible list of small steps; each leaves findings and never raises on what a user wrote.
"""

import datetime
from fractions import Fraction

from zuji.engine import allocation
from zuji.engine.amounts import Amounts
from zuji.engine.electricity import ELECTRICITY_CLAUSE
from zuji.engine.errors import EngineError
from zuji.engine.factor_use import characterized, resolve_factor
from zuji.engine.factors import FactorSource
from zuji.engine.findings import MOST_ERRORS, Findings
from zuji.engine.impact import GwpSet
from zuji.engine.line_reader import LineReader
from zuji.engine.merging import merge_lines
from zuji.engine.nearest import nearest
from zuji.engine.study import Coproduct, Output, Process, Study
from zuji.engine.system import ProductOf, ProductSystem
from zuji.engine.text import Text
from zuji.engine.units import canonical, convert, parse_unit


def build_system(study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date, findings: Findings) -> ProductSystem | None:
    """Read a study into a product system; None when the findings hold an error."""
    _check_period(study, today, findings)
    _check_gwp_set(study, gwp, findings)
    _check_process_ids(study, findings)
    numbers = Amounts(study.parameters, findings)
    system = ProductSystem(study)
    _read_products(system, numbers, findings)
    if findings.refused:
        # Lines are still read, so that every fault of the study shows at once; links to broken products are not followed.
        system.products = system.products if _complete(system) else []
    reader = LineReader(system, numbers, factors, gwp, findings)
    for process in in_order(study):
        reader.read(process)
    _read_demand(system, numbers, findings)
    _check_grid_mix(study, factors, gwp, findings)
    if findings.full:
        findings.error(
            "study.many-faults",
            "study",
            Text(
                f"错误已达 {MOST_ERRORS} 处，其余未再检查。请先更正已列出的。",
                f"There are {MOST_ERRORS} errors already, and the rest was not checked. Correct those listed first.",
            ),
        )
    if findings.refused:
        return None
    merge_lines(system)
    return system


def in_order(study: Study) -> list[Process]:
    """The processes by id: their order in the file means nothing."""
    return sorted(study.processes, key=lambda process: process.id)


def _complete(system: ProductSystem) -> bool:
    return set(system.product_columns()) == {process.id for process in system.study.processes}


def _check_period(study: Study, today: datetime.date, findings: Findings) -> None:
    period = study.period
    clause = "ISO 14067:2018 6.3.6"
    if period.start > period.end:
        findings.error(
            "period.reversed",
            "period",
            Text(
                zh=f"数据期的开始 {period.start} 晚于结束 {period.end}。请对调或更正。",
                en=f"The data period starts on {period.start}, after its end {period.end}. Swap or correct the dates.",
            ),
            clause,
        )
    elif period.end > today:
        findings.error(
            "period.future",
            "period / end",
            Text(
                zh=f"数据期结束于 {period.end}，晚于今天 {today}。活动数据须是已发生的；请改为已结束的时期。",
                en=f"The data period ends on {period.end}, after today ({today}). Activity data are of the past: give a period that has ended.",
            ),
            clause,
        )


def _check_gwp_set(study: Study, gwp: GwpSet, findings: Findings) -> None:
    if gwp.name != study.gwp:
        findings.error(
            "gwp.other-set",
            "gwp",
            Text(f"研究要求 {study.gwp}，而给出的是 {gwp.name}。", f"The study asks for {study.gwp}, but {gwp.name} was supplied."),
            "ISO 14067:2018 6.5",
        )


def _check_grid_mix(study: Study, factors: FactorSource, gwp: GwpSet, findings: Findings) -> None:
    """The factor to compare contractual electricity with is held to the same rules as any other, and is per energy."""
    if study.grid_mix is None:
        return
    factor = resolve_factor(study.grid_mix, Text("电网", "grid"), "grid_mix", study, factors, findings)
    if factor is None or not characterized(factor, gwp, "grid_mix", findings):
        return
    try:
        convert(Fraction(1), parse_unit(factor.per), parse_unit("kWh"))
    except EngineError as error:
        findings.error("unit.dimension", "grid_mix", error.text, ELECTRICITY_CLAUSE)


def _check_process_ids(study: Study, findings: Findings) -> None:
    seen: set[str] = set()
    for process in study.processes:
        if process.id in seen:
            findings.error(
                "process.duplicate",
                process.id,
                Text(
                    f"过程编号“{process.id}”出现多次。每个过程须有唯一编号。",
                    f"The process id “{process.id}” occurs twice. Ids must be unique.",
                ),
            )
        seen.add(process.id)
    if study.reference not in seen:
        near = nearest(study.reference, seen)
        findings.error(
            "process.missing",
            "reference",
            Text(
                zh=f"基准过程“{study.reference}”不在研究中。" + (f"是否为：{'、'.join(near)}?" if near else ""),
                en=f"The reference process “{study.reference}” is not in the study."
                + (f" Did you mean {', '.join(near)}?" if near else ""),
            ),
        )


def _read_products(system: ProductSystem, numbers: Amounts, findings: Findings) -> None:
    for process in in_order(system.study):
        if findings.full:
            return
        outputs: list[Output | Coproduct] = [process.output, *process.coproducts]
        amounts = [_output_amount(process, output, numbers, findings) for output in outputs]
        names = [output.product for output in outputs]
        if len(set(names)) < len(names):
            findings.error(
                "product.duplicate",
                process.id,
                Text("同一过程的产品名称重复。请逐一命名。", "Two products of this process have the same name. Name each differently."),
            )
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(outputs):
            continue
        shares = allocation.shares(process, known, numbers, findings)
        if shares is None:
            continue
        for output, amount, share in zip(outputs, known, shares, strict=True):
            system.products.append(ProductOf(process.id, output.product, amount, output.unit, share))


def _output_amount(process: Process, output: Output, numbers: Amounts, findings: Findings) -> Fraction | None:
    where = f"{process.id} / {output.product}"
    unit = numbers.unit(output.unit, f"{where} / unit")
    amount = None if unit is None else numbers.amount(output.amount, unit, f"{where} / amount", at_least_zero=False)
    if amount is not None and amount <= 0:
        findings.error(
            "output.not-positive",
            f"{where} / amount",
            Text(
                "产出必须大于零，否则单位产品的排放没有意义。请核对产量。",
                "An output must be greater than zero, or emissions per unit of product mean nothing. Check the production figure.",
            ),
            "ISO 14044:2006 4.2.3.2",
        )
        return None
    return amount


def _read_demand(system: ProductSystem, numbers: Amounts, findings: Findings) -> None:
    """The declared unit as an amount of the reference product (reference flow, ISO 14067:2018 6.3.3)."""
    study = system.study
    unit = numbers.unit(study.declared_unit.unit, "declared_unit / unit")
    if unit is None:
        return
    amount = numbers.amount(study.declared_unit.amount, unit, "declared_unit / amount", at_least_zero=False)
    if amount is None:
        return
    if amount <= 0:
        findings.error(
            "declared-unit.not-positive",
            "declared_unit / amount",
            Text("声明单位的数量必须大于零。", "The declared unit must be greater than zero."),
        )
        return
    standard = canonical(unit)
    system.declared = (convert(amount, unit, standard), standard.text)
    columns = system.product_columns().get(study.reference)
    if not columns:
        return
    system.reference = columns[0]
    product = system.products[columns[0]]
    try:
        system.demand = convert(amount, unit, parse_unit(product.unit))
    except EngineError as error:
        findings.error("declared-unit.dimension", "declared_unit / unit", error.text, "ISO 14067:2018 6.3.3")
