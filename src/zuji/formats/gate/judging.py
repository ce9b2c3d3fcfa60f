"""From the findings to a judgement: what comes in, what stays out and why, and how far what came in can be calculated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.checks import CHECKS
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.linking import Linking, Rule, coefficient_ratio, link
from zuji.formats.gate.loops import loops
from zuji.formats.gate.overruling import Overruling, applying

_SHOWN = 6


@dataclass(frozen=True)
class Judgement:
    """``admitted`` are the identifiers of the datasets that come in; ``complete`` those among them whose supply has no gap anywhere.

    ``refused`` has the codes of the errors of every dataset that stays out; ``overruled`` the decisions by which an error did not count.
    """

    findings: tuple[GateFinding, ...]
    admitted: frozenset[str]
    refused: Mapping[str, tuple[str, ...]]
    complete: frozenset[str]
    linking: Linking
    gains: tuple[tuple[tuple[str, ...], float], ...]
    overruled: tuple[Overruling, ...] = ()


def judge(case: Case, rule: Rule = "stated", overrulings: Sequence[Overruling] = ()) -> Judgement:
    """Run every check, link by the rule, refuse loops with a gain of 1 or more, and sort the datasets into in and out.

    An overruled error stays among the findings and does not keep its dataset out.
    """
    decided = {
        o.dataset: applying(overrulings, o.dataset, case.datasets[o.dataset].digest) for o in overrulings if o.dataset in case.datasets
    }
    applied: dict[tuple[str, str], Overruling] = {}
    findings = [finding for check in CHECKS for finding in check(case)]
    gains = _gains(case, link(case, rule, case.datasets))
    findings += _loop_findings(case, gains)
    refused: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.severity != "error" or not finding.dataset:
            continue
        if decision := decided.get(finding.dataset, {}).get(finding.code):
            applied[finding.dataset, finding.code] = decision
        else:
            refused[finding.dataset].add(finding.code)
    admitted = frozenset(case.datasets.keys() - refused.keys())
    linking = link(case, rule, admitted)
    return Judgement(
        findings=tuple(sorted(findings, key=lambda f: f.order)),
        admitted=admitted,
        refused={identity: tuple(sorted(codes)) for identity, codes in sorted(refused.items())},
        complete=_complete(admitted, linking),
        linking=linking,
        gains=gains,
        overruled=tuple(applied[key] for key in sorted(applied)),
    )


def _gains(case: Case, linking: Linking) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Every loop of the linked database with its gain, whatever else is wrong with its members."""
    position = {identity: n for n, identity in enumerate(case.datasets)}
    names = tuple(case.datasets)
    lines = {(line.dataset.id, line.exchange.number): line for line in case.product_inputs}
    columns: list[dict[int, Fraction]] = [{} for _ in names]
    for made in linking.links:
        line, reference = lines[made.dataset, made.exchange], case.datasets[made.dataset].reference
        factor = coefficient_ratio(case, line, made.provider)
        if reference is None or not reference.amount or factor is None or line.exchange.amount is None:
            continue
        column, row = columns[position[made.dataset]], position[made.provider]
        need = abs(Fraction(line.exchange.amount) * factor * made.share / Fraction(reference.amount))
        column[row] = column.get(row, Fraction(0)) + need
    return tuple((tuple(names[m] for m in members), gain) for members, gain in loops(columns))


def _loop_findings(case: Case, gains: tuple[tuple[tuple[str, ...], float], ...]) -> list[GateFinding]:
    found = []
    for members, gain in gains:
        if gain < 1:
            continue
        shown = " → ".join(str(case.datasets[m].name)[:40] for m in members[:_SHOWN])
        message = Text(
            f"循环“{shown}”（{len(members)} 个数据集）每产出 1 份要消耗自身 {gain:.3g} 份，无法核算。",
            f"The loop “{shown}” of {len(members)} datasets consumes {gain:.3g} of its own product per unit made: no footprint exists.",
        )
        found += [about("loop.gain", "error", case.datasets[m], message) for m in members]
    return found


def _complete(admitted: frozenset[str], linking: Linking) -> frozenset[str]:
    """Datasets without a gap in their whole supply: whoever has one, or is supplied by one that has, is taken away until none is left."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for made in linking.links:
        users[made.provider].append(made.dataset)
    lacking = {gap.dataset for gap in linking.open}
    waiting = list(lacking)
    while waiting:
        for user in users[waiting.pop()]:
            if user not in lacking:
                lacking.add(user)
                waiting.append(user)
    return admitted - lacking
