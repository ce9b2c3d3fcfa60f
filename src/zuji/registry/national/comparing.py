"""National rows beside published factors of the same thing: how far apart, which goes first, and by which rule."""

import json
import math
from fractions import Fraction

from zuji.engine.factors import FactorVersion
from zuji.formats.factors.candidates import read_candidate
from zuji.registry.national.judging import proposed
from zuji.registry.national.models import Comparison, Row, Run
from zuji.rules.factor_checks import Case, Context
from zuji.rules.factor_checks.context import Known
from zuji.rules.precedence import Precedence, Side, load_precedence

_NO_RATIO = 1e9  # a sign or a zero: farther apart than anything
MOST_BESIDE = 20
"""Published values that one row is held against, the nearest in place and year first."""


def compare(run: Run, surroundings: Context) -> str:
    """Write the comparisons of a run; the version of the rules that were used. Of several contents of one number the last one counts."""
    rules, found = load_precedence(), []
    newest = {row.number: row for row in Row.objects.order_by("pk")}
    for row in newest.values():
        candidate, _ = read_candidate(proposed(json.loads(row.fields))) if not row.errors else (None, ())
        if candidate is None:
            continue
        case = Case(candidate, surroundings.about(row.subject))
        peers = sorted(case.peers, key=lambda known: _far(known.version, candidate.factor))[:MOST_BESIDE]
        theirs = f"{candidate.written['value']} {candidate.factor.unit}"
        found += [_beside(run, row, case, known, rules, theirs, surroundings) for known in peers]
        if not peers:
            found.append(Comparison(run=run, row=row, their_value=theirs, apart=0.0, takes="national", rule="national"))
    Comparison.objects.bulk_create(found, batch_size=500)
    return f"precedence@{rules.version}"


def _beside(run: Run, row: Row, case: Case, known: Known, rules: Precedence, theirs: str, surroundings: Context) -> Comparison:
    intensity = case.intensity or Fraction(0)
    ratio = intensity / known.intensity if known.intensity else None
    takes, rule = rules.decide(_side(known.version, surroundings), _side(case.factor, surroundings))
    return Comparison(
        run=run,
        row=row,
        ours=known.version.reference,
        our_value=f"{_plain(known.version.value)} {known.version.unit}",
        their_value=theirs,
        ratio=_plain(ratio) if ratio is not None else "",
        apart=abs(math.log(ratio)) if ratio is not None and ratio > 0 else _NO_RATIO,
        takes=takes,
        rule=rule.code,
    )


def _side(factor: FactorVersion, surroundings: Context) -> Side:
    today = surroundings.today
    over = (factor.valid_to is not None and factor.valid_to < today) or (factor.valid_from is not None and factor.valid_from > today)
    return Side(valid=not over, geography=factor.geography, verified=factor.confidence == "verified", year=factor.year)


def _far(ours: FactorVersion, theirs: FactorVersion) -> tuple[bool, int, str]:
    return (ours.geography != theirs.geography, abs((ours.year or 0) - (theirs.year or 0)), ours.reference)


def _plain(value: Fraction) -> str:
    """At most eight significant digits: enough to see a divergence, and no more than is meant."""
    return f"{float(value):.8g}"
