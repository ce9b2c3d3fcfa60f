"""Made-up systems of a given size. The same ones every time."""

import contextlib
import itertools
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from zuji.engine import Study, StudyRefused
from zuji.engine.factors import FactorVersion
from zuji.formats.factors import FactorLibrary
from zuji.formats.study import read_study
from zuji.rules import ProductModel, load_models

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


def plants(library: FactorLibrary, grid: str, seed: int) -> Iterator[Study]:
    """Studies without end, the same ones for a ``seed``: half of product models, half bills of materials with power of the factor ``grid``."""
    chance = random.Random(seed)  # noqa: S311  # the same in every run
    usable = [
        factor
        for factor in library.all()
        if factor.kind == "life-cycle" and factor.state == "current" and factor.per in {"kg", "t"} and factor.gwp in {None, "AR6"}
    ]
    models = load_models()
    for number in itertools.count(1):
        with contextlib.suppress(StudyRefused):  # a change of the answers that the model takes for impossible
            yield _of_model(models[number % len(models)], number, chance)
        yield _bill(usable, grid, number, chance)


def _of_model(model: ProductModel, number: int, chance: random.Random) -> Study:
    """A model's example with every amount moved by up to a twentieth."""
    answers = {"study_id": f"model-{number}", "demonstration": "yes"}
    for key, value in model.example.items():
        question = model.model.fields.get(key)
        if key not in answers:
            moved = question is not None and question.kind == "number"
            answers[key] = f"{float(value) * chance.uniform(0.95, 1.05):.6g}" if moved else value
    return model.study(answers)


def _bill(usable: Sequence[FactorVersion], grid: str, number: int, chance: random.Random) -> Study:
    """A plant that buys 5 to 25 materials and, nine times in ten, power from the grid."""
    lines: list[dict[str, Any]] = [
        {"name": f"material {n}", "amount": f"{chance.lognormvariate(0, 2):.4g}", "unit": "kg", "factor": factor.reference}
        for n, factor in enumerate(chance.sample(usable, chance.randint(5, 25)))
    ]
    if chance.random() < 0.9:
        lines.append({"name": "power", "amount": f"{chance.lognormvariate(1, 1):.4g}", "unit": "kWh", "factor": grid})
    output = {"product": "product", "amount": "1", "unit": "kg"}
    return Study.model_validate(
        {
            "zuji": "study/1",
            "id": f"bill-{number}",
            "title": f"Bill of materials {number}",
            "boundary": "cradle-to-gate",
            "declared_unit": {"amount": "1", "unit": "kg"},
            "period": {"start": "2025-01-01", "end": "2025-12-31"},
            "geography": "CN-HB",
            "reference": "plant",
            "processes": [{"id": "plant", "stage": "production", "output": output, "inputs": lines}],
        }
    )
