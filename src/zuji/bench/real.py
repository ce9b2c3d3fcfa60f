"""Real databases for the measurements: TianGong LCA as its files are, or a release that the platform keeps.

Nothing of them comes with the product; where they are not at hand, a row of the table says so.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from zuji.bench.synthetic import Database
from zuji.engine.sparse.background import TOTAL
from zuji.engine.sparse.needs import Floats, Needs
from zuji.formats.background.files import MANIFEST
from zuji.formats.gate import Case, Judgement
from zuji.formats.gate.assembly import SETS, assemble
from zuji.formats.gate.linking import Rule, link
from zuji.importing import import_inventory
from zuji.registry.factors.releases import open_release

PLACE = Path("../shared/data/tiangong")
ARCHIVE = "tiangong-lca-ilcd.tar.xz"
RULE: Rule = "location-then-share"  # of the rules of the gate the one that makes the most links


def real_databases(place: Path) -> Iterator[tuple[str, Database]]:
    """The databases at ``place`` with their names; none where there is no such folder.

    ``place``: a release folder of the platform; an ILCD package, packed or as a folder; or the folder of TianGong's archive. A package is
    measured twice: as the gate admits it, and with all that the gate keeps out but what stands in loops that gain, which is no database to
    calculate with but has more links. Raises :class:`~zuji.importing.ImportRefused` for a package that is none, and
    :class:`~zuji.formats.background.BadRelease` for an altered release.
    """
    if not place.exists():
        return
    if (place / MANIFEST).is_file():
        background = open_release(place)
        yield "release", database_of(background.needs, background.burdens[:, background.columns.index(f"{SETS[-1]}/{TOTAL}")])
        return
    source = place / ARCHIVE if (place / ARCHIVE).is_file() else place
    name = "TianGong" if source.name == ARCHIVE else source.name
    done = import_inventory(source, "ilcd", rule=RULE, year=datetime.datetime.now(datetime.UTC).year)
    yield f"{name}, as admitted", _linked(done.case, done.judgement)
    yield f"{name}, with what was refused", _linked(done.case, ungated(done.case, done.judgement))


def ungated(case: Case, judged: Judgement) -> Judgement:
    """A judgement that refuses only what has no product, or stands in a loop that consumes as much as it makes. To measure, not to calculate with."""
    gaining = {member for members, gain in judged.gains if gain >= 1 for member in members}
    whole = frozenset(name for name, dataset in case.datasets.items() if dataset.reference is not None and dataset.reference.amount)
    return replace(judged, admitted=whole - gaining, linking=link(case, RULE, whole - gaining))


def _linked(case: Case, judgement: Judgement) -> Database:
    assembled = assemble(case, judgement)
    return database_of(assembled.needs, assembled.burdens[:, -1, :].sum(axis=1))


def database_of(needs: Needs, burdens: Floats) -> Database:
    """The database of a matrix, without its zeros: what is zero has no logarithm, and a peer that draws it stops."""
    rows = np.repeat(np.arange(needs.rows), np.diff(needs.starts))
    kept, emitters = needs.amounts != 0, np.flatnonzero(burdens)
    matrix = Needs.from_triplets(rows[kept], needs.suppliers[kept], needs.amounts[kept], rows=needs.rows)
    return Database(matrix, emitters, burdens[emitters])
