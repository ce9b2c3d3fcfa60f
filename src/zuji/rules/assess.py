"""A study under its rule: the calculation, and what the rule's checks say about it."""

import datetime
from collections.abc import Mapping

from zuji.engine import calculate
from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Finding
from zuji.engine.impact import GwpSet
from zuji.engine.results import Result, with_findings
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.rules.case import Case
from zuji.rules.checks import CHECKS
from zuji.rules.errors import UnknownRule
from zuji.rules.load import Rulebook


def assess(study: Study, factors: FactorSource, rulebook: Rulebook, gwp: Mapping[str, GwpSet], *, today: datetime.date) -> Result:
    """The footprint of a study in kgCO2e per declared unit, with the findings of the checks of its rule.

    ``study.rule`` names the rule; None stands for the general rule (GB/T 24067). ``gwp`` maps the names of characterization sets to the sets.
    Raises :class:`StudyRefused` where the calculation refuses, the rule or the set does not exist, or a check finds an error
    (declared unit or boundary of another rule): there is no number then.
    """
    try:
        rule = rulebook.get(study.rule)
    except UnknownRule as error:
        raise StudyRefused([error.finding], study.id) from error
    chosen = gwp.get(study.gwp)
    if chosen is None:
        raise StudyRefused([_no_set(study.gwp, sorted(gwp))], study.id)
    result = calculate(study, factors, chosen, today=today)
    findings = check(Case(study, result, rule, factors))
    if any(finding.severity == "error" for finding in findings):
        raise StudyRefused(tuple(sorted((*result.findings, *findings), key=lambda f: f.order)), study.id)
    return with_findings(result, findings)


def check(case: Case) -> tuple[Finding, ...]:
    """What every check says of a case, errors first. One finding for a code at a place: a row split in two is still one row."""
    found: dict[tuple[str, str, str, str], Finding] = {}
    for finding in sorted((f for each in CHECKS for f in each(case)), key=lambda f: f.order):
        found.setdefault((finding.code, finding.severity, finding.where, finding.reference), finding)
    return tuple(found.values())


def _no_set(name: str, known: list[str]) -> Finding:
    message = Text(
        zh=f"没有 GWP 集合“{name}”。可用的有：{'、'.join(known) or '无'}。",
        en=f"There is no GWP set “{name}”. Known: {', '.join(known) or 'none'}.",
    )
    return Finding("gwp.unknown", "error", "gwp", message, "ISO 14067:2018 6.5")
