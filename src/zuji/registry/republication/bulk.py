"""Many rows at once, as the databases take them best: COPY on PostgreSQL, one prepared statement on SQLite. Inside the caller's transaction."""

from collections.abc import Collection, Sequence

from django.db import connection

from zuji.registry.republication.models import LINEAR, Notice, Successor

_COLUMNS = ("footprint_id", "enterprise_id", "republication_id", "outcome", "total", "exact", "parts", "reasons")
Drawn = tuple[str, int, str, str, str]
"""A draft by the vector: footprint, enterprise, total, exact total, parts."""


def add_drafts(publication: str, drafts: Sequence[Drawn]) -> None:
    """Add drafts that were made by the vector. The database refuses a second one of a footprint."""
    table, names = Successor._meta.db_table, ", ".join(_COLUMNS)  # noqa: SLF001  # public in all but its name
    rows = [(code, enterprise, publication, LINEAR, total, exact, parts, "[]") for code, enterprise, total, exact, parts in drafts]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})", rows)  # noqa: S608  # names of our own columns


def add_notices(publication: str, enterprises: Collection[int]) -> None:
    """Add a notice for each enterprise that has none of this publication yet."""
    into = f"INSERT INTO {Notice._meta.db_table} (enterprise_id, republication_id)"  # noqa: SLF001  # the same
    once = "ON CONFLICT (enterprise_id, republication_id) DO NOTHING"
    wanted = sorted(enterprises)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{into} SELECT unnest(%s::bigint[]), %s {once}", [wanted, publication])
        else:
            cursor.executemany(f"{into} VALUES (%s, %s) {once}", [(enterprise, publication) for enterprise in wanted])
