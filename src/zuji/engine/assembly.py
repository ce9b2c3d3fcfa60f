"""From the exact solution to the result: rounding once, so that every breakdown is a sum of the same rounded atoms.

The rounding rule (ADR 0002): the total is the exact sum, rounded half to even to 1e-12 kgCO2e; each atom (one gas of one kind from one line) is
apportioned by the largest remainder, ties by its key. Contributions, stages, kinds and gases are sums of atoms and so sum to the total exactly.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from zuji import __version__
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.fingerprint import input_digest
from zuji.engine.flows import ribbons
from zuji.engine.impact import UNSPECIFIED
from zuji.engine.quality import SCORE_QUANTUM, SHARE_QUANTUM, primary_share, rate, score, share, sizes
from zuji.engine.quantities import apportion, decimal_text, exact_sum, leading, round_half_even
from zuji.engine.results import Contribution, CutOffLine, Gap, Result, sealed
from zuji.engine.scenarios import grid_mix_total
from zuji.engine.solution import Atom, Solution
from zuji.engine.study import STAGES
from zuji.engine.system import EmissionLine, FactorLine
from zuji.engine.text import Text
from zuji.engine.uncertainty import analytic

QUANTUM = Fraction(1, 10**12)
ROUNDING = "1e-12 kgCO2e; total half-even from the exact sum; parts by largest remainder, ties by key (ADR 0002)"
KINDS = ("fossil", "biogenic", "biogenic_removal", "land_use_change", "aircraft", UNSPECIFIED)
BELOW_QUANTUM = Text(
    "结果不为零，但小于 1e-12 kgCO2e，按舍入规则显示为 0。请把声明单位改大。",
    "The result is not zero but smaller than 1e-12 kgCO2e, and so is shown as 0. Declare a larger unit.",
)
ZERO = round_half_even(Fraction(0), QUANTUM)
Line = FactorLine | EmissionLine


def assemble(solution: Solution, factors: FactorSource, findings: Findings) -> Result:
    """The sealed result of a solved study."""
    study = solution.system.study
    total, rounded = _rounded(solution)
    if not total and solution.total:
        findings.warning("result.below-quantum", "declared_unit", BELOW_QUANTUM)
    exact = [(line, solution.by_line[line.id]) for line in solution.system.direct_lines]
    contributions = _contributions(solution, rounded, exact, total)
    by_data = sizes((leading(value), line.data) for line, value in exact)
    return sealed(
        Result(
            study=study.id,
            title=study.title.text,
            declared_amount=study.declared_unit.amount,
            declared_unit=study.declared_unit.unit,
            boundary=study.boundary,
            rule=study.rule,
            total=total,
            by_stage=_summed(((a.line.stage, v) for a, v in rounded), STAGES),
            by_kind=_summed(((a.kind, v) for a, v in rounded), KINDS, always=KINDS[:5]),
            by_gas=_summed(((a.gas, v) for a, v in rounded), ("CO2", "CH4", "N2O")),
            contributions=contributions,
            gaps=_gaps(solution),
            cut_offs=_cut_offs(solution),
            flows=ribbons(solution, {(line.process, line.id): value for line, value in exact}, QUANTUM, total),
            primary_data_share=primary_share(by_data),
            data_quality=rate(by_data),
            uncertainty=analytic(solution, QUANTUM),
            grid_mix_total=grid_mix_total(solution, factors, findings, QUANTUM),
            findings=findings.sorted(),
            manifest=_manifest(solution),
        )
    )


def rounded_stages(solution: Solution) -> tuple[Decimal, dict[str, Decimal]]:
    """The total and its parts by life cycle stage, kgCO2e per declared unit, as the result of the solution states them."""
    total, rounded = _rounded(solution)
    return total, _summed(((a.line.stage, v) for a, v in rounded), STAGES)


def _rounded(solution: Solution) -> tuple[Decimal, list[tuple[Atom, Decimal]]]:
    keyed = sorted(((a.line.id, a.gas, a.kind), a) for a in _joined(solution.atoms))
    total, parts = apportion([(key, atom.value) for key, atom in keyed], QUANTUM)
    return total, [(atom, part) for (_, atom), part in zip(keyed, parts, strict=True)]


def _joined(atoms: Iterable[Atom]) -> list[Atom]:
    """Atoms of one line, gas and kind as one: a factor may state the same gas in two parts."""
    found: dict[tuple[str, str, str], Atom] = {}
    for atom in atoms:
        key = (atom.line.id, atom.gas, atom.kind)
        before = found[key].value if key in found else Fraction(0)
        found[key] = Atom(atom.line, atom.gas, atom.kind, before + atom.value)
    return list(found.values())


def _summed(parts: Iterable[tuple[str, Decimal]], order: tuple[str, ...], always: tuple[str, ...] = ()) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = {name: [] for name in always}
    for name, value in parts:
        found.setdefault(name, []).append(value)
    sums = {name: exact_sum([ZERO, *values]) for name, values in found.items()}
    known = [name for name in order if name in sums]
    return {name: sums[name] for name in [*known, *sorted(set(sums) - set(known))]}


def _contributions(
    solution: Solution, rounded: list[tuple[Atom, Decimal]], exact: list[tuple[Line, Fraction]], total: Decimal
) -> tuple[Contribution, ...]:
    values = {line.id: value for line, value in exact}
    shares: dict[str, Decimal] = {}
    if total:
        keys = sorted(values)
        whole = leading(solution.total)
        _, parts = apportion([(key, leading(values[key]) / whole) for key in keys], SHARE_QUANTUM)
        shares = dict(zip(keys, parts, strict=True))
    atoms: dict[str, list[tuple[Atom, Decimal]]] = {}
    for atom, value in rounded:
        atoms.setdefault(atom.line.id, []).append((atom, value))
    made = [_contribution(solution, line, atoms[line.id], shares.get(line.id)) for line, _ in exact]
    return tuple(sorted(made, key=lambda c: (-abs(c.value), c.item)))


def _contribution(solution: Solution, line: Line, atoms: list[tuple[Atom, Decimal]], share_: Decimal | None) -> Contribution:
    per_unit = solution.runs[line.process] * (line.shown if isinstance(line, FactorLine) else line.amount)
    rating = score(line.data.quality)
    return Contribution(
        process=line.process,
        item=line.id,
        label=line.label,
        stage=line.stage,
        value=exact_sum([ZERO, *(value for _, value in atoms)]),
        share=share_,
        factor=line.factor.reference if isinstance(line, FactorLine) else None,
        data=line.data.type or "unspecified",
        amount=round_half_even(per_unit, QUANTUM),
        unit=line.shown_unit if isinstance(line, FactorLine) else "kg",
        quality=None if rating is None else round_half_even(rating, SCORE_QUANTUM),
        by_kind=_summed(((a.kind, v) for a, v in atoms), KINDS),
        by_gas=_summed(((a.gas, v) for a, v in atoms), ("CO2", "CH4", "N2O")),
    )


def _gaps(solution: Solution) -> tuple[Gap, ...]:
    made = []
    for line in solution.system.gap_lines:
        runs = solution.runs[line.process]
        (only, *others) = sorted(line.entered_units)
        made.append(
            Gap(
                process=line.process,
                item=f"{line.process} / {line.label.zh}",
                label=line.label,
                amount=_plain(line.amount if others else line.entered),
                unit=line.unit if others else only,
                reason=line.reason,
                per_declared_unit=round_half_even(runs * line.amount, QUANTUM),
                canonical_unit=line.unit,
                low=None if line.low is None else round_half_even(runs * line.low, QUANTUM),
                high=None if line.high is None else round_half_even(runs * line.high, QUANTUM),
            )
        )
    return tuple(made)


def _plain(value: Fraction) -> str:
    try:
        return decimal_text(value)
    except ValueError:
        return format(round_half_even(value, QUANTUM), "f")


def _cut_offs(solution: Solution) -> tuple[CutOffLine, ...]:
    return tuple(
        CutOffLine(
            process=line.process,
            item=f"{line.process} / {line.label.zh}",
            label=line.label,
            reason=line.reason,
            estimate=round_half_even(solution.runs[line.process] * line.estimate, QUANTUM),
            share=share(solution.runs[line.process] * line.estimate, solution.total),
        )
        for line in solution.system.cut_lines
    )


def _manifest(solution: Solution) -> dict[str, object]:
    """Everything the number depends on, by version and hash."""
    study = solution.system.study
    used: dict[str, set[str]] = {}
    for line in solution.system.factor_lines:
        used.setdefault(line.factor.id, set()).add(f"{line.factor.version}+sha256:{line.factor.digest}")
    declared, unit = solution.system.declared
    return {
        "engine": f"zuji {__version__}",
        "gwp": f"{solution.gwp.reference}+sha256:{solution.gwp.digest}",
        "factors": {id_: ", ".join(sorted(versions)) for id_, versions in sorted(used.items())},
        "rounding": ROUNDING,
        "declared_unit": {"amount": str(declared), "unit": unit},
        "period": {"start": study.period.start.isoformat(), "end": study.period.end.isoformat()},
        "geography": study.geography,
        "input": f"sha256:{input_digest(solution.system)}",
    }
