"""Successors by the exact engine, one footprint at a time: for those that the vector cannot answer for, and to hold the vector against it."""

import datetime
import json
from collections.abc import Sequence
from fractions import Fraction

from zuji.engine.calculation import solved
from zuji.engine.dependence import Dependence, Replacing, dependence, per_old_unit, value_of
from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding, Findings
from zuji.engine.impact import GwpSet
from zuji.engine.quantities import decimal_text
from zuji.engine.results import Result
from zuji.engine.solution import Solution
from zuji.engine.study import Study
from zuji.formats.factors import load_library
from zuji.registry.footprints import kept
from zuji.registry.footprints.dependences import MOST_BITS, gwp_of, ratio_text, solved_again
from zuji.registry.footprints.models import Footprint
from zuji.registry.footprints.used_factors import factors_as_used
from zuji.registry.republication.drafting import numbered
from zuji.registry.republication.models import EXACT, LOST, REFUSED, WITHDRAWN, Successor
from zuji.registry.republication.plan import Plan

_MOST_REASONS = 5
_PLACES = 40  # of a fraction that is too long to be kept whole


def successor(plan: Plan, publication: str, footprint: Footprint) -> Successor:
    """The successor of one footprint, solved anew with the plan's versions; where the engine refuses them, the successor says why."""
    study, result = Study.model_validate_json(footprint.content), kept.read(footprint.result)
    made = Successor(footprint_id=footprint.pk, enterprise_id=footprint.enterprise_id, republication_id=publication)
    before = solved_again(study, result, footprint.calculated_on)
    if before is None:
        made.outcome = LOST
        return made
    vector = dependence(before)
    if any(use.reference in plan.new and plan.new[use.reference] is None for use in vector.uses):
        made.outcome = WITHDRAWN
        return made
    after = solved_with(plan, study, result, footprint.calculated_on)
    if not isinstance(after, Solution):
        made.outcome = REFUSED
        faults = [finding.message for finding in after if finding.severity == "error"]
        made.reasons = json.dumps([list(text) for text in faults[:_MOST_REASONS]], ensure_ascii=False)
        return made
    parts = [[old, new, _text(change)] for old, new, change in _parts(plan, vector, before.gwp)]
    return numbered(footprint.pk, footprint.enterprise_id, publication, EXACT, after.total, parts, exact=_text(after.total))


def solved_with(plan: Plan, study: Study, result: Result, on: datetime.date) -> Solution | Sequence[Finding]:
    """The solution of a kept study with the plan's versions in the place of the old ones; the findings where the engine refuses them."""
    source = Replacing(factors_as_used(study, result, load_library())[0], plan.new)
    try:
        return solved(study, source, gwp_of(result, study.gwp), today=on, findings=Findings())
    except StudyRefused as refused:
        return refused.findings


def _parts(plan: Plan, vector: Dependence, gwp: GwpSet) -> list[tuple[str, str, Fraction]]:
    """The change by each factor that is replaced: what the engine has taken is of a unit and of gases that can be reckoned with."""
    parts = []
    for use in vector.uses:
        new = plan.new.get(use.reference)
        if new is not None:
            value = value_of(new, gwp) * per_old_unit(plan.old[use.reference], new)
            parts.append((use.reference, new.reference, use.activity * (value - use.value)))
    return parts


def _text(value: Fraction) -> str:
    """Whole, or to forty decimals where that would be thousands of digits."""
    short = max(value.numerator.bit_length(), value.denominator.bit_length()) <= MOST_BITS
    return ratio_text(value) if short else decimal_text(value, _PLACES)
