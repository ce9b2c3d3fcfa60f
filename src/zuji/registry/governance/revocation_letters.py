"""The letter about a revocation: what was revoked, why, and what becomes of results. It is public, as the revocation is."""

from zoneinfo import ZoneInfo

from zuji.documents.letters import Letter, letter_pdf
from zuji.engine.text import Language, Text
from zuji.registry.governance.letters import SENDER, amount
from zuji.registry.governance.models import Revocation
from zuji.registry.governance.revoking import replacement
from zuji.registry.refusals import NotFound
from zuji.workflow.factor import REVOCATION_REASONS

_PLACE = ZoneInfo("Asia/Shanghai")
_SAYS = (
    Text(
        "该版本经两位发布人签署撤销，自即日起不再用于新的核算。",
        "Two publishers have revoked this version. From today it enters no new calculation.",
    ),
    Text(
        "已有核算结果保持不变，可按当时的版本复算。用到该版本的企业由平台另行通知。",
        "Results that rest on it stay as they are and can be calculated anew as they were. The platform tells the enterprises that use it.",
    ),
)


def revocation_letter(code: str, language: Language) -> tuple[str, bytes]:
    """The letter about a revocation that was confirmed, with the name of its file. Raises :class:`NotFound` where there is none."""
    found = Revocation.objects.select_related("factor", "decision").filter(pk=code, decision__confirmed=True).first()
    if found is None:
        raise NotFound
    made = letter_of(found, language)
    return f"{made.number}-{language}.pdf", letter_pdf(made)


def letter_of(found: Revocation, language: Language) -> Letter:
    """What the letter says. The two publishers are named by their part alone."""
    zh = language == "zh"

    def say(text: Text) -> str:
        return text.zh if zh else text.en

    factor, day = found.factor, found.decision.at.astimezone(_PLACE).date()
    stands_in = replacement(factor)
    facts = (
        (Text("因子", "Factor"), f"{factor.name_zh if zh else factor.name_en}\n{factor}"),
        (Text("数值", "Value"), amount(factor.value, factor.unit)),
        (Text("来源", "Source"), factor.source),
        (Text("撤销原因", "Reason"), say(REVOCATION_REASONS[found.reason_code])),
        (Text("办理", "Decided by"), say(Text("两位发布人", "two publishers"))),
        (Text("替代版本", "In its place"), stands_in or say(Text("无", "nothing"))),
    )
    foot = Text(
        f"两人所签内容 SHA-256：{found.digest}\n内容以平台因子页为准，可凭编号核对。",
        f"SHA-256 of what both signed: {found.digest}\nThe page of the factor on the platform decides; compare this letter by its number.",
    )
    return Letter(
        language=language,
        sender=say(SENDER),
        number=f"CX-{found.pk[:12].upper()}",
        title=say(Text("因子版本撤销通知书", "Revocation of a factor version")),
        addressee=say(Text("各使用单位：", "To everybody who uses it:")),
        paragraphs=tuple(say(text) for text in _SAYS),
        facts=tuple((say(label), text) for label, text in facts),
        issued=day,
        signature=f"{say(SENDER)}\n{day.isoformat()}",
        reason_title=say(Text("理由", "Reason")),
        reason=found.reason,
        foot=say(foot),
    )
