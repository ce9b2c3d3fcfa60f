"""Reading the numbers of a study: decimal strings and formulas become exact fractions, faults become findings."""

from collections.abc import Mapping
from fractions import Fraction

from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.formula import Measure, evaluate, resolve_parameters
from zuji.engine.quantities import parse_number
from zuji.engine.study import Quantity
from zuji.engine.text import Text
from zuji.engine.units import Unit, parse_unit


class Amounts:
    """The numbers of one study, read under its parameters. Every method answers None where it has left a finding."""

    def __init__(self, parameters: Mapping[str, str | Quantity], findings: Findings) -> None:
        self.findings = findings
        self.measures: Mapping[str, Measure] = {}
        self._failed = False
        written = {name: value if isinstance(value, str) else (value.amount, value.unit) for name, value in parameters.items()}
        try:
            self.measures = resolve_parameters(written)
        except EngineError as error:
            self._failed = True
            findings.error("parameters.invalid", "parameters", error.text)

    def number(self, text: str, where: str) -> Fraction | None:
        """A plain decimal number."""
        try:
            return parse_number(text)
        except EngineError as error:
            self.findings.error("number.invalid", where, error.text)
            return None

    def unit(self, text: str, where: str) -> Unit | None:
        """A unit of the unit table."""
        try:
            return parse_unit(text)
        except EngineError as error:
            self.findings.error("unit.unknown", where, error.text)
            return None

    def amount(self, text: str, unit: Unit, where: str, *, at_least_zero: bool = True) -> Fraction | None:
        """An amount in ``unit``: a decimal string, or a formula over the parameters. Below zero is refused unless allowed."""
        if text.lstrip().startswith("=") and self._failed:
            return None
        try:
            value = evaluate(text.lstrip()[1:], self.measures, unit) if text.lstrip().startswith("=") else parse_number(text)
        except EngineError as error:
            self.findings.error("formula.invalid" if text.lstrip().startswith("=") else "number.invalid", where, error.text)
            return None
        if at_least_zero and value < 0:
            self.findings.error(
                "amount.negative",
                where,
                Text(
                    zh="用量不能为负。移除量写正数并用 biogenic_removal；抵扣请用系统扩展（coproducts / replaces）。",
                    en="An amount cannot be below zero. Write a removal as a positive amount of kind biogenic_removal; "
                    "a credit belongs in system expansion (coproducts / replaces).",
                ),
            )
            return None
        return value
