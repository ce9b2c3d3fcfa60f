"""“Verified” means that the page itself was read: with the page and a file behind it."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_COPIED = ("转录", "转引", "副本", "transcribed", "secondary", "二次资料")


def confidence_claim(case: Case) -> list[Finding]:
    """An error for a verified value without page or evidence; a warning for one whose source speaks of a transcription, and for an unverified one."""
    factor, candidate = case.factor, case.candidate
    if factor.confidence == "unverified":
        message = Text("可信程度是“未核实”；发布后将如此显示。", "Its confidence is “unverified”, and it will be shown as such.")
        return [case.found("gate.confidence-unverified", "warning", "confidence", message)]
    if factor.confidence != "verified":
        return []
    if not candidate.evidence or not candidate.document_page:
        message = Text("标为“已核实”须附原文件并写明页码。", "A verified value has the document attached and its page stated.")
        return [case.found("gate.confidence-claim", "error", "confidence", message)]
    if any(word in f"{factor.source} {factor.publisher}".lower() for word in _COPIED):
        message = Text("来源是转录或二次资料，不应标为“已核实”。", "The source is a transcription; it is not “verified”.")
        return [case.found("gate.confidence-claim", "warning", "confidence", message)]
    return []
