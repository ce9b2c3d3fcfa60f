import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet

from zuji.engine.text import Text
from zuji.formats.background import BadRelease
from zuji.formats.factors.terms import normal
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.inventory.keeping import has_parts
from zuji.registry.inventory.models import STANDINGS, Dataset, Release
from zuji.registry.inventory.rows import unpacked
from zuji.registry.inventory.solved import Opened, opened
from zuji.registry.refusals import NotFound, Refused

LONGEST_QUERY = 100
SHOWN_PROCESSES = 6
LISTED = 12
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in a list."""

    code: str
    name: str
    edition: str
    publisher: str
    licence: str
    address: str
    public: bool
    format: str
    rule: str
    datasets: int
    admitted: int
    complete: int
    usable: int
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ReleaseSheet(ReleaseRow):
    """A release with what the gate said. ``standings``: datasets by standing; ``solution``: of the solved database, empty where there is none or
    where its files are missing or ``altered``. ``others``: the releases of the same database, the newest first, this one among them.
    """

    package: str
    package_sha256: str
    year: int
    summary_hash: str
    background: str
    by: str
    summary: Mapping[str, Any]
    faults: tuple[Mapping[str, Any], ...]
    standings: Mapping[str, int]
    solution: Mapping[str, Any]
    altered: bool
    others: tuple[ReleaseRow, ...]


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A dataset in a list. ``value``: kgCO2e per unit under AR6, in total; None where there is no number."""

    number: int
    uuid: str
    version: str
    name: Text
    location: str
    year: int | None
    product: Text
    amount: str
    unit: str
    kind: str
    standing: str
    inputs: int
    supplied: int
    lacks: int
    reasons: tuple[str, ...]
    value: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list of datasets."""

    rows: tuple[DatasetRow, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Intensities:
    """The solved numbers of a dataset: ``values`` by column (``AR6/fossil``), kgCO2e per unit of its product.

    ``complete`` says that nothing in its supply is unknown; where it is not, the numbers are lower parts. ``residual`` and ``error`` are of the whole
    solution, componentwise; all numbers are finite, or the release would not be here.
    """

    values: Mapping[str, float]
    direct: Mapping[str, float]
    unit: str
    complete: bool
    standing: str
    residual: float
    error: float
    background: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """A process behind a dataset's number: ``supply`` units of its product are made, and it emits ``value`` kgCO2e for that."""

    row: DatasetRow
    supply: float
    value: float


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind the number of a dataset under a set: contributions, the ``rest`` and they sum to the ``total``.

    ``processes``: how many are in its supply; ``with_gaps``: how many of them lack something of their own; ``flow``: nodes and links of the
    drawing, places being dataset numbers and 0 the rest.
    """

    column: str
    contributions: tuple[Contribution, ...]
    rest: float
    rest_count: int
    total: float
    processes: int
    with_gaps: int
    nodes: tuple[tuple[int, float, float], ...]
    links: tuple[tuple[int, int, float], ...]
    names: Mapping[int, Text]


@dataclass(frozen=True, slots=True)
class DatasetSheet(DatasetRow):
    """A dataset with its exchanges and findings. ``suppliers``: the datasets that its exchanges name, by identifier.

    ``exportable``: it can be written in another format, for it was kept as it was read. ``elsewhere``: the same identifier in the other releases of
    the database, the newest first.
    """

    release: ReleaseRow
    digest: str
    exchanges: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    suppliers: Mapping[str, DatasetRow]
    exportable: bool
    elsewhere: tuple["Elsewhere", ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A dataset of the same identifier in another release; ``same``: its content has the same digest."""

    release: ReleaseRow
    number: int
    version: str
    same: bool


def releases(*, viewer: Viewer) -> list[ReleaseRow]:
    """The releases that the viewer may read, the newest first."""
    return [release_row(release) for release in _readable(viewer)]


def release(code: str, *, viewer: Viewer) -> ReleaseSheet:
    """A release with its summary. Raises :class:`NotFound`."""
    found = found_release(code, viewer)
    counted = dict(Dataset.objects.filter(release=found).values_list("standing").annotate(n=Count("pk")).order_by())
    return ReleaseSheet(
        **_release_fields(found),
        package=found.package,
        package_sha256=found.package_sha256,
        year=found.year,
        summary_hash=found.summary_hash,
        background=found.background,
        by=found.by,
        summary=json.loads(found.summary),
        faults=tuple(json.loads(found.faults)),
        standings={standing: counted.get(standing, 0) for standing in STANDINGS},
        solution=_solution(found),
        altered=bool(found.background) and _readable_numbers(found) is None,
        others=tuple(release_row(each) for each in _readable(viewer).filter(name=found.name)),
    )


