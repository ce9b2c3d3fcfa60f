"""The grid-mix sensitivity: what the total would be if contractual and dedicated electricity came from the grid.

Source: ISO 14067:2018 6.4.9.4 (where instruments are used, the result with the grid mix is reported beside it).
"""

from decimal import Decimal
from fractions import Fraction

from zuji.engine.electricity import ELECTRICITY_CLAUSE
from zuji.engine.errors import EngineError
from zuji.engine.factors import FactorSource, FactorVersion
from zuji.engine.findings import Findings
from zuji.engine.quantities import round_half_even
from zuji.engine.solution import Solution
from zuji.engine.system import FactorLine
from zuji.engine.text import Text
from zuji.engine.units import convert, parse_unit


def grid_mix_total(solution: Solution, factors: FactorSource, findings: Findings, quantum: Fraction) -> Decimal | None:
    """The total with grid electricity in place of contracts and direct lines; None where there are none, or no grid factor is known."""
    special = [line for line in solution.system.factor_lines if line.electricity is not None and line.electricity.kind != "grid"]
    if not special:
        return None
    grid = _grid_factor(solution, factors)
    if grid is None:
        findings.warning(
            "electricity.no-grid-mix",
            "grid_mix",
            Text(
                "使用了合同电力或专线电力，但没有可对照的电网因子。请在研究中写 grid_mix: 因子编号。",
                "Contractual or dedicated electricity is used, and no grid factor is known to compare with. State grid_mix: FACTOR in the study.",
            ),
            ELECTRICITY_CLAUSE,
        )
        return None
    total = solution.total
    for line in special:
        try:
            amount = convert(line.amount, parse_unit(line.factor.per), parse_unit(grid.per))
        except EngineError as error:
            findings.warning("electricity.no-grid-mix", f"{line.process} / {line.label.zh}", error.text, ELECTRICITY_CLAUSE)
            return None
        instead = FactorLine(line.process, line.label, line.stage, amount, grid, line.shown, line.shown_unit, line.data)
        total += solution.line_value(instead) - solution.line_value(line)
    return round_half_even(total, quantum)


def _grid_factor(solution: Solution, factors: FactorSource) -> FactorVersion | None:
    """The study's own choice, else the one factor that its grid lines use."""
    stated = solution.system.study.grid_mix
    if stated is not None:
        return factors.find(stated)
    used = {
        line.factor.reference: line.factor
        for line in solution.system.factor_lines
        if line.electricity is not None and line.electricity.kind == "grid"
    }
    return next(iter(used.values())) if len(used) == 1 else None
