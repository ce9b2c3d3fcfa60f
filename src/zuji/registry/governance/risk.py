"""What speaks for looking closer at a dossier, as whole numbers that are published with the draw."""

import json
from fractions import Fraction

from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, GateRun, Opinion, Step
from zuji.workflow.factor import Act, State
from zuji.workflow.spot_check import Risk, weight

ERRORS = (Act.STOP.value, Act.RETURN.value, Act.REVISE.value, Act.REJECT.value)
"""Steps that count as an error of the submitter."""


def weight_of(dossier: Dossier) -> int:
    """The weight of a dossier in the draw by risk."""
    return weight(of(dossier))


def of(dossier: Dossier) -> Risk:
    """What speaks for looking closer at a dossier."""
    run = GateRun.objects.filter(dossier=dossier, cycle=dossier.cycle).values_list("findings", flat=True).first()
    warnings = sum(1 for each in json.loads(run or "[]") if each["severity"] != "info")
    returns = Step.objects.filter(dossier=dossier, target=State.RETURNED.value).count()
    verdicts = Opinion.objects.filter(assignment__dossier=dossier, assignment__cycle=dossier.cycle).values_list("verdict", flat=True)
    theirs = Step.objects.filter(dossier__enterprise=dossier.enterprise_id).exclude(dossier=dossier)
    errors = theirs.filter(act__in=ERRORS).values("dossier").distinct().count()
    decided = theirs.filter(act__in=(*ERRORS, Act.PUBLISH.value)).values("dossier").distinct().count()
    return Risk(
        warnings=warnings,
        returns=returns,
        experts_differed=len(set(verdicts)) > 1,
        change=change_of(Content.of(dossier.content)),
        errors=errors,
        decided=decided,
    )


def change_of(content: Content) -> int | None:
    """The change of the value in whole percent against the version it replaces; None where it replaces none, or none of the same unit."""
    candidate, _ = content.read
    if candidate is None or not candidate.supersedes:
        return None
    factor_id, _, version = candidate.supersedes.rpartition("@")
    old = (
        FactorVersion.objects.filter(factor_id=factor_id, version=version, unit=candidate.factor.unit)
        .values_list("value", flat=True)
        .first()
    )
    before = Fraction(old) if old else Fraction(0)
    return round((candidate.factor.value - before) / abs(before) * 100) if before else None
