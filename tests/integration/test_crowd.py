"""The measured province is a real one: a small one of it is filled and every page of it answers."""

import json
import subprocess
import sys
from pathlib import Path

from tests.own_database import migrated, own_database
from zuji.bench.crowd import FIELDS, long_model
from zuji.rules.models import ProductModel


def test_a_small_province_is_measured(tmp_path: Path) -> None:
    with own_database(tmp_path, migrated()) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "zuji.bench.crowd", "3", "20", "1"], check=False, env=dict(environment), capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr[-3000:]
    rows = json.loads(done.stdout)["rows"]
    assert {row["name"] for row in rows} >= {"task list", "result", "keystroke to new total", f"keystroke to new total, {FIELDS} lines"}
    assert all(0 < row["median"] <= row["p95"] for row in rows)


def test_the_long_model_makes_a_study_of_its_length() -> None:
    model: ProductModel = long_model(FIELDS)
    answers = {"producer": "x", "site": "x", "period_start": "2025-01-01", "period_end": "2025-12-31", "made": "1000"}
    study = model.study(answers | {f"field_{n}": str(n + 1) for n in range(FIELDS)})
    assert sum(1 for process in study.processes for item in process.inputs if item.factor) == FIELDS
