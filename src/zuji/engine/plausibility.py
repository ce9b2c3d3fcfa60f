"""Sizes that no product on Earth has: a slipped unit or exponent, refused rather than printed with sixty digits."""

from collections.abc import Iterator
from fractions import Fraction

from zuji.engine.findings import Findings
from zuji.engine.solution import Solution
from zuji.engine.system import FactorLine
from zuji.engine.text import Text

ATMOSPHERE = 5_148 * 10**15
"""Kilograms: the mean mass of the whole atmosphere (Trenberth and Smith, J. Climate 18 (2005) 864)."""
MOST_AMOUNT = 10**60
"""Per declared unit, in the canonical unit: beyond what a single number of a study can say."""


def refuse_impossible(solution: Solution, findings: Findings) -> None:
    """An error for each line that would emit, or need, more than there can be, per declared unit."""
    for where, value in _emitted(solution):
        if abs(value) > ATMOSPHERE:
            findings.error(
                "result.impossible",
                where,
                Text(
                    "此行每声明单位的排放量超过整个大气的质量（5.1×10^18 kg），不可能是真实的。请核对用量、单位、指数和各级消耗量。",
                    "Per declared unit this line would emit more than the mass of the whole atmosphere (5.1×10^18 kg). Check amounts, units, "
                    "exponents and what the processes need of each other.",
                ),
            )
    for where, value in _needed(solution):
        if abs(value) > MOST_AMOUNT:
            findings.error(
                "result.impossible",
                where,
                Text(
                    "此行每声明单位的用量超过 10^60，不可能是真实的。请核对用量、单位、指数和各级消耗量。",
                    "Per declared unit this line would need more than 10^60. Check amounts, units, exponents and what the processes need of each other.",
                ),
            )


def _emitted(solution: Solution) -> Iterator[tuple[str, Fraction]]:
    for atom in solution.atoms:
        yield f"{atom.line.process} / {atom.line.label.zh}", atom.value


def _needed(solution: Solution) -> Iterator[tuple[str, Fraction]]:
    system, runs = solution.system, solution.runs
    for line in system.direct_lines:
        yield f"{line.process} / {line.label.zh}", runs[line.process] * (line.shown if isinstance(line, FactorLine) else line.amount)
    for gap in system.gap_lines:
        for size in (gap.amount, gap.low, gap.high):
            yield f"{gap.process} / {gap.label.zh}", runs[gap.process] * (size or 0)
    for cut in system.cut_lines:
        yield f"{cut.process} / {cut.label.zh}", runs[cut.process] * cut.estimate
