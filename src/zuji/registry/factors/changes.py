"""What changed in the factor library, for everybody: loads of the shipped files, and what became of single versions since.

The one record of changes: page, feed and interface read it here, and so does whatever tells what became of a version.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Min, Q

from zuji.engine.text import Text
from zuji.registry.audit import queries as audit
from zuji.registry.audit.operations import Action
from zuji.registry.factors.models import FactorVersion, Standing

LOADED = "loaded"
KINDS = ("added", "corrected", "superseded", "withdrawn", "expired", LOADED)
"""What a change is: a new factor, a new version of one that was there, a version that another replaced, one that was withdrawn, one whose validity
ended, and a load of the files that come with the product."""
_MOST_LOADS = 200
_KIND_OF = {"superseded": "superseded", "revoked": "withdrawn", "expired": "expired"}

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Change:
    """``state`` is ``loaded`` (``added`` versions came with the product, ``name`` and ``reference`` are empty) or what became of a version.

    ``kind`` is one of :data:`KINDS`. ``replaces`` names the version that a correction took the place of, whose reason it carries.
    """

    state: str
    at: datetime.datetime
    key: str
    kind: str
    reference: str = ""
    name: Text = NOTHING
    value: str = ""
    unit: str = ""
    replaces: str = ""
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

    @property
    def replaces_version(self) -> str:
        """The number of the version that was replaced; empty where that is of another factor."""
        factor, _, version = self.replaces.rpartition("@")
        return version if factor == self.factor else ""


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes, the newest first, of ``total``."""

    rows: tuple[Change, ...]
    page: int
    pages: int
    total: int


def changes(*, factor: str = "", kind: str = "", page: int = 1, size: int = 50) -> Changes:
    """A page of the changes of the library, or of one factor (by its id) and of one kind, the newest first.

    At most four database queries, however many changes there are.
    """
    rows = Standing.objects.order_by("-at", "-pk")
    if factor:
        rows = rows.filter(factor__factor_id=factor)
    if kind in KINDS:
        rows = rows.filter(_of_kind(kind))
    # A load names no factor: it stands in the whole record alone.
    loads = _loads() if not factor and kind in {"", LOADED} else []
    total = rows.count() + len(loads)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    # Loads are few. Of the others, no more are read than can stand on the page: among the first n of both are at least n - loads of them.
    start = (page - 1) * size
    skipped = max(0, start - len(loads))
    taken = list(rows.select_related("factor").only(*_SHOWN)[skipped : start + size])
    ordered = sorted([*_told(taken), *loads], key=lambda change: (change.at, change.key), reverse=True)
    return Changes(tuple(ordered[start - skipped : start - skipped + size]), page, pages, total)


def became(factor: str, version: str) -> tuple[Change, ...]:
    """What became of one version since it was written down, the oldest first."""
    rows = Standing.objects.select_related("factor").only(*_SHOWN)
    return tuple(_told(list(rows.filter(factor__factor_id=factor, factor__version=version).order_by("pk"))))


def replaced_by(reference: str) -> tuple[str, ...]:
    """The versions (``id@version``) whose place a version took, as that stands beside them, the oldest first."""
    return tuple(str(each.factor) for each in Standing.objects.select_related("factor").filter(superseded_by=reference).order_by("pk"))


def _of_kind(kind: str) -> Q:
    """The standings of a kind. A version that is published beside an earlier one of its factor corrects it."""
    if kind == LOADED:
        return Q(pk__in=())
    if kind in {"added", "corrected"}:
        first = FactorVersion.objects.values("factor_id").annotate(first=Min("pk")).values("first")
        new = Q(factor__in=first)
        return Q(state="published") & (new if kind == "added" else ~new)
    return Q(state=next(state for state, name in _KIND_OF.items() if name == kind))


def _told(rows: Iterable[Standing]) -> list[Change]:
    rows = list(rows)
    published = [row for row in rows if row.state == "published"]
    names = [str(row.factor) for row in published]
    earlier = {
        each.superseded_by: each
        for each in (Standing.objects.select_related("factor").only(*_SHOWN).filter(superseded_by__in=names) if names else ())
    }
    firsts: Mapping[str, int] = (
        dict(
            FactorVersion.objects.filter(factor_id__in={row.factor.factor_id for row in published})
            .order_by()
            .values_list("factor_id")
            .annotate(Min("pk"))
        )
        if published
        else {}
    )
    return [_change(row, earlier.get(str(row.factor)), firsts) for row in rows]


def _change(row: Standing, earlier: Standing | None, firsts: Mapping[str, int]) -> Change:
    new = row.state == "published"
    said = earlier if new and earlier is not None else row
    return Change(
        state=row.state,
        at=row.at,
        key=f"standing-{row.pk:012d}",
        kind=_KIND_OF.get(row.state) or ("added" if firsts.get(row.factor.factor_id) == row.factor_id else "corrected"),
        reference=str(row.factor),
        name=Text(row.factor.name_zh, row.factor.name_en),
        value=row.factor.value,
        unit=row.factor.unit,
        replaces=str(earlier.factor) if new and earlier is not None else "",
        superseded_by=row.superseded_by,
        reason_code=said.reason_code,
        reason=said.reason,
    )


def _loads() -> list[Change]:
    entries = audit.selected(audit.Filters(action=Action.FACTORS_LOADED.value), limit=_MOST_LOADS)
    return [
        Change(LOADED, entry.at, f"load-{entry.number:012d}", LOADED, added=int(json.loads(entry.details).get("added", 0)))
        for entry in entries
    ]


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
    "factor__value",
    "factor__unit",
)
