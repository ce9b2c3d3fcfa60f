"""The factors that a calculation may use now: the shipped library, the versions published through the governed process, and what became of each."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import Lock

from zuji.engine.factors import FactorVersion
from zuji.formats.factors import FactorLibrary, load_library
from zuji.registry.factors import models
from zuji.registry.factors.models import Standing
from zuji.registry.factors.published import version_of

_Mark = tuple[int, datetime.datetime] | None
_lock = Lock()
_last: tuple[_Mark, FactorLibrary] | None = None


def current() -> tuple[str, FactorLibrary]:
    """All factors for new calculations, with a mark that is another whenever they are others.

    One question to the database; what it leads to is kept until something else is published. A superseded version says by what, a revoked
    one why: what a calculation makes of that is the engine's to say.
    """
    global _last  # noqa: PLW0603  # one library a process, replaced as a whole
    # The time is part of the mark: after a transaction that was undone, another row may get the same number.
    mark: _Mark = Standing.objects.order_by("-pk").values_list("pk", "at").first()
    kept = _last
    if kept is None or kept[0] != mark:
        with _lock:
            _last = kept = (mark, _built() if mark is not None else load_library())
    return ("" if mark is None else f"{mark[0]}@{mark[1].isoformat()}"), kept[1]


def library() -> FactorLibrary:
    """All factors for new calculations."""
    return current()[1]


def as_of(versions: Mapping[str, FactorVersion], moment: datetime.datetime) -> dict[str, FactorVersion]:
    """Those of ``versions`` (by ``id@version``) that stood otherwise than written at a moment, as they stood then."""
    ids = {reference.partition("@")[0] for reference in versions}
    rows = Standing.objects.filter(factor__factor_id__in=ids, at__lte=moment).select_related("factor").order_by("pk")
    return {reference: _standing(versions[reference], standing) for reference, standing in _latest(rows).items() if reference in versions}


def _built() -> FactorLibrary:
    shipped = load_library()
    latest = _latest(Standing.objects.select_related("factor").order_by("pk"))
    governed = models.FactorVersion.objects.filter(standings__state="published").order_by("pk")
    added = {f"{row.factor_id}@{row.version}": version_of(row) for row in governed}
    pinned = {reference: found for reference in latest if (found := shipped.pinned(reference)) is not None}
    known = {**pinned, **added}
    return shipped.with_versions(_standing(version, latest[reference]) for reference, version in known.items() if reference in latest)


_STRENGTH = {"published": 0, "expired": 1, "superseded": 2, "revoked": 3}
"""What is said of a version that several things happened to: a superseded version that was revoked is revoked."""


def _latest(rows: Iterable[Standing]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for row in rows:
        reference = f"{row.factor.factor_id}@{row.factor.version}"
        here = found.get(reference)
        if here is None or _STRENGTH[row.state] > _STRENGTH[here.state]:
            found[reference] = row
    return found


def _standing(version: FactorVersion, standing: Standing) -> FactorVersion:
    if standing.state == "superseded":
        return replace(version, state="superseded", superseded_by=standing.superseded_by)
    if standing.state == "revoked":
        return replace(version, state="revoked", note=standing.reason)
    return version
