"""How long pages take, and the total while typing, in a province: 20,000 enterprises and 100,000 products in the database."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping

from zuji.bench.crowd import ENTERPRISES, PRODUCTS
from zuji.bench.figures import Figure, shown
from zuji.bench.server import own_database

PAGE, KEYSTROKE = 1.0, 0.1  # seconds aimed at, at the 95th percentile and at the median


def province_figures() -> Iterator[Figure]:
    """The figures on SQLite and, where ``DATABASE_URL`` names a server on which databases can be made, on PostgreSQL too."""
    with tempfile.TemporaryDirectory() as folder:
        base = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_") and name != "DATABASE_URL"}
        environment = {**base, "ZUJI_DATA": folder, "ZUJI_LOG_LEVEL": "ERROR"}
        yield from _measured("SQLite", environment)
        address = os.environ.get("DATABASE_URL", "")
        if address.startswith(("postgres://", "postgresql://")):
            with own_database(address) as own:
                yield from _measured("PostgreSQL", {**environment, "ZUJI_DATA": f"{folder}/pg", "DATABASE_URL": own})


def _measured(database: str, environment: Mapping[str, str]) -> Iterator[Figure]:
    done = subprocess.run([sys.executable, "-m", "zuji.bench.crowd"], env=dict(environment), check=True, stdout=subprocess.PIPE, text=True)
    for row in json.loads(done.stdout)["rows"]:
        typing = row["name"].startswith("keystroke")
        yield Figure(
            f"{database}, {ENTERPRISES:,} enterprises, {PRODUCTS:,} products: {row['name']}{'' if typing else ', 95th percentile'}",
            row["median"] if typing else row["p95"],
            row["runs"],
            aim=KEYSTROKE if typing else PAGE,
            note=f"95th percentile {shown(row['p95'])}" if typing else f"median {shown(row['median'])}",
        )
