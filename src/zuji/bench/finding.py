"""``zuji bench search``: how long a search among 50,000 factors takes, with facets and reasons, and the database's own search in the same run."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from zuji.bench.figures import machine, shown
from zuji.bench.server import own_database

AIM = 0.2  # seconds at the 95th percentile


def run_search_bench(kept: Path | None) -> int:
    """Measure on SQLite and, where ``DATABASE_URL`` names a PostgreSQL server, there too; print, and write to ``kept`` if it is given; 0."""
    print(machine())
    found: dict[str, object] = {"machine": machine()}
    base = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_") and name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**base, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "ERROR"}
        found["SQLite"] = _measured("SQLite", environment)
        address = os.environ.get("DATABASE_URL", "")
        if address.startswith(("postgres://", "postgresql://")):
            with own_database(address) as own:
                found["PostgreSQL"] = _measured("PostgreSQL", {**environment, "ZUJI_DATA": f"{folder}/pg", "DATABASE_URL": own})
    if kept is not None:
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _measured(database: str, environment: Mapping[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "zuji.bench.shelves"], env=dict(environment), check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    for name in ("ours", "browse", "peer"):
        row = found[name]
        assert isinstance(row, dict)
        called = str(found["peer_name"]) if name == "peer" else name
        print(
            f"  {database}, {found['factors']} factors, {called}: median {shown(row['median'])}, 95th percentile {shown(row['p95'])} "
            f"(processor of this process {shown(row['processor_p95'])}; aim {shown(AIM)})"
        )
    return found
