"""50,000 factors in the database, derived from the shipped ones by a seeded rule and invented; and how long a search among them takes.

Run as a process of its own, with ``ZUJI_DATA`` (and ``DATABASE_URL``) naming an empty place. It prints its measurements as JSON.
The peer searches the same rows in the same database by its own means: FTS5 with trigrams on SQLite, ``ILIKE`` over a trigram index on
PostgreSQL (without the index where ``pg_trgm`` is not installed). It gives a page of 25 and their number: no facets and no reason.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from zuji.config.commands import migrate

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
    start = time.perf_counter()
    _fill(factors)
    json.dump({"filled": time.perf_counter() - start, "factors": factors, **_measure(queries)}, sys.stdout)


def _fill(factors: int) -> None:
    """The shipped library, and rows derived from it up to ``factors``: another number, place and year, and a name that says so."""
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
    index_newest({row.factor_id for row in derived})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    from zuji.registry.factors.matching import match_lines  # noqa: PLC0415  # Django is set up now
    from zuji.registry.factors.searching import Filters, search  # noqa: PLC0415  # the same

    asked = list(_queries(queries))
    peer, name = _peer()
    ours = _timed(lambda query, place: search(Filters(query=query, geography=place)), asked)
    theirs = _timed(peer, asked)
    lines = [query for query, _ in _queries(LINES)]
    start = time.perf_counter()
    for first in range(0, len(lines), 200):
        match_lines(lines[first : first + 200])
    return {
        "ours": ours,
        "peer": theirs,
        "peer_name": name,
        "browse": _timed(lambda *_: search(Filters()), asked[:20]),
        "lines": LINES,
        "matching": time.perf_counter() - start,
    }


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
