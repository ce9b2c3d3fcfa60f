"""What is behind the number of a dataset, further than its contributions: supply paths, what moves it, what makes it uncertain, how it compares with
another dataset run by run, and why it differs between two releases.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.difference import Cause, State, explained_difference
from zuji.engine.sparse.exploration import Comparison, Ends, VarianceBudget, compare, network_tornado, variance_budget
from zuji.engine.sparse.needs import Floats
from zuji.engine.sparse.paths import structural_paths
from zuji.engine.sparse.supply import Supply
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.inventory.drawing import shared
from zuji.registry.inventory.models import Dataset, Release
from zuji.registry.inventory.queries import TOTAL, DatasetRow, ReleaseRow, by_process, found_release, opened_release, release_row, row_of
from zuji.registry.inventory.solved import Opened
from zuji.registry.refusals import NotFound, Refused

LISTED = 20
RUNS, SEED = 1008, 1  # whole batches of sixteen; the seed of `zuji inventory draw`, whose numbers these are
MOVED = 0.1  # by how much each number is moved where a database states no spreads
_OPENED_PATHS, _LEAST_PATH = 400, 0.0005


@dataclass(frozen=True, slots=True)
class PathLine:
    """A chain of supply, the dataset itself first: ``amount`` units of the last product are needed, whose process emits ``value`` for it."""

    chain: tuple[DatasetRow, ...]
    amount: float
    value: float


@dataclass(frozen=True, slots=True)
class Place:
    """A number of the network: what ``consumer`` needs of ``supplier``, or (None) the consumer's own direct emissions."""

    consumer: DatasetRow
    supplier: DatasetRow | None


