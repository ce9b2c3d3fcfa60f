"""The same study gives the same bytes on any thread count, hash seed, time zone and locale."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SURROUNDINGS = [
    {"OPENBLAS_NUM_THREADS": "1"},
    {"OPENBLAS_NUM_THREADS": "2", "PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"},
]


@pytest.mark.parametrize("example", ["portland-cement", "lfp-battery-pack", "map-fertiliser"])
def test_one_hash_whatever_the_surroundings(example: str) -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "zuji.cli", "calculate", str(EXAMPLES / f"{example}.yaml"), "--format", "json"],
            env={**os.environ, **extra},
            capture_output=True,
            check=True,
        ).stdout
        for extra in SURROUNDINGS
    ]
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["result_hash"].startswith("sha256:")
