"""``zuji bench``: how long the product takes, as medians, and how it compares with a peer measured in the same run.

These are measurements, not tests: a limit beside a figure is the aim, and a slower machine misses it without anything being wrong.
"""

import json
from pathlib import Path

from zuji.bench.engine import engine_figures
from zuji.bench.figures import Figure, machine, table
from zuji.bench.platform import platform_figures
from zuji.bench.province import province_figures
from zuji.bench.report import report_figures


def run_benchmarks(kept: Path | None) -> int:
    """Measure everything, print a table, and write the figures to ``kept`` if it is given; 0."""
    print(machine())
    figures: list[Figure] = []
    for measure in (engine_figures, report_figures, platform_figures, province_figures):
        for figure in measure():
            figures.append(figure)
            print(f"  {figure.line()}", flush=True)
    print(table(figures))
    if kept is not None:
        content = {"machine": machine(), "figures": [figure.as_json() for figure in figures]}
        kept.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


__all__ = ["run_benchmarks"]
