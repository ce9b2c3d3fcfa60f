"""50,000 factors in the database, derived from the shipped ones by a seeded rule and invented; and how long a search among them takes.

Run as a process of its own, with ``ZUJI_DATA`` (and ``DATABASE_URL``) naming an empty place. It prints its measurements as JSON.
The peer searches the same rows in the same database by its own means: FTS5 with trigrams on SQLite, ``ILIKE`` over a trigram index on
PostgreSQL (without the index where ``pg_trgm`` is not installed). It gives a page of 25 and their number: no facets and no reason.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zuji.config.commands import migrate
from zuji.formats.factors import load_library
from zuji.formats.factors.matching import OFFERED, Shelf

FACTORS = 50_000
SEED = 20261127
QUERIES = 400
LINES = 5_000
PLACES = ("CN", "CN-HB", "CN-HN", "CN-JX", "CN-HA", "CN-SD", "GLO", "GB", "US", "DE")
TYPED = (
    "cj",
    "lsya",
    "sn",
    "rzgj",
    "dljz",
    "trq",
    "lv",
    "cem",
    "alu",
    "steel",
    "497-19-8",
    "283620",
    "C2612",
    "2622",
    "纯碱",
    "水泥",
    "钢筋",
)


def main(factors: int, queries: int) -> None:
    """Fill the database and measure."""
    migrate(lambda _: None)
    filed = _fill(factors)
    json.dump({"factors": factors, "filed": filed, **_measure(queries)}, sys.stdout)


def _fill(factors: int) -> dict[str, float]:
    """The shipped library, and rows derived from it up to ``factors``: another number, place and year, and a name that says so.

    What it took to file them under their words.
    """
    from django.db import connection  # noqa: PLC0415  # Django is set up now

    from zuji.config import demo  # noqa: PLC0415  # the same
    from zuji.registry.factors.indexing import index_newest  # noqa: PLC0415  # the same
    from zuji.registry.factors.models import FactorVersion  # noqa: PLC0415  # the same
    from zuji.registry.footprints.method import Method  # noqa: PLC0415  # the same

    demo.load_factors(Method.shipped(), lambda _: None)
    chance = random.Random(SEED)  # noqa: S311  # a measurement, no secret
    shipped = list(FactorVersion.objects.order_by("rank"))
    derived = []
    for number in range(factors - len(shipped)):
        row = shipped[number % len(shipped)]
        place, year = chance.choice(PLACES), chance.randint(2010, 2025)
        copy = FactorVersion(**{name: value for name, value in vars(row).items() if name not in {"_state", "id"}})
        copy.factor_id, copy.rank = f"DERIVED-{number:06d}", len(shipped) + number
        copy.name_zh, copy.name_en = f"{row.name_zh}（派生 {number}）", f"{row.name_en} (derived {number})"
        copy.geography, copy.year, copy.digest = place, year, f"sha256:derived-{number}"
        derived.append(copy)
    FactorVersion.objects.bulk_create(derived, batch_size=500)
    found = _once(lambda: index_newest({row.factor_id for row in derived}))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return found


def _queries(number: int) -> Iterator[tuple[str, str]]:
    """What people type: names and words of industry, whole, begun or cut; every third narrowed to a place."""
    from zuji.formats.factors.words import load_words  # noqa: PLC0415  # takes time

    chance = random.Random(SEED)  # noqa: S311  # a measurement, no secret
    words = [word.text for word in load_words().words]
    for place in range(number):
        word = chance.choice(words if place % 4 else TYPED)
        cut = chance.choice((word, word, word[: max(2, len(word) // 2)], f"{word} {chance.choice(words)}"))
        yield cut, chance.choice(PLACES) if place % 3 == 0 else ""


def _measure(queries: int) -> dict[str, object]:
    from zuji.registry.factors.holding import current  # noqa: PLC0415  # Django is set up now
    from zuji.registry.factors.indexing import index_newest  # noqa: PLC0415  # the same
    from zuji.registry.factors.matching import match_lines, matcher  # noqa: PLC0415  # the same
    from zuji.registry.factors.searching import Filters, search  # noqa: PLC0415  # the same

    asked = list(_queries(queries))
    matcher().rank(
        "水泥", Shelf(load_library().index, OFFERED)
    )  # the words themselves are read by every process, however few factors there are
    before = _resident()
    read = _once(current)
    found: dict[str, object] = {"read": read, "resident_mb": (_resident() - before) / 1e6}
    peer, name = _peer()
    lines = [query for query, _ in _queries(LINES)]
    return {
        **found,
        "ours": _timed(lambda query, place: search(Filters(query=query, geography=place)), asked),
        "peer": _timed(peer, asked),
        "peer_name": name,
        "browse": _timed(lambda *_: search(Filters()), asked[:20]),
        "one_filed": _once(lambda: index_newest({"DERIVED-000001"})),
        "one_read": _once(current),
        "lines": LINES,
        "distinct_lines": len(set(lines)),
        "matching": _once(lambda: match_lines(lines)),
    }


def _once(action: Callable[[], object]) -> dict[str, float]:
    """Seconds of the clock and of this process's processor."""
    start, before = time.perf_counter(), time.process_time()
    action()
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - before}


def _resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _timed(action: Callable[[str, str], object], asked: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Medians and 95th percentiles in seconds: of the clock, and of this process's processor (a busy machine tells as slowness on the clock)."""
    taken, worked = [], []
    for query, place in asked:
        start, before = time.perf_counter(), time.process_time()
        action(query, place)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - before)
    return {
        "median": statistics.median(taken),
        "p95": statistics.quantiles(taken, n=20)[-1],
        "processor_median": statistics.median(worked),
        "processor_p95": statistics.quantiles(worked, n=20)[-1],
        "runs": len(taken),
    }


def _peer() -> tuple[Callable[[str, str], object], str]:
    """The database's own search over the same names and synonyms."""
    from django.db import DatabaseError, connection  # noqa: PLC0415  # Django is set up now

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIRTUAL TABLE peer USING fts5(words, geography, tokenize='trigram')")
            cursor.execute(
                "INSERT INTO peer(rowid, words, geography) SELECT id, name_zh || ' ' || name_en || ' ' || synonyms, geography FROM factors_factorversion"
            )
        where, name = "words LIKE %s", "FTS5 trigram"
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE peer AS SELECT id, name_zh || ' ' || name_en || ' ' || synonyms AS words, geography FROM factors_factorversion"
            )
        name = "pg_trgm"
        try:
            with connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute("CREATE INDEX ON peer USING gin (words gin_trgm_ops)")
        except DatabaseError:
            name = "ILIKE, no index"
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        where = "words ILIKE %s"

    def find(query: str, place: str) -> object:
        with connection.cursor() as cursor:
            narrowed, values = (f"{where} AND geography = %s", [f"%{query}%", place]) if place else (where, [f"%{query}%"])
            cursor.execute(f"SELECT count(*) FROM peer WHERE {narrowed}", values)  # noqa: S608  # the two texts stand above
            cursor.execute(f"SELECT words FROM peer WHERE {narrowed} LIMIT 25", values)  # noqa: S608  # the same
            return cursor.fetchall()

    return find, name


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FACTORS, QUERIES)
