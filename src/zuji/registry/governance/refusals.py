"""Why a step of a dossier was not taken."""

from collections.abc import Sequence

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.registry.refusals import Refused


class StateConflict(Refused):
    """The dossier stands elsewhere than the step needs: somebody else was there first. ``state`` is where it stands, ``open_`` what is open there."""

    def __init__(self, text: Text, *, state: str, open_: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.state = state
        self.open = tuple(open_)


class NotReadable(Refused):
    """What was filled in makes no factor yet: ``findings`` say why, each at its field."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        zh, en = "；".join(each.message.zh for each in findings[:3]), " ".join(each.message.en for each in findings[:3])
        super().__init__(
            Text(f"还不能提交，有 {len(findings)} 处须改正：{zh}", f"This cannot be submitted yet, {len(findings)} to put right: {en}")
        )
        self.findings = tuple(findings)


class NotImpartial(Refused):
    """The person has another part in this dossier, or is close to its submitter; the text says which."""


class EvidenceAltered(Refused):
    """A document behind the dossier is not on disk as it was handed in: nothing goes on until it is. ``files`` are their names."""

    def __init__(self, files: Sequence[str]) -> None:
        named_zh, named_en = "、".join(f"“{name}”" for name in files), ", ".join(f"“{name}”" for name in files)
        super().__init__(
            Text(
                f"佐证文件{named_zh}在服务器上丢失或被改动，与登记的哈希不符。在恢复原文件之前，任何环节都不能继续。",
                f"The evidence {named_en} is missing on the server or was altered there: it does not give the hash on record. No step is taken "
                "until the original is back.",
            )
        )
        self.files = tuple(files)
