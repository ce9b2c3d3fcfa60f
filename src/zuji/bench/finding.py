"""``zuji bench search``: how long a search among 50,000 factors takes, with facets and reasons, and the database's own search in the same run."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from zuji.bench.figures import machine, shown
from zuji.bench.server import postgresql

AIM = 0.2  # seconds at the 95th percentile
_ONCE = {
    "filed": "all filed under their words",
    "read": "all read into the memory of a process",
    "one_filed": "one filed anew",
    "one_read": "a process keeps up with it",
}


def run_search_bench(kept: Path | None) -> int:
    """Measure on SQLite and, where a server is named by ``DATABASE_URL`` or can be started, on PostgreSQL; print, and write to ``kept``; 0."""
    print(machine())
    found: dict[str, object] = {"machine": machine()}
    base = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_") and name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**base, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "ERROR"}
        found["SQLite"] = _measured("SQLite", environment)
        with postgresql() as address:
            if address is None:
                print("  PostgreSQL: no server 没有可用的服务器 (DATABASE_URL)")
            else:
                found["PostgreSQL"] = _measured("PostgreSQL", {**environment, "ZUJI_DATA": f"{folder}/pg", "DATABASE_URL": address})
    if kept is not None:
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _measured(database: str, environment: Mapping[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "zuji.bench.shelves"], env=dict(environment), check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    print(f"  {database}, {found['factors']} factors, memory {found['resident_mb']:.0f} MB")
    for name in ("ours", "browse", "peer"):
        row = found[name]
        assert isinstance(row, dict)
        called = str(found["peer_name"]) if name == "peer" else name
        print(
            f"    {called}: median {shown(row['median'])}, 95th percentile {shown(row['p95'])} "
            f"(processor of this process {shown(row['processor_p95'])}; aim {shown(AIM)})"
        )
    for name in ("filed", "read", "one_filed", "one_read", "matching"):
        once = found[name]
        assert isinstance(once, dict)
        told = f"{found['lines']} lines matched ({found['distinct_lines']} distinct)" if name == "matching" else _ONCE[name]
        print(f"    {told}: {shown(once['seconds'])} (processor {shown(once['processor'])})")
    return found
