"""Reading the inputs and emissions of a process: which kind of line each is, in which unit, and what is wrong with it."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from zuji.engine.amounts import Amounts
from zuji.engine.electricity import check_claim
from zuji.engine.errors import EngineError
from zuji.engine.factor_use import characterized, resolve_factor
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.measures import InputMeasures, Measured
from zuji.engine.nearest import nearest
from zuji.engine.quality import check_data
from zuji.engine.study import Coproduct, Data, Emission, Input, OwnFactor, Process
from zuji.engine.system import CutLine, EmissionLine, FactorLine, GapLine, LinkLine, ProductSystem
from zuji.engine.text import Text
from zuji.engine.units import canonical, convert, convert_with, parse_factor_unit, parse_unit

NO_DATA = Data()


class LineReader:
    """Reads the lines of processes into a product system."""

    def __init__(self, system: ProductSystem, numbers: Amounts, factors: FactorSource, gwp: GwpSet, findings: Findings) -> None:
        self.system = system
        self.numbers = numbers
        self.factors = factors
        self.gwp = gwp
        self.findings = findings
        self.measures = InputMeasures(numbers, findings)
        self.ids = {process.id for process in system.study.processes}
        self.columns = system.product_columns()
        self.known_data: dict[Data, Data] = {}
        self.expanded = {p.id for p in system.study.processes if p.allocation is not None and p.allocation.method == "system_expansion"}

    def read(self, process: Process) -> None:
        """All lines of one process."""
        if not check_data(process.data, process.id, self.findings):
            return
        readings: list[Callable[[], None]] = [partial(self._input, process, item) for item in process.inputs]
        readings += [partial(self._emission, process, emission) for emission in process.emissions]
        if process.id in self.expanded:
            readings += [partial(self._credit, process, coproduct) for coproduct in process.coproducts]
        for reading in readings:
            if self.findings.full:
                return
            reading()

    def _data(self, own: Data | None, of_process: Data | None) -> Data:
        """A line's own data, else its process's; equal data are one object, so that comparing them later costs nothing."""
        data = own or of_process or NO_DATA
        return self.known_data.setdefault(data, data)

    def _input(self, process: Process, item: Input) -> None:
        where = f"{process.id} / {item.name.zh}"
        if not check_data(item.data, where, self.findings):
            return
        measured = self.measures.measured(item, where)
        check_claim(item.electricity, measured[1] if measured is not None else None, where, self.findings)
        self._check_unused(item, where)
        ways = [item.process is not None, item.factor is not None, item.cut_off is not None]
        if sum(ways) > 1:
            self.findings.error(
                "input.two-ways",
                where,
                Text("因子、过程、取舍只能写其一。", "State only one of factor, process and cut_off."),
            )
        elif item.cut_off is not None:
            estimate = self.numbers.number(item.cut_off.estimate, f"{where} / cut_off / estimate")
            if estimate is not None and estimate < 0:
                self.findings.error(
                    "cut-off.negative",
                    f"{where} / cut_off / estimate",
                    Text(
                        "取舍的估计量不能为负。小于零的移除或抵扣不能取舍，请计入。",
                        "The estimated size of a cut-off cannot be below zero. A removal or a credit is not cut off: include it.",
                    ),
                    "ISO 14067:2018 6.3.4.3",
                )
            elif estimate is not None:
                self.system.cut_lines.append(CutLine(process.id, item.name.text, item.cut_off.reason.text, estimate))
        elif measured is None:
            return
        elif item.process is not None:
            self._link(process, item, item.process, item.product, measured, where, Fraction(1))
        elif item.factor is not None:
            self._factor_line(process, item, item.factor, measured, where)
        else:
            self._gap(process, item, measured, where)

    def _factor_line(self, process: Process, item: Input, use: str | OwnFactor, measured: Measured, where: str) -> None:
        factor = resolve_factor(use, item.name.text, where, self.system.study, self.factors, self.findings)
        if factor is None or not characterized(factor, self.gwp, where, self.findings):
            return
        amount = self.measures.converted(measured, parse_unit(factor.per), item, where)
        if amount is None:
            return
        standard = canonical(measured[1])
        self.system.factor_lines.append(
            FactorLine(
                process=process.id,
                label=item.name.text,
                stage=item.stage or process.stage,
                amount=amount,
                factor=factor,
                shown=convert(measured[0], measured[1], standard),
                shown_unit=standard.text,
                data=self._data(item.data, process.data),
                electricity=item.electricity,
            )
        )

    def _check_unused(self, item: Input, where: str) -> None:
        """What a line states and its kind of line does not use must not look as if it counted."""
        unused = [
            field
            for field, counts in (("stage", item.process is None), ("product", item.process is not None), ("possible", item.factor is None))
            if getattr(item, field) is not None and not counts
        ]
        if unused:
            self.findings.warning(
                "field.unused",
                where,
                Text(
                    f"字段 {'、'.join(unused)} 对这一行不起作用：来自其他过程的投入按该过程自身的阶段计，product 只与 process 同用，possible 只用于缺口。",
                    f"On this line {', '.join(unused)} has no effect: what comes from a process counts in that process's own stages, product goes "
                    "with process alone, and possible with a gap alone.",
                ),
            )

    def _link(
        self, process: Process, item: Input | None, supplier: str, product: str | None, measured: Measured, where: str, sign: Fraction
    ) -> None:
        """An input from another process of the study (or, with sign -1, one that a co-product replaces)."""
        if supplier not in self.ids:
            near = nearest(supplier, self.ids)
            self.findings.error(
                "process.missing",
                f"{where} / process",
                Text(
                    zh=f"过程“{supplier}”不在研究中。" + (f"是否为：{'、'.join(near)}?" if near else "请补上该过程，或改用因子。"),
                    en=f"The process “{supplier}” is not in the study. "
                    + (f"Did you mean {', '.join(near)}?" if near else "Add it, or use a factor."),
                ),
            )
            return
        column = self._column(supplier, product, where)
        if column is None:
            return
        target = parse_unit(self.system.products[column].unit)
        try:
            ratios = [] if item is None else self.measures.ratios(item, where)
            amount = convert_with(measured[0], measured[1], target, ratios)
        except EngineError as error:
            self.findings.error("unit.dimension", f"{where} / unit", error.text)
            return
        label = (
            item.name.text
            if item is not None
            else Text(f"替代：{where.rsplit(' / ', maxsplit=1)[-1]}", f"replaced by {where.rsplit(' / ', maxsplit=1)[-1]}")
        )
        data = self._data(item.data if item is not None else None, process.data)
        self.system.link_lines.append(LinkLine(process.id, label, sign * amount, column, canonical(target).text, data))

    def _column(self, supplier: str, product: str | None, where: str) -> int | None:
        columns = self.columns.get(supplier, [])
        if not columns:
            return None  # The supplier's own fault is already among the findings.
        if product is None:
            return columns[0]
        for column in columns:
            if self.system.products[column].name == product:
                return self._uncredited(column, supplier, product, where)
        names = ", ".join(self.system.products[c].name for c in columns)
        self.findings.error(
            "product.missing",
            f"{where} / product",
            Text(
                f"过程“{supplier}”没有产品“{product}”，它的产品有：{names}。", f"“{supplier}” makes no “{product}”. Its products: {names}."
            ),
        )
        return None

    def _uncredited(self, column: int, supplier: str, product: str, where: str) -> int | None:
        """A co-product for which system expansion already gives a credit cannot be consumed within the system as well."""
        if column == self.columns[supplier][0] or supplier not in self.expanded:
            return column
        self.findings.error(
            "allocation.credited-and-used",
            f"{where} / product",
            Text(
                f"“{supplier}”的联产品“{product}”已按系统扩展抵扣，又在本研究中使用，同一产品计了两次。请改用其他分配方法，或只把外供部分列为联产品。",
                f"The co-product “{product}” of “{supplier}” is credited by system expansion and also used in this study, so it counts twice. "
                "Allocate another way, or list only what leaves the system as the co-product.",
            ),
            "ISO 14067:2018 6.4.6.2",
        )
        return None

    def _gap(self, process: Process, item: Input, measured: Measured, where: str) -> None:
        if "factor" not in item.model_fields_set:
            self.findings.error(
                "input.no-source",
                where,
                Text(
                    "没有写因子也没有写过程。找不到因子时请写 factor: null 并说明原因，作为缺口列出。",
                    "Neither a factor nor a process is given. Where none was found, write factor: null with the reason: it is then listed as a gap.",
                ),
            )
            return
        reason = item.reason.text if item.reason else Text("", "")
        if not reason.zh.strip():
            self.findings.warning("gap.reason-missing", where, Text("缺口没有写明原因。", "The gap has no reason."), "ISO 14067:2018 6.3.5")
        low = high = None
        if item.possible is not None:
            low = self._possible(item, item.possible.low, measured, f"{where} / possible / low")
            high = self._possible(item, item.possible.high, measured, f"{where} / possible / high")
        if low is not None and high is not None and low > high:
            self.findings.error(
                "gap.range-reversed",
                f"{where} / possible",
                Text("可能大小的下限高于上限。请对调或更正。", "The possible size has its low above its high. Swap or correct them."),
            )
        standard = canonical(measured[1])
        self.system.gap_lines.append(
            GapLine(
                process=process.id,
                label=item.name.text,
                amount=convert(measured[0], measured[1], standard),
                unit=standard.text,
                entered_units=frozenset({item.unit or measured[1].text}),
                entered=measured[0],
                reason=reason,
                low=low,
                high=high,
            )
        )

    def _possible(self, item: Input, value: str, measured: Measured, where: str) -> Fraction | None:
        """A bound of a gap's size in kgCO2e per run."""
        if item.possible is None:
            return None
        bound = self.numbers.number(value, where)
        try:
            unit = parse_factor_unit(item.possible.unit)
        except EngineError as error:
            self.findings.error("unit.unknown", f"{where} / unit", error.text)
            return None
        amount = self.measures.converted(measured, unit.per, item, where)
        return None if bound is None or amount is None else bound * unit.kg_per * amount

    def _emission(self, process: Process, emission: Emission) -> None:
        where = f"{process.id} / {emission.name.zh if emission.name else emission.gas}"
        if not check_data(emission.data, where, self.findings):
            return
        unit = self.numbers.unit(emission.unit, f"{where} / unit")
        amount = None if unit is None else self.numbers.amount(emission.amount, unit, f"{where} / amount")
        try:
            gas = self.gwp.gas(emission.gas)
            self.gwp.value(gas, emission.kind)
        except EngineError as error:
            self.findings.error("gas.unknown", f"{where} / gas", error.text)
            return
        if unit is None or amount is None:
            return
        try:
            mass = convert(amount, unit, parse_unit("kg"))
        except EngineError as error:
            self.findings.error("unit.dimension", f"{where} / unit", error.text)
            return
        label = emission.name.text if emission.name else Text(gas, gas)
        self.system.emission_lines.append(
            EmissionLine(
                process.id, label, emission.stage or process.stage, gas, emission.kind, mass, self._data(emission.data, process.data)
            )
        )

    def _credit(self, process: Process, coproduct: Coproduct) -> None:
        """System expansion: the co-product replaces something, whose burden is subtracted (ISO 14067:2018 6.4.6.2)."""
        where = f"{process.id} / {coproduct.product}"
        unit = self.numbers.unit(coproduct.unit, f"{where} / unit")
        amount = None if unit is None else self.numbers.amount(coproduct.amount, unit, f"{where} / amount")
        if unit is None or amount is None:
            return
        replaces = coproduct.replaces
        if replaces is None or (replaces.factor is None) == (replaces.process is None):
            self.findings.error(
                "allocation.replaces-missing",
                f"{where} / replaces",
                Text(
                    "系统扩展须写明联产品替代什么：replaces: {factor} 或 {process}。",
                    "System expansion needs replaces: {factor} or {process}.",
                ),
                "ISO 14067:2018 6.4.6",
            )
        elif replaces.process is not None:
            self._link(process, None, replaces.process, None, (amount, unit), where, Fraction(-1))
        elif replaces.factor is not None:
            item = Input(name=coproduct.product, amount=coproduct.amount, unit=coproduct.unit)
            before = len(self.system.factor_lines)
            self._factor_line(process, item, replaces.factor, (amount, unit), where)
            for index in range(before, len(self.system.factor_lines)):
                self.system.factor_lines[index] = _as_credit(self.system.factor_lines[index])


def _as_credit(line: FactorLine) -> FactorLine:
    return FactorLine(
        process=line.process,
        label=Text(f"抵扣：{line.label.zh}", f"credit: {line.label.en}"),
        stage=line.stage,
        amount=-line.amount,
        factor=line.factor,
        shown=-line.shown,
        shown_unit=line.shown_unit,
        data=line.data,
        electricity=line.electricity,
    )
