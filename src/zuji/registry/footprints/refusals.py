"""Why answers have no footprint."""

from collections.abc import Sequence

from zuji.engine.text import Text
from zuji.registry.footprints.answering import Pointed
from zuji.registry.refusals import Refused


class NotCalculable(Refused):
    """The answers have no number: ``findings`` say why, each with the question behind it."""

    def __init__(self, findings: Sequence[Pointed]) -> None:
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(
            Text(
                f"还不能核算：有 {len(errors)} 处须先改正。",
                f"This cannot be calculated yet: {len(errors)} things have to be put right first.",
            )
        )
        self.findings = tuple(findings)


class NotReady(Refused):
    """The version cannot be submitted: the checklist has blocking items."""

    def __init__(self, blocking: Sequence[Text]) -> None:
        zh, en = "；".join(text.zh for text in blocking), "; ".join(text.en for text in blocking)
        super().__init__(Text(f"还不能提交：{zh}", f"This cannot be submitted yet: {en}"))