def datasets(code: str, *, viewer: Viewer, query: str = "", standing: str = "", page: int = 1, size: int = 25) -> Found:
    """The datasets of a release that have all words of the query, in the order of their identifiers. Raises :class:`NotFound`."""
    found = found_release(code, viewer)
    words = normal(query[:LONGEST_QUERY]).split()
    matching = Dataset.objects.filter(release=found)
    if words:
        matching = matching.filter(reduce(and_, (Q(words__contains=word) for word in words)))
    counted = dict(matching.values_list("standing").annotate(n=Count("pk")).order_by())
    chosen = matching.filter(standing=standing) if standing in STANDINGS else matching
    total = counted.get(standing, 0) if standing in STANDINGS else sum(counted.values())
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = chosen.order_by("number")[(page - 1) * size : page * size]
    here = _readable_numbers(found)
    counts = {name: counted.get(name, 0) for name in STANDINGS}
    return Found(tuple(row_of(row, here) for row in rows), total, page, pages, counts)


def dataset(code: str, number: int, *, viewer: Viewer) -> DatasetSheet:
    """All that is kept of a dataset. Raises :class:`NotFound`."""
    found = found_release(code, viewer)
    row = Dataset.objects.filter(release=found, number=number).select_related("content").first()
    if row is None:
        raise NotFound
    here = _readable_numbers(found)
    exchanges = tuple(unpacked(row.content.exchanges))
    named = {supplier["dataset"] for line in exchanges for supplier in line.get("suppliers", ())}
    suppliers = {other.uuid: row_of(other, here) for other in Dataset.objects.filter(release=found, uuid__in=named)}
    return DatasetSheet(
        **_row_fields(row, here),
        release=release_row(found),
        digest=row.digest,
        exchanges=tuple({**line, "name": _named(line.get("zh", ""), line.get("en", ""))} for line in exchanges),
        findings=tuple(unpacked(row.content.findings)),
        suppliers=suppliers,
        exportable=has_parts(found),
        elsewhere=_elsewhere(found, row, viewer),
    )


def intensities(release: str, dataset: str, *, viewer: Viewer) -> Intensities:
    """The solved numbers of a dataset, named by its identifier in the database.

    Raises:
        NotFound: there is no such release or dataset, or none that the viewer may read.
        Refused: the dataset was kept out and has no number.
    """
    found = found_release(release, viewer)
    row = Dataset.objects.filter(release=found, uuid=dataset).first()
    if row is None:
        raise NotFound
    here = opened_release(found)
    if here is None or row.position is None:
        raise Refused(Text(f"数据集 {dataset} 未被采用，没有数值。", f"The dataset {dataset} was kept out and has no number."))
    background = here.background
    return Intensities(
        values=dict(zip(background.columns, background.values[row.position].tolist(), strict=True)),
        direct=dict(zip(background.columns, background.burdens[row.position].tolist(), strict=True)),
        unit=row.unit,
        complete=not bool(background.incomplete[row.position]),
        standing=row.standing,
        residual=background.residual,
        error=background.error,
        background=found.background,
    )


def behind(code: str, number: int, *, viewer: Viewer, gwp: str = "AR6") -> Behind | None:
    """The supply of one unit of a dataset's product; None where it has no number.

    Raises:
        NotFound: there is no such dataset, or none that the viewer may read.
        Refused: the files of the solved database are missing or altered.
    """
    found = found_release(code, viewer)
    row = Dataset.objects.filter(release=found, number=number).first()
    if row is None or f"{gwp}/{TOTAL}" not in ("AR5/total", "AR6/total"):
        raise NotFound
    here = opened_release(found)
    if here is None or row.position is None or row.standing == "nothing":
        return None
    column = here.column(f"{gwp}/{TOTAL}")
    made = here.supply(row.position)
    emitted = made.contributions(here.background.burdens[:, column])
    largest = [int(j) for j in np.argsort(-np.abs(emitted), kind="stable")[:LISTED] if emitted[j]]
    drawn = here.flow(row.position, made, column, shown=SHOWN_PROCESSES)
    wanted = {*largest, *(node.product for node in drawn.nodes if node.product >= 0)}
    rows = by_process(found, here, wanted)
    upstream = np.flatnonzero(made.values)
    total = float(here.background.values[row.position, column])
    listed = tuple(Contribution(rows[j], float(made.values[j]), float(emitted[j])) for j in largest)
    numbers = {j: place.number for j, place in rows.items()} | {-1: 0}
    return Behind(
        column=here.background.columns[column],
        contributions=listed,
        rest=total - sum(one.value for one in listed),
        rest_count=int(np.count_nonzero(emitted)) - len(listed),
        total=total,
        processes=len(upstream),
        with_gaps=_lacking(found, here, upstream.tolist()),
        nodes=tuple((numbers[node.product], node.through, node.own) for node in drawn.nodes),
        links=tuple((numbers[link.consumer], numbers[link.supplier], link.value) for link in drawn.links),
        names={place.number: place.name for place in rows.values()},
    )


