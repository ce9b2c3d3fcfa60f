"""Averages of confidential contributions: when one may be published, and what it is. Exact.

Sources: Hundepool et al., Handbook on Statistical Disclosure Control, 4.2 (minimum frequency rule, p %-rule; secondary disclosure by subtraction);
统计法 第二十五条 (a summary from which one respondent can be inferred identifies it).

The attacker is taken to know everything but the values: who contributed to which release, with which volume, and, being a contributor, the values
of one group. What is guarded is each group's value.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from zuji.engine.canonical import canonical_json
from zuji.engine.errors import BadContribution
from zuji.engine.text import Text

FEWEST_GROUPS = 3
"""n: no published number, and none that follows from published ones by sums and differences, rests on fewer independent groups."""
P_PERCENT = 10
"""p: nobody may estimate another's contribution closer than this (in per cent of it)."""
SALT_BYTES = 32  # 256 bits; a hash of a number with fewer than 128 bits of salt is found by trying numbers


@dataclass(frozen=True, slots=True)
class Share:
    """One contribution: ``id`` tells it from every other, also from the same firm's former one; ``group`` is its independent group.

    ``value`` is per unit of product, ``volume`` the production that weighs it; both positive.
    """

    id: str
    group: str
    value: Fraction
    volume: Fraction


def weighted_average(shares: Sequence[Share]) -> Fraction:
    """The mean of the values, weighted by volume.

    Raises:
        BadContribution: there is none, or a value or volume is not positive.
    """
    if not shares or any(share.value <= 0 or share.volume <= 0 for share in shares):
        raise BadContribution(Text("数值和产量须大于零。", "Values and volumes must be greater than zero."))
    return sum((share.value * share.volume for share in shares), Fraction(0)) / sum((share.volume for share in shares), Fraction(0))


def independent_groups(declared: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The independent group of each enterprise, from pairs of an enterprise and the one that controls it (itself: it is its own).

    Control is followed to its end and in both directions: a subsidiary, its parent, and the parent's other subsidiaries are one. The group is
    named by the smallest of its codes, so that the order of declarations means nothing. Of several declarations of one enterprise all count: who
    says different things in different places is no more independent for it.
    """
    pairs = list(declared)
    root: dict[str, str] = {}

    def find(code: str) -> str:
        root.setdefault(code, code)
        while root[code] != code:
            root[code] = root[root[code]]
            code = root[code]
        return code

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return {one: find(one) for one, _ in pairs}


def dominated(shares: Iterable[Share]) -> bool:
    """Whether the p %-rule withholds a total of these: what remains without the two largest groups is below p % of the largest.

    Asked of emissions (value × volume) and of volumes: either would tell the second largest too much about the largest.
    """
    emissions: dict[str, Fraction] = {}
    volumes: dict[str, Fraction] = {}
    for share in shares:
        emissions[share.group] = emissions.get(share.group, Fraction(0)) + share.value * share.volume
        volumes[share.group] = volumes.get(share.group, Fraction(0)) + share.volume
    return _dominated(list(emissions.values())) or _dominated(list(volumes.values()))


def _dominated(sizes: list[Fraction]) -> bool:
    largest = sorted(sizes, reverse=True)
    return sum(largest[2:], Fraction(0)) * 100 < P_PERCENT * largest[0] if largest else True


def publishable(cell: Sequence[Share], published: Sequence[Sequence[Share]]) -> bool:
    """Whether the average of ``cell`` may be published beside those ``published`` already, of the same call.

    It may where the cell and each of its differences from a published one pass the p %-rule, and where no sum or difference of any of them all
    rests on fewer than three groups. A cell that was published already tells nothing new.
    """
    ids = frozenset(share.id for share in cell)
    before = [frozenset(share.id for share in each) for each in published]
    if not ids or len({share.group for share in cell}) < FEWEST_GROUPS or dominated(cell):
        return False
    if ids in before:
        return True
    for each in published:
        theirs = frozenset(share.id for share in each)
        apart = [share for share in cell if share.id not in theirs] + [share for share in each if share.id not in ids]
        if len({share.group for share in apart}) < FEWEST_GROUPS or dominated(apart):
            return False
    return not _isolating([*published, cell])


def _isolating(cells: Sequence[Sequence[Share]]) -> bool:
    """Whether some linear combination of the totals of cells rests on fewer than three groups.

    A total is the sum of its contributions' emissions: a row of ones in a matrix whose columns are contributions. A combination that vanishes
    outside the columns of two groups is there exactly where the matrix has a lower rank without those columns than with them.
    """
    held: dict[tuple[int, ...], set[str]] = {}  # which groups have contributions that stand in just these cells
    stands: dict[tuple[str, str], list[int]] = {}
    for number, cell in enumerate(cells):
        for share in cell:
            stands.setdefault((share.group, share.id), [0] * len(cells))[number] = 1
    for (group, _), pattern in stands.items():
        held.setdefault(tuple(pattern), set()).add(group)
    whole = _rank(list(held))
    few = sorted(set().union(*(groups for groups in held.values() if len(groups) < FEWEST_GROUPS), set()))
    # Two groups can only be laid bare where they alone have some pattern: without them the others' patterns are the same.
    for hidden in (set(pair) for size in range(1, FEWEST_GROUPS) for pair in combinations(few, size)):
        if _rank([pattern for pattern, groups in held.items() if not groups <= hidden]) < whole:
            return True
    return False


def _rank(rows: Sequence[Sequence[int]]) -> int:
    """The exact rank of a matrix of whole numbers: fraction-free elimination (Bareiss 1968)."""
    left = [list(row) for row in {tuple(row) for row in rows} if any(row)]
    rank, before = 0, 1
    for column in range(len(left[0]) if left else 0):
        pivot = next((number for number in range(rank, len(left)) if left[number][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        head = left[rank]
        for number in range(rank + 1, len(left)):
            row = left[number]
            left[number] = [(head[column] * cell - row[column] * top) // before for cell, top in zip(row, head, strict=True)]
        before = head[column]
        rank += 1
        if rank == len(left):
            break
    return rank


def commitment(salt: bytes, content: object) -> str:
    """A hash that binds to ``content`` (as :func:`canonical_json` takes it) and tells nothing of it without the salt.

    Raises:
        BadContribution: the salt has fewer than 128 bits: the number could be found by trying.
    """
    if len(salt) < 16:
        raise BadContribution(Text("盐值不足 128 位。", "The salt has fewer than 128 bits."))
    return f"sha256:{hashlib.sha256(salt + canonical_json(content)).hexdigest()}"
