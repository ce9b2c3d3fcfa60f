"""What a submitter does with a dossier: hand it in, take it back, appeal. The automatic gate runs in the same transaction."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, one_after_the_other
from zuji.registry.factors import gate
from zuji.registry.governance import people
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, GateRun, Overruling, Step
from zuji.registry.governance.moving import advance, demand, held, moment, note, reasoned
from zuji.registry.governance.refusals import StateConflict
from zuji.registry.refusals import Refused
from zuji.rules.factor_checks import CHECKS
from zuji.workflow.factor import OPEN, Act, Party, State

MAY_BE_OVERRULED = frozenset(
    f"gate.{name}"
    for name in (
        "power-of-ten",
        "range-of-subject",
        "correction-size",
        "fuel-carbon",
        "carbonate-stoichiometry",
        "uncertainty",
        "kind-name",
        "id-confusable",
    )
)
"""Errors that rest on a threshold or a likeness, about which a person can know better. All others say that something is missing or is none."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a submission: the public number of the dossier, whether it passed the gate, and what the gate said."""

    number: str
    passed: bool
    state: str
    findings: tuple[Finding, ...]


@transaction.atomic
def submit(*, viewer: Viewer, dossier: str, revision: int | None = None, now: datetime.datetime | None = None) -> Submitted:
    """Seal a draft and hand it in. The gate lets it through to the traceability check, or returns it with its findings.

    ``revision`` is the one that the submitter looked at and answers for.

    Raises:
        NotFound, NotAllowed: as for every operation.
        StateConflict: it is no draft, or was changed since the submitter looked at it.
        NotReadable: the fields make no factor yet; the findings say why, each at its field.
        EvidenceAltered: a document is not on disk as it was handed in.
        Refused: there is no document behind it, or another dossier is under way under the same id and version.
    """
    at = moment(now)
    found = held(viewer, dossier)
    demand(viewer, found, Act.SUBMIT)
    if revision is not None and revision != found.revision:
        raise StateConflict(
            Text(
                "您打开本页后内容有改动，请看过之后再提交。",
                "The draft was changed since you opened this page. Look at it, then submit it.",
            ),
            state=found.state,
        )
    content = Content.of(found.content)
    candidate = content.candidate
    if not content.evidence:
        raise Refused(
            Text("请附上数值所在的文件：核验须逐项对照原文。", "Attach the document in which the value stands: it is held against it.")
        )
    content.demand_intact()
    _refuse_taken(found)
    findings = gate.examined(candidate, today=at.astimezone().date(), held={each.sha256 for each in content.evidence}).sorted()
    overruled = set(Overruling.objects.filter(dossier=found).values_list("code", flat=True))
    stopping = [each for each in findings if each.severity == "error" and each.code not in overruled]
    found.cycle += 1
    found.digest, found.submitted = content.digest, at
    if not found.number:
        one_after_the_other()
        found.number = _next_number(at.year)
    found.save(update_fields=["cycle", "digest", "submitted", "number"])
    advance(found, Act.SUBMIT, viewer=viewer, now=at)
    GateRun.objects.create(
        dossier=found, cycle=found.cycle, at=at, checks=len(CHECKS), findings=_written(findings, overruled), passed=not stopping
    )
    if stopping:
        reason = "\n".join(dict.fromkeys(f"{each.where}：{each.message.zh} {each.message.en}" for each in stopping))[:2000]
        advance(found, Act.STOP, viewer=None, now=at, reason=reason)
    else:
        advance(found, Act.LET_IN, viewer=None, now=at)
    return Submitted(number=found.number, passed=not stopping, state=found.state, findings=findings)


@transaction.atomic
def overrule(*, viewer: Viewer, dossier: str, code: str, reason: str, now: datetime.datetime | None = None) -> None:
    """A secretary lets a returned dossier through in spite of a finding of the gate, with the reason, when it is submitted again.

    Raises:
        Refused: the gate found no such error in the last submission, or it is one that nobody overrules.
    """
    at = moment(now)
    found = held(viewer, dossier)
    people.demand(Party.SECRETARY, viewer, found)
    kept = reasoned(reason, needed=True)
    if found.state != State.RETURNED.value:
        raise StateConflict(
            Text("只有被自动检查退回的因子才能放行。", "Only a factor that the gate returned is let through."), state=found.state
        )
    run = GateRun.objects.filter(dossier=found).order_by("-cycle").first()
    said = json.loads(run.findings) if run is not None else []
    if code not in {each["code"] for each in said if each["severity"] == "error"}:
        raise Refused(Text("最近一次自动检查没有这一项。", "The last run of the gate found no such thing."))
    if code not in MAY_BE_OVERRULED:
        raise Refused(
            Text(
                "这一项说的是缺失或不成立，不能放行，只能改正。",
                "This finding says that something is missing or is none: it is put right, not overruled.",
            )
        )
    Overruling.objects.get_or_create(dossier=found, code=code, defaults={"reason": kept, "at": at, "by_id": int(viewer.user or 0)})
    note(found, Action.GATE_OVERRULED, viewer.name, code=code)


@transaction.atomic
def withdraw(*, viewer: Viewer, dossier: str, reason: str, now: datetime.datetime | None = None) -> None:
    """Take a dossier back for good, with the reason, at any time before it is published."""
    found = held(viewer, dossier)
    demand(viewer, found, Act.WITHDRAW)
    advance(found, Act.WITHDRAW, viewer=viewer, now=moment(now), reason=reason)


@transaction.atomic
def appeal(*, viewer: Viewer, dossier: str, reason: str, now: datetime.datetime | None = None) -> None:
    """Appeal against a rejection, once for each submission and within its term.

    Raises:
        StateConflict: it is not rejected, the term is over, or an appeal was dismissed already.
    """
    at = moment(now)
    found = held(viewer, dossier)
    demand(viewer, found, Act.APPEAL)
    if Step.objects.filter(dossier=found, cycle=found.cycle, act=Act.APPEAL.value).exists():
        raise StateConflict(Text("每次提交只能申诉一次。", "One appeal for each submission."), state=found.state)
    if found.due is not None and at > found.due:
        raise StateConflict(Text("申诉期已过。", "The term for an appeal is over."), state=found.state)
    advance(found, Act.APPEAL, viewer=viewer, now=at, reason=reason)


def _refuse_taken(dossier: Dossier) -> None:
    """Nothing where no other dossier is under way under the same id and version."""
    states = [state.value for state in (*OPEN, State.APPEALED, State.PUBLISHED, State.SUPERSEDED, State.REVOKED, State.EXPIRED)]
    other = Dossier.objects.filter(factor_id=dossier.factor_id, version=dossier.version, state__in=states).exclude(pk=dossier.pk).exists()
    if other:
        reference = f"{dossier.factor_id}@{dossier.version}"
        raise Refused(
            Text(
                f"已有另一份档案使用“{reference}”。请改用下一个版本号。",
                f"Another dossier has “{reference}” already. Take the next version.",
            )
        )


def _next_number(year: int) -> str:
    """The next public number of a year, without gap or twin: all submitters come one after the other."""
    start = f"YZ-{year:04d}-"
    last = Dossier.objects.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06d}"


def _written(findings: Sequence[Finding], overruled: set[str]) -> str:
    rows = [
        {
            "code": each.code,
            "severity": each.severity,
            "where": each.where,
            "zh": each.message.zh,
            "en": each.message.en,
            "reference": each.reference,
            "overruled": each.code in overruled,
        }
        for each in findings
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