def _elsewhere(found: Release, row: Dataset, viewer: Viewer) -> tuple[Elsewhere, ...]:
    others = _readable(viewer).filter(name=found.name).exclude(pk=found.pk)
    rows = Dataset.objects.filter(release__in=others, uuid=row.uuid).select_related("release").order_by("-release__at", "release")
    return tuple(Elsewhere(release_row(each.release), each.number, each.version, each.digest == row.digest) for each in rows)


def _readable(viewer: Viewer) -> QuerySet[Release]:
    everything = Release.objects.all()
    return everything if viewer.system or viewer.operator else everything.filter(public=True)


def found_release(code: str, viewer: Viewer) -> Release:
    """A release that the viewer may read. Raises :class:`NotFound`."""
    found = _readable(viewer).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def opened_release(found: Release) -> Opened | None:
    """The solved database of a release. Raises :class:`Refused` where its files are gone or altered: no number is better than a wrong one."""
    if not found.background:
        return None
    try:
        return opened(found.background)
    except BadRelease as bad:
        raise Refused(
            Text(
                f"基础数据库“{found}”的求解文件丢失或被改动，不显示任何数值。请平台管理员从备份恢复。",
                f"The solved files of “{found}” are missing or altered, so no number is shown. The operator restores them from a backup.",
            )
        ) from bad


def _readable_numbers(found: Release) -> Opened | None:
    """The solved database for what can be shown without numbers too: None where there is none, or it cannot be trusted."""
    try:
        return opened_release(found)
    except Refused:
        return None


def _solution(found: Release) -> dict[str, Any]:
    here = _readable_numbers(found)
    if here is None:
        return {}
    b = here.background
    in_loops = sum(last - first for first, last in here.system.loops)
    return {
        "processes": len(b.processes),
        "inputs": b.needs.size,
        "in_loops": in_loops,
        "growth": b.growth,
        "sweeps": b.sweeps,
        "residual": b.residual,
        "error": b.error,
    }


def by_process(found: Release, here: Opened, places: set[int]) -> dict[int, DatasetRow]:
    """The datasets of some processes; further products of a dataset lead to it too."""
    ids = {j: here.background.processes[j].id for j in places}
    wanted = {*ids.values(), *(name.rpartition("#")[0] for name in ids.values())}
    rows = {row.uuid: row_of(row, here) for row in Dataset.objects.filter(release=found, uuid__in=wanted)}
    return {j: rows[name] if name in rows else rows[name.rpartition("#")[0]] for j, name in ids.items()}


def _lacking(found: Release, here: Opened, places: list[int]) -> int:
    """How many datasets behind some processes lack something of their own."""
    lacking = set(Dataset.objects.filter(release=found, lacks__gt=0, position__isnull=False).values_list("uuid", flat=True))
    ids = (here.background.processes[j].id for j in places)
    return len({name if name in lacking else name.rpartition("#")[0] for name in ids} & lacking)


def _release_fields(found: Release) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ReleaseRow.__slots__}


def release_row(found: Release) -> ReleaseRow:
    """A release as a list shows it."""
    return ReleaseRow(**_release_fields(found))


def _row_fields(row: Dataset, here: Opened | None) -> dict[str, Any]:
    shown = here is not None and row.position is not None and row.standing != "nothing"
    same = {name: getattr(row, name) for name in DatasetRow.__slots__ if name not in {"name", "product", "reasons", "value"}}
    return {
        **same,
        "name": _named(row.name_zh, row.name_en),
        "product": _named(row.product_zh, row.product_en),
        "reasons": tuple(json.loads(row.reasons)),
        "value": float(here.background.values[row.position, here.column("AR6/total")])
        if here and shown and row.position is not None
        else None,
    }


def _named(zh: str, en: str) -> Text:
    """A name in both languages; one that a file gives in one only stands for both."""
    return Text(zh or en, en or zh)


def row_of(row: Dataset, here: Opened | None) -> DatasetRow:
    """A dataset as a list shows it."""
    return DatasetRow(**_row_fields(row, here))
