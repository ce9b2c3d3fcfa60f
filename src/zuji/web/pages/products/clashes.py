"""A conflict of two writers as people read it: mine, theirs, who and when, field by field."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.products.conflict import Conflict
from zuji.rules.models import ProductModel
from zuji.web.pages.products.naming import answer_name, answer_value


@dataclass(frozen=True, slots=True)
class Clashing:
    """One field that two people changed. ``theirs`` is the text as it is kept; the shown ones are in words."""

    key: str
    name: Text
    mine: str
    theirs: str
    mine_shown: Text
    theirs_shown: Text
    by: str
    at: datetime.datetime

    @property
    def when(self) -> str:
        return timezone.localtime(self.at).strftime("%H:%M:%S")


def clashing(conflict: Conflict, model: ProductModel) -> tuple[Clashing, ...]:
    """The fields of a conflict, with people's names."""
    called = accounts.names(clash.by for clash in conflict.fields.values())
    return tuple(
        Clashing(
            key=key,
            name=answer_name(key, model),
            mine=clash.mine or "",
            theirs=clash.theirs or "",
            mine_shown=answer_value(key, clash.mine, model),
            theirs_shown=answer_value(key, clash.theirs, model),
            by=called.get(clash.by, ""),
            at=clash.at,
        )
        for key, clash in conflict.fields.items()
    )
