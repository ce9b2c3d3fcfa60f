"""Decision letters: what was decided about a dossier at one step, as its submitter is told. The same step gives the same bytes for ever."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from zuji.documents.letters import Letter, letter_pdf
from zuji.documents.wording import unit_signs
from zuji.engine.text import Language, Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, FieldChange, GateRun, Step
from zuji.registry.governance.people import party_of
from zuji.registry.governance.queries import found
from zuji.registry.refusals import NotFound
from zuji.workflow.factor import NAMES, PARTY_NAMES, TERMS, Act, Party, State

_PLACE = ZoneInfo("Asia/Shanghai")
SENDER = Text("湖北省产品碳足迹公共服务平台 · 因子数据库", "Hubei product carbon footprint platform · factor database")

SAYS: Mapping[Act, Text] = {
    Act.SUBMIT: Text(
        "平台已收到您提交的排放因子，内容自此封存。",
        "The platform received the emission factor that you submitted. Its content is sealed from now on.",
    ),
    Act.LET_IN: Text("该因子通过了自动检查，进入溯源核验。", "The factor passed the automatic gate and goes on to the traceability check."),
    Act.STOP: Text("该因子没有通过自动检查，现退回修改。", "The factor did not pass the automatic gate and is returned."),
    Act.TRACE: Text(
        "两名核验员分别将每个数值与原文页码核对，全部一致。该因子进入专家评审。",
        "Two checkers held every value against the page of its document, and all agree. The factor goes on to expert review.",
    ),
    Act.AGREE: Text(
        "专家评审同意该因子，进入主管部门抽查环节。", "The experts agree to the factor. It goes on to the spot check of the authority."
    ),
    Act.REVISE: Text("专家评审认为该因子须修改，现退回。", "The experts ask for a revision, and the factor is returned."),
    Act.REJECT: Text("该因子未获通过。", "The factor was rejected."),
    Act.CLEAR: Text(
        "该因子在本轮抽查中未被抽中，进入签发环节。", "The factor was not drawn in this spot check and goes on to publication."
    ),
    Act.FOUND_SOUND: Text(
        "该因子被抽中，经抽查无误，进入签发环节。", "The factor was drawn in the spot check, found sound, and goes on to publication."
    ),
    Act.RETURN: Text("该因子被退回修改。", "The factor is returned."),
    Act.SIGN: Text("该因子已由第一位发布人签署。", "The factor was signed by the first publisher."),
    Act.UNSIGN: Text("首签已撤销，该因子回到待签发状态。", "The first signature was taken back. The factor awaits publication again."),
    Act.LAPSE: Text("首签已过期，该因子回到待签发状态。", "The first signature has expired. The factor awaits publication again."),
    Act.PUBLISH: Text("该因子经两人签发，自即日起公布。", "The factor was signed by two publishers and is published from today."),
    Act.WITHDRAW: Text("该因子已按提交单位的要求撤回。", "The factor was withdrawn at the wish of its submitter."),
    Act.APPEAL: Text("平台已收到申诉。", "The platform received the appeal."),
    Act.ADMIT: Text("申诉予以受理，由另外的专家重新评审。", "The appeal is admitted. Other experts review the factor again."),
    Act.DISMISS: Text("申诉不予支持，维持原结论。", "The appeal is dismissed, and the decision stands."),
    Act.SUPERSEDE: Text(
        "该版本已由新版本取代；已有结果不变。", "This version is superseded by a new one. Results that rest on it stay as they are."
    ),
    Act.REVOKE: Text(
        "该版本已撤销，不再用于新的核算；已有结果不变。",
        "This version was revoked and enters no new calculation. Results that rest on it stay as they are.",
    ),
    Act.EXPIRE: Text("该版本的有效期已满。", "The validity of this version has ended."),
}

DECIDED_BY: Mapping[tuple[str, str], Text] = {
    (State.SUBMITTED.value, Act.LET_IN.value): Text("自动检查", "automatic gate"),
    (State.SUBMITTED.value, Act.STOP.value): Text("自动检查", "automatic gate"),
    (State.TRACING.value, Act.TRACE.value): Text("两名溯源核验员", "two traceability checkers"),
    (State.REVIEWING.value, Act.AGREE.value): Text("评审专家", "experts"),
    (State.REVIEWING.value, Act.REVISE.value): Text("评审专家", "experts"),
    (State.REVIEWING.value, Act.REJECT.value): Text("评审专家", "experts"),
    (State.SPOT_CHECK.value, Act.CLEAR.value): Text("抽查抽取", "draw of the spot check"),
}
"""By whom it was really decided where the table says that the platform took the step."""

_REMEDIES: Mapping[State, Text] = {
    State.RETURNED: Text(
        "请按理由修改后重新提交；重新提交的因子从自动检查开始重新走完各环节。",
        "Mend what the reason says and submit the factor again; it then passes every station anew, beginning with the gate.",
    ),
    State.REJECTED: Text(
        f"对结论有异议的，可在收到之日起 {TERMS[State.REJECTED]} 日内在平台提出申诉，由没有参与本次评审的人员处理。",
        f"Who disagrees may appeal on the platform within {TERMS[State.REJECTED]} days; the appeal is decided by people who took no part in this review.",
    ),
}


def decision_letter(code: str, step: int, language: Language, *, viewer: Viewer) -> tuple[str, bytes]:
    """The letter about one step of a dossier, with the name of its file.

    Raises:
        NotFound: there is no such step, or no such dossier for this person.
    """
    dossier = found(code, viewer)
    taken = Step.objects.filter(dossier=dossier, pk=step).first()
    if taken is None:
        raise NotFound
    made = letter_of(dossier, taken, language)
    return f"{made.number}-{language}.pdf", letter_pdf(made)


def letter_of(dossier: Dossier, step: Step, language: Language) -> Letter:
    """What the letter about a step says. Reviewers are named by their part alone."""
    zh = language == "zh"

    def say(text: Text) -> str:
        return text.zh if zh else text.en

    place = Step.objects.filter(dossier=dossier, pk__lte=step.pk).count()
    party = party_of(step.source, step.act)
    day = step.at.astimezone(_PLACE).date()
    content = _content_at(dossier, step)
    fields = content.fields
    enterprise = Text(dossier.enterprise.name_zh, dossier.enterprise.name_en)
    name = Text(fields.get("name_zh", ""), fields.get("name_en", ""))
    run = GateRun.objects.filter(dossier=dossier, cycle=step.cycle).first()
    facts = [
        (Text("档案编号", "Dossier"), dossier.number or "—"),
        (Text("因子", "Factor"), f"{say(name) or name.zh or name.en}\n{fields.get('id', '')}@{fields.get('version', '')}"),
        (Text("数值", "Value"), amount(fields.get("value", "—"), fields.get("unit", ""))),
        (Text("来源", "Source"), fields.get("source", "—")),
        (Text("提交次数", "Submission"), str(step.cycle)),
        (Text("办理", "Decided by"), say(DECIDED_BY.get((step.source, step.act), PARTY_NAMES[party]))),
        (Text("办理后状态", "State after it"), say(NAMES[step.target])),
    ]
    if run is not None and step.act in (Act.LET_IN.value, Act.STOP.value):
        facts.append((Text("自动检查项数", "Checks of the gate"), str(run.checks)))
    foot = Text(
        f"档案内容 SHA-256：{step.digest or '—'}\n内容以平台档案为准，可凭编号在平台核对。",
        f"SHA-256 of the content: {step.digest or '—'}\nThe dossier on the platform decides; this letter can be compared with it by its number.",
    )
    return Letter(
        language=language,
        sender=say(SENDER),
        number=f"{dossier.number or dossier.code[:8]}-{place:02d}",
        title=say(Text("办理结果通知书", "Decision letter")),
        addressee=say(enterprise) + ("：" if zh else ":"),
        paragraphs=(say(SAYS[Act(step.act)]),),
        facts=tuple((say(label), text) for label, text in facts),
        issued=day,
        signature=f"{say(SENDER)}\n{day.isoformat()}",
        reason_title=say(Text("理由", "Reason")),
        reason=step.reason,
        remedy=say(_REMEDIES[State(step.target)]) if State(step.target) in _REMEDIES and party is not Party.SUBMITTER else "",
        foot=say(foot),
    )


def amount(value: str, unit: str) -> str:
    """A value with its unit as a letter prints them: gases with their figures below the line.

    >>> amount("2.713", "kgCO2e/kg P2O5")
    '2.713 kgCO₂e/kg P₂O₅'
    """
    return f"{value} {unit_signs(unit)}".strip()


def _content_at(dossier: Dossier, step: Step) -> Content:
    """The fields as they stood at a step: a returned draft may have been changed since."""
    fields: dict[str, str] = {}
    for change in FieldChange.objects.filter(dossier=dossier, at__lte=step.at).order_by("revision"):
        if change.key != "evidence":
            fields[change.key] = change.after or ""
    return Content(fields={key: text for key, text in fields.items() if text})