@dataclass(frozen=True, slots=True)
class Swung:
    """The dataset's number with one number of its network at its low and at its high end; None where none exists with it."""

    place: Place
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False, slots=True)
class Paired:
    """Two datasets of one release, each per unit of its product. ``runs``: a − b in every run, empty where no number has a spread.

    ``reason``: why they are not compared; empty where they are.
    """

    other: DatasetRow
    a: float
    b: float
    runs: Floats
    found: Comparison | None
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """``paths`` and ``path_rest`` sum to the ``total``; ``budget`` and ``range95`` are None where the release states no spreads.

    ``stated``: how many numbers of the release have a spread. ``range95``: the 2.5th and the 97.5th percentile of ``runs`` runs.
    """

    row: DatasetRow
    release: ReleaseRow
    column: str
    background: str
    residual: float
    total: float
    paths: tuple[PathLine, ...]
    path_rest: float
    swings: tuple[Swung, ...]
    stated: int
    budget: VarianceBudget | None
    budget_places: tuple[Place, ...]
    range95: tuple[float, float] | None
    runs: int
    paired: Paired | None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change between two releases; ``before`` and ``after`` as in :class:`~zuji.engine.sparse.difference.Change`."""

    cause: Cause
    place: Place
    before: float | None
    after: float | None
    value: float


@dataclass(frozen=True, slots=True)
class Changed:
    """A dataset in two releases, and what is between the two numbers; ``by_cause``, and ``lines`` with ``rest``, sum to it."""

    earlier: ReleaseRow
    later: ReleaseRow
    row_before: DatasetRow
    row_after: DatasetRow
    column: str
    before: float
    after: float
    by_cause: Mapping[Cause, float]
    lines: tuple[ChangeLine, ...]
    rest: float
    rest_count: int


def analysis(code: str, number: int, *, viewer: Viewer, gwp: str = "AR6", against: int = 0) -> Analysis | None:
    """The analyses of a dataset; None where it has no number. ``against``: the number of another dataset to compare it with, 0 for none.

    Raises:
        NotFound: there is no such dataset, or none that the viewer may read.
        Refused: the files of the solved database are missing or altered.
    """
    found, row, here = _solved(code, number, viewer, gwp)
    if here is None or row.position is None or row.standing == "nothing":
        return None
    b, product = here.background, row.position
    column = here.column(f"{gwp}/{TOTAL}")
    h, f = b.burdens[:, column], b.values[:, column]
    made = here.supply(product)
    paths = structural_paths(here.system, h, f, product, most=_OPENED_PATHS, smallest=_LEAST_PATH)
    listed = [path for path in paths.paths if path.direct][:LISTED]
    needs, direct = _ends(here, h, gwp)
    swings = network_tornado(here.system, h, f, made, product, needs=needs, direct=direct, consumers=here.consumers)
    budget = _budget(here, f, made, gwp)
    wanted = {j for path in listed for j in path.products} | {j for s in swings for j in (s.consumer, s.supplier)}
    wanted |= {j for share in (budget.shares if budget else ()) for j in (share.consumer, share.supplier)}
    rows = by_process(found, here, wanted - {-1})
    total = float(f[product])
    return Analysis(
        row=row_of(row, here),
        release=release_row(found),
        column=b.columns[column],
        background=found.background,
        residual=b.residual,
        total=total,
        paths=tuple(PathLine(tuple(rows[j] for j in path.products), path.amount, path.direct) for path in listed),
        path_rest=total - sum(path.direct for path in listed),
        swings=tuple(Swung(_place(rows, s.consumer, s.supplier), s.low, s.high) for s in swings),
        stated=b.uncertain.size if b.uncertain else 0,
        budget=budget,
        budget_places=tuple(_place(rows, share.consumer, share.supplier) for share in budget.shares) if budget else (),
        range95=_range(found, product, gwp) if budget else None,
        runs=RUNS,
        paired=_paired(found, row, here, gwp, against) if against else None,
    )


def change(code: str, number: int, earlier: str, *, viewer: Viewer, gwp: str = "AR6") -> Changed:
    """Why a dataset's number differs from that in an earlier release of the same database, or of any other that has the same dataset.

    Raises:
        NotFound: there is no such dataset or release, or none that the viewer may read.
        Refused: either has no number, or the files of a solved database are missing or altered.
    """
    found, row, here = _solved(code, number, viewer, gwp)
    other = found_release(earlier, viewer)
    twin = Dataset.objects.filter(release=other, uuid=row.uuid).first()
    there = opened_release(other)
    if twin is None or here is None or there is None or row.position is None or twin.position is None:
        raise Refused(
            Text(
                f"数据集 {row.uuid} 没有在两个版本中都有数值，无从比较。",
                f"The dataset {row.uuid} does not have a number in both releases: there is nothing to compare.",
            )
        )
    column = f"{gwp}/{TOTAL}"
    numbering, count = _numbering(there, here)
    known = [_known(release) for release in (other, found)]
    names = [
        [_dataset_of(process.id, told) for process in side.background.processes] for side, told in zip((there, here), known, strict=True)
    ]
    same, electricity = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    for told, listed, places in ((known[0], names[0], np.arange(len(names[0]))), (known[1], names[1], numbering)):
        electricity[places] |= [told[name].electricity for name in listed]
    same[numbering] = [name in known[0] and known[0][name].digest == known[1][name].digest for name in names[1]]
    states = [_state(side, at, column) for side, at in ((there, twin.position), (here, row.position))]
    told_difference = explained_difference(*states, places=numbering, same=same, electricity=electricity, shown=LISTED)
    wanted = {j for line in told_difference.changes for j in (line.consumer, line.supplier) if j >= 0}
    back = {int(at): k for k, at in enumerate(numbering)}
    rows = by_process(other, there, {j for j in wanted if j not in back})
    rows |= {int(numbering[k]): one for k, one in by_process(found, here, {back[j] for j in wanted if j in back}).items()}
    return Changed(
        earlier=release_row(other),
        later=release_row(found),
        row_before=row_of(twin, there),
        row_after=row_of(row, here),
        column=column,
        before=told_difference.before,
        after=told_difference.after,
        by_cause=told_difference.by_cause,
        lines=tuple(
            ChangeLine(line.cause, _place(rows, line.consumer, line.supplier), line.before, line.after, line.value)
            for line in told_difference.changes
        ),
        rest=told_difference.rest,
        rest_count=told_difference.rest_count,
    )


def other_releases(code: str, number: int, *, viewer: Viewer) -> list[ReleaseRow]:
    """The other releases, readable to the viewer, in which the same dataset has a number. Raises :class:`NotFound`."""
    found = found_release(code, viewer)
    row = _dataset(found, number)
    twins = Dataset.objects.filter(uuid=row.uuid, position__isnull=False).exclude(release=found).select_related("release")
    everything = viewer.system or viewer.operator
    return [release_row(twin.release) for twin in twins.order_by("-release__at", "release__code") if everything or twin.release.public]


def _dataset(found: Release, number: int) -> Dataset:
    row = Dataset.objects.filter(release=found, number=number).first()
    if row is None:
        raise NotFound
    return row


def _solved(code: str, number: int, viewer: Viewer, gwp: str) -> tuple[Release, Dataset, Opened | None]:
    found = found_release(code, viewer)
    row = _dataset(found, number)
    if f"{gwp}/{TOTAL}" not in {"AR5/total", "AR6/total"}:
        raise NotFound
    return found, row, opened_release(found)


def _place(rows: Mapping[int, DatasetRow], consumer: int, supplier: int) -> Place:
    return Place(rows[consumer], rows[supplier] if supplier >= 0 else None)


def _emissions(here: Opened, gwp: str) -> Floats:
    """Single emissions of the total under a set."""
    assert here.background.uncertain is not None
    sets = list(dict.fromkeys(name.partition("/")[0] for name in here.background.columns))
    made: Floats = here.background.uncertain.emissions[:, sets.index(gwp)]
    return made


def _ends(here: Opened, h: Floats, gwp: str) -> tuple[Ends, Ends]:
    """The low and the high end of each need and of each process's direct emissions, relative to them.

    Stated 95 % ranges, a process's emissions all at the same end; where a release states none, every number ± a tenth.
    """
    uncertain = here.background.uncertain
    if uncertain is None:
        needs, direct = ((np.full(size, 1 - MOVED), np.full(size, 1 + MOVED)) for size in (here.system.needs.size, len(h)))
        return needs, direct
    emissions = _emissions(here, gwp)
    ends = []
    for end in uncertain.direct.ends():
        moved = np.bincount(uncertain.emitters, emissions * end, len(h))
        ends.append(np.divide(moved, h, out=np.ones(len(h)), where=h != 0))
    return uncertain.needs.ends(), (ends[0], ends[1])


def _budget(here: Opened, f: Floats, made: Supply, gwp: str) -> VarianceBudget | None:
    uncertain = here.background.uncertain
    if uncertain is None:
        return None
    return variance_budget(
        here.system,
        _emissions(here, gwp),
        f,
        made,
        needs=uncertain.needs,
        direct=uncertain.direct,
        consumers=uncertain.emitters,
        shown=LISTED,
    )


def _range(found: Release, product: int, gwp: str) -> tuple[float, float] | None:
    runs = shared(found.background, f"{gwp}/{TOTAL}", RUNS, SEED).of(product)
    return (float(np.percentile(runs, 2.5)), float(np.percentile(runs, 97.5))) if len(runs) else None


def _paired(found: Release, row: Dataset, here: Opened, gwp: str, against: int) -> Paired:
    other = _dataset(found, against)
    nothing = np.zeros(0)
    reason = None
    if other.position is None or other.standing == "nothing":
        reason = Text("这个数据集没有数值。", "That dataset has no number.")
    elif other.pk == row.pk:
        reason = Text("这是同一个数据集。", "That is the same dataset.")
    elif other.unit != row.unit:
        reason = Text(
            f"两者的单位不同（{row.unit} 与 {other.unit}），每单位的数值不能比较。",
            f"Their units differ ({row.unit} and {other.unit}): numbers per unit do not compare.",
        )
    if reason is not None or other.position is None or row.position is None:
        return Paired(row_of(other, here), np.nan, np.nan, nothing, None, reason)
    column = here.column(f"{gwp}/{TOTAL}")
    a, b = (float(here.background.values[j, column]) for j in (row.position, other.position))
    if here.background.uncertain is None:
        return Paired(row_of(other, here), a, b, nothing, None, None)
    draws = shared(found.background, f"{gwp}/{TOTAL}", RUNS, SEED)
    one, two = draws.of(row.position), draws.of(other.position)
    return Paired(row_of(other, here), a, b, one - two, compare(one, two) if len(one) else None, None)


@dataclass(frozen=True, slots=True)
class _Known:
    digest: str
    electricity: bool


def _known(release: Release) -> dict[str, _Known]:
    """The datasets of a release by identifier: what they hold, and whether they supply electricity, told by the name of their product."""
    rows = Dataset.objects.filter(release=release, position__isnull=False).values_list("uuid", "digest", "product_zh", "product_en")
    return {uuid: _Known(digest, is_electricity(zh, en)) for uuid, digest, zh, en in rows}


def is_electricity(zh: str, en: str) -> bool:
    """Whether a product is electricity, by its name.

    >>> is_electricity("电力, 中压", ""), is_electricity("", "Electricity mix"), is_electricity("电极", "electrode")
    (True, True, False)
    """
    return any(word in zh for word in ("电力", "电能", "用电")) or "electricity" in en.lower()


def _dataset_of(process: str, known: Mapping[str, _Known]) -> str:
    """The dataset of a process; further products of a dataset have its identifier and a number."""
    return process if process in known else process.rpartition("#")[0]


def _numbering(before: Opened, after: Opened) -> tuple[NDArray[np.int64], int]:
    """The number of each process of ``after``: its row in ``before``, or one of its own; and how many numbers there are."""
    at = {process.id: j for j, process in enumerate(before.background.processes)}
    following = len(at)
    numbers = []
    for process in after.background.processes:
        number = at.get(process.id)
        if number is None:
            number, following = following, following + 1
        numbers.append(number)
    return np.array(numbers, np.int64), following


def _state(side: Opened, position: int, name: str) -> State:
    b, column = side.background, side.column(name)
    return State(b.needs, b.burdens[:, column], b.values[:, column], side.supply(position).values, position)
