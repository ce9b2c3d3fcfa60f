"""``zuji bench recalculate``: a factor is republished in a province of so many footprints, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from zuji.bench.figures import machine
from zuji.bench.server import postgresql

Measured = dict[str, str | int | float]


def run_recalculation(kept: Path | None, *, footprints: int) -> int:
    """Measure on each database, print, and write the rows to ``kept`` if it is given; 0."""
    print(machine())
    rows = []
    for row in _rows(footprints):
        rows.append(row)
        print(
            f"  {row['database']}: {row['drafts']:,} drafts and {row['notices']:,} notices in {row['seconds']:.2f} s (aim < 10 s); "
            f"{row['resampled']:,} solved anew, largest relative difference {row['max_relative_difference']:.1e} (aim <= 1e-9)",
            flush=True,
        )
    if kept is not None:
        content = {"machine": machine(), "footprints": footprints, "rows": rows}
        kept.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _rows(footprints: int) -> Iterator[Measured]:
    """A row for SQLite, and one for PostgreSQL where a server is named or can be started."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_") and name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**base, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "ERROR"}
        yield _measured("SQLite", environment, footprints)
    with tempfile.TemporaryDirectory() as folder, postgresql() as address:
        if address is None:
            print("  PostgreSQL: left out, for there is no server and none can be started", flush=True)
            return
        yield _measured("PostgreSQL", {**base, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "ERROR", "DATABASE_URL": address}, footprints)


def _measured(database: str, environment: Mapping[str, str], footprints: int) -> Measured:
    """One row, measured in a process of its own, which shows what it does meanwhile on its standard error."""
    command = [sys.executable, "-m", "zuji.bench.republished", str(footprints)]
    done = subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True)
    found: Measured = json.loads(done.stdout)
    return {"database": database, **found}
