"""How much an input is: its amount and unit, freight as mass times distance, and the conversions that it states."""

from fractions import Fraction

from zuji.engine.amounts import Amounts
from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.study import Input
from zuji.engine.text import Text
from zuji.engine.units import Ratio, Unit, convert, convert_with, parse_unit

Measured = tuple[Fraction, Unit]


class InputMeasures:
    """Reads amounts of inputs. Every method answers None where it has left a finding."""

    def __init__(self, numbers: Amounts, findings: Findings) -> None:
        self.numbers = numbers
        self.findings = findings

    def measured(self, item: Input, where: str) -> Measured | None:
        """The amount of an input and its unit; freight as mass times distance."""
        if item.transport is not None:
            if item.amount is not None or item.unit is not None:
                self.findings.error(
                    "input.two-amounts",
                    where,
                    Text("运输已由质量与距离给出，不要再写用量。", "Transport gives mass and distance: leave out the amount."),
                )
                return None
            return self._freight(item, where)
        if item.cut_off is not None and item.amount is None:
            return None
        if item.amount is None or item.unit is None:
            self.findings.error(
                "input.amount-missing",
                where,
                Text("缺少用量或单位。缺少的数不会当作零。", "Amount or unit is missing. A missing number is never zero."),
            )
            return None
        unit = self.numbers.unit(item.unit, f"{where} / unit")
        amount = None if unit is None else self.numbers.amount(item.amount, unit, f"{where} / amount")
        return None if unit is None or amount is None else (amount, unit)

    def _freight(self, item: Input, where: str) -> Measured | None:
        """Mass times distance in t·km."""
        transport = item.transport
        if transport is None:
            return None
        mass_unit = self.numbers.unit(transport.mass_unit, f"{where} / transport / mass_unit")
        distance_unit = self.numbers.unit(transport.distance_unit, f"{where} / transport / distance_unit")
        if mass_unit is None or distance_unit is None:
            return None
        mass = self.numbers.amount(transport.mass, mass_unit, f"{where} / transport / mass")
        distance = self.numbers.amount(transport.distance, distance_unit, f"{where} / transport / distance")
        if mass is None or distance is None:
            return None
        try:
            return convert(mass, mass_unit, parse_unit("t")) * convert(distance, distance_unit, parse_unit("km")), parse_unit("t*km")
        except EngineError as error:
            self.findings.error("unit.dimension", f"{where} / transport", error.text)
            return None

    def ratios(self, item: Input, where: str) -> list[Ratio]:
        """The sourced conversions that the line states: density, heating value, content."""
        found: list[Ratio] = []
        for field, stated in (("density", item.density), ("heating_value", item.heating_value), ("content", item.content)):
            if stated is None:
                continue
            value = self.numbers.number(stated.value, f"{where} / {field} / value")
            if value is not None and value <= 0:
                self.findings.error(
                    "number.invalid", f"{where} / {field}", Text("换算系数须大于零。", "A conversion must be greater than zero.")
                )
            elif value is not None:
                try:
                    found.append(Ratio.of(value, stated.unit))
                except EngineError as error:
                    self.findings.error("unit.unknown", f"{where} / {field} / unit", error.text)
        return found

    def converted(self, measured: Measured, target: Unit, item: Input, where: str) -> Fraction | None:
        """A measured amount in another unit, bridged by the line's own stated conversions where the dimension differs."""
        try:
            return convert_with(measured[0], measured[1], target, self.ratios(item, where))
        except EngineError as error:
            self.findings.error("unit.dimension", f"{where} / unit", error.text)
            return None
