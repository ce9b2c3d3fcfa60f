"""Two people, or two tabs, changed one field: nobody's answer is lost, and the second is told."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.refusals import Refused


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed since the revision that the sender saw. None stands for an empty field."""

    saw: str | None
    mine: str | None
    theirs: str | None
    by: str
    at: datetime.datetime


class Conflict(Refused):
    """Nothing was kept: ``fields`` were changed by somebody else meanwhile. ``revision`` is the one they are in now."""

    def __init__(self, revision: int, fields: Mapping[str, Clash]) -> None:
        super().__init__(
            Text(
                f"有 {len(fields)} 项在别处被改过，您的这次修改没有保存。请比较后选择保留哪一个。",
                f"{len(fields)} fields were changed elsewhere; this change of yours was not kept. Compare, and choose which to keep.",
            )
        )
        self.revision = revision
        self.fields = dict(fields)


class BadAnswers(Refused):
    """Nothing was kept: what stands in ``fields`` cannot be, and each says why."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        first = next(iter(fields.values()))
        more = Text("", "") if len(fields) == 1 else Text(f"（另有 {len(fields) - 1} 项）", f" ({len(fields) - 1} more)")
        super().__init__(Text(f"{first.zh}{more.zh}", f"{first.en}{more.en}"))
        self.fields = dict(fields)
