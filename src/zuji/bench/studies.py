"""Made-up systems of a given size. The same ones every time."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from zuji.engine import Study
from zuji.formats.factors import FactorLibrary
from zuji.formats.study import read_study

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "portland-cement.yaml"


def example() -> Study:
    """The example study of cement, as it comes with the source."""
    return read_study(EXAMPLE.read_bytes(), EXAMPLE.name)


def long_study(library: FactorLibrary, lines: int) -> Study:
    """A chain of ten processes with ``lines`` factor lines in all, over different factors of the library counted per kilogram or tonne."""
    factors = [
        factor for factor in library.all() if factor.kind == "life-cycle" and factor.state == "current" and factor.per in {"kg", "t"}
    ]
    each = lines // 10
    processes: list[dict[str, Any]] = []
    for step in range(10):
        inputs: list[dict[str, Any]] = [
            {
                "name": f"material {step}-{k}",
                "amount": f"{1 + k}.{step}7",
                "unit": "kg",
                "factor": factors[(step * each + k) % len(factors)].id,
                "data": {"type": "primary", "uncertainty": {"gsd": "1.1"}, "quality": {"technology": 1 + k % 5, "time": 2}},
            }
            for k in range(each)
        ]
        if step:
            inputs.append({"name": "intermediate", "amount": "0.93", "unit": "kg", "process": f"step-{step - 1}"})
        output = {"product": f"product {step}", "amount": "1", "unit": "kg"}
        processes.append({"id": f"step-{step}", "stage": "production", "output": output, "inputs": inputs})
    return Study.model_validate(
        {
            "zuji": "study/1",
            "id": "bench",
            "title": "bench",
            "boundary": "cradle-to-gate",
            "declared_unit": {"amount": "1", "unit": "kg"},
            "period": {"start": "2024-01-01", "end": "2024-12-31"},
            "geography": "CN",
            "reference": "step-9",
            "processes": processes,
        }
    )


def dense_loop(n: int) -> list[dict[int, Fraction]]:
    """``n`` processes that all need one another, each loop with a gain below 1; coefficients of four decimals, as in practice."""
    state = 20260101
    columns: list[dict[int, Fraction]] = []
    for j in range(n):
        column: dict[int, Fraction] = {}
        for i in range(n):
            state = (state * 1103515245 + 12345) % 2**31
            if i != j:
                column[i] = Fraction(1 + state % 9000, 10_000 * n)
        columns.append(column)
    return columns
