"""What changed in the factor library, for everybody: loads of the shipped files, and what became of single versions since."""

import datetime
import json
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.audit import queries as audit
from zuji.registry.audit.operations import Action
from zuji.registry.factors.models import Standing

LOADED = "loaded"
_MOST_LOADS = 200

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Change:
    """``state`` is ``loaded`` (``added`` versions came with the product, ``name`` and ``reference`` are empty) or what became of a version."""

    state: str
    at: datetime.datetime
    key: str
    reference: str = ""
    name: Text = NOTHING
    superseded_by: str = ""
    reason_code: str = ""
    reason: str = ""
    added: int = 0

    @property
    def factor(self) -> str:
        """The factor's id."""
        return self.reference.rpartition("@")[0]

    @property
    def version(self) -> str:
        """The version's number."""
        return self.reference.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes, the newest first."""

    rows: tuple[Change, ...]
    page: int
    pages: int


def changes(*, page: int = 1, size: int = 50) -> Changes:
    """A page of the changes of the library, the newest first. Two database queries."""
    standings = [
        Change(
            state=row.state,
            at=row.at,
            key=f"standing-{row.pk}",
            reference=f"{row.factor.factor_id}@{row.factor.version}",
            name=Text(row.factor.name_zh, row.factor.name_en),
            superseded_by=row.superseded_by,
            reason_code=row.reason_code,
            reason=row.reason,
        )
        for row in Standing.objects.select_related("factor").only(*_SHOWN)
    ]
    entries = audit.selected(audit.Filters(action=Action.FACTORS_LOADED.value), limit=_MOST_LOADS)
    loads = [Change(LOADED, entry.at, f"load-{entry.number}", added=int(json.loads(entry.details).get("added", 0))) for entry in entries]
    ordered = sorted([*standings, *loads], key=lambda change: (change.at, change.key), reverse=True)
    pages = max(1, -(-len(ordered) // size))
    page = min(max(1, page), pages)
    return Changes(tuple(ordered[(page - 1) * size : page * size]), page, pages)


def became(factor: str, version: str) -> tuple[Change, ...]:
    """What became of one version since it was written down, the oldest first."""
    rows = Standing.objects.filter(factor__factor_id=factor, factor__version=version).order_by("pk")
    return tuple(
        Change(
            state=row.state,
            at=row.at,
            key=f"standing-{row.pk}",
            reference=f"{factor}@{version}",
            superseded_by=row.superseded_by,
            reason_code=row.reason_code,
            reason=row.reason,
        )
        for row in rows
    )


_SHOWN = (
    "state",
    "at",
    "superseded_by",
    "reason_code",
    "reason",
    "factor__factor_id",
    "factor__version",
    "factor__name_zh",
    "factor__name_en",
)
