"""One-at-a-time sensitivity: what the total does when one input or one parameter moves by a stated step.

Source: ISO 14067:2018 6.6 and 7.3 h (sensitivity analysis of the significant inputs, assumptions and choices).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.engine.calculation import solved
from zuji.engine.errors import EngineError, StudyRefused
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.quantities import parse_number, round_half_even
from zuji.engine.study import Study
from zuji.engine.text import Text

QUANTUM = Fraction(1, 10**12)
STEP = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The total in kgCO2e per declared unit when one thing is a step lower and a step higher."""

    label: Text
    low: Decimal
    high: Decimal

    @property
    def swing(self) -> Decimal:
        return abs(self.high - self.low)


def sensitivities(
    study: Study,
    factors: FactorSource,
    gwp: GwpSet,
    *,
    today: datetime.date,
    step: Fraction = STEP,
    limit: int = 10,
    named: Mapping[str, Text] | None = None,
) -> tuple[Sensitivity, ...]:
    """The inputs, links and parameters that move the total most, each moved by ±``step`` of its value.

    ``named`` says what parameters are called where they have better names than those in formulas. Raises :class:`StudyRefused`.
    """
    solution = solved(study, factors, gwp, today=today, findings=Findings())
    names = {process.id: process.name.text if process.name else Text(process.id, process.id) for process in study.processes}
    rows = []
    for line in solution.system.direct_lines:
        value = solution.line_value(line)
        where = names[line.process]
        rows.append(_moved(Text(f"{where.zh} / {line.label.zh}", f"{where.en} / {line.label.en}"), solution.total, value * step))
    rows += _parameters(study, factors, gwp, today=today, step=step, named=named or {})
    return tuple(sorted((row for row in rows if row.swing), key=lambda row: (-row.swing, row.label))[:limit])


def _moved(label: Text, total: Fraction, change: Fraction) -> Sensitivity:
    return Sensitivity(label, round_half_even(total - change, QUANTUM), round_half_even(total + change, QUANTUM))


def _parameters(
    study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date, step: Fraction, named: Mapping[str, Text]
) -> list[Sensitivity]:
    """Parameters act through formulas, so the product system is read and solved again."""
    rows = []
    for name, written in study.parameters.items():
        amount = written if isinstance(written, str) else written.amount
        try:
            value = parse_number(amount)
            low, high = (_total(_with_parameter(study, name, value * (1 + sign * step)), factors, gwp, today) for sign in (-1, 1))
        except (EngineError, StudyRefused):
            continue  # A formula over other parameters, or a step into the impossible: nothing to show.
        rows.append(Sensitivity(named.get(name, Text(f"参数 {name}", f"parameter {name}")), low, high))
    return rows


def _total(study: Study, factors: FactorSource, gwp: GwpSet, today: datetime.date) -> Decimal:
    return round_half_even(solved(study, factors, gwp, today=today, findings=Findings()).total, QUANTUM)


def _with_parameter(study: Study, name: str, value: Fraction) -> Study:
    written = study.parameters[name]
    amount = f"={value.numerator}/{value.denominator}"
    moved = amount if isinstance(written, str) else written.model_copy(update={"amount": amount})
    return study.model_copy(update={"parameters": {**study.parameters, name: moved}})
