"""A small province for tests: enterprises with a person each, footprints that really were calculated, and a factor that is republished."""

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.db import transaction

from zuji.config.demo import load_factors
from zuji.engine.factors import FactorPart
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.formats.study import write_study
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.uscc import check_character
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.factors import operations as factors
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation, store
from zuji.registry.jobs.republishing import republish
from zuji.rules import assess

GRID = "CN-EL-CF-2024-national"
ON = datetime.date(2026, 11, 1)
A_FIRM = 6


def filled(count: int, *, publication: str = "P-1") -> None:
    """So many footprints on the electricity of 2024, six an enterprise, and its next version published: the job waits."""
    method = Method.shipped()
    load_factors(method, lambda _: None)
    for number in range(count // A_FIRM):
        stem = f"91{420100 + number:06d}MB{number:07d}"[:17]
        name = Text(f"试验厂{number}", f"Test works {number}")
        firm = accounts.register_enterprise(
            actor="system", uscc=stem + check_character(stem), name=name, city=Text("武汉", "Wuhan"), demonstration=True
        )
        person = accounts.create_user(
            actor="system", email=f"e{number}@test.example", name="试验人", password="correct horse battery staple"
        )
        accounts.add_member(actor="system", enterprise=firm, user=person, role="editor")
        for each in range(A_FIRM):
            study = made(number, each)
            result = assess(study, method.library, method.rulebook, method.gwp, today=ON)
            store(viewer=SYSTEM, enterprise=firm, calculation=Calculation(source=write_study(study), study=study, result=result, on=ON))
    old = versions_of([GRID])[f"{GRID}@1"]
    new = replace(old, version="2", value=Fraction(1, 2), parts=(FactorPart("CO2e", None, Fraction(1, 2)),), digest="sha256:" + "2" * 64)
    with transaction.atomic():
        factors.load_library(actor="system", versions=[(new, "")])
        republish(publication=publication, changes={old.reference: new.reference})


def made(firm: int, number: int) -> Study:
    """A plant with power from the grid and an emission of its own."""
    inputs: list[dict[str, Any]] = [{"name": "power", "amount": str(1 + number), "unit": "kWh", "factor": f"{GRID}@1"}]
    emissions = [{"gas": "CO2", "kind": "fossil", "amount": str(1 + firm), "unit": "kg"}]
    output = {"product": "x", "amount": "7", "unit": "kg"}
    return Study.model_validate(
        {
            "zuji": "study/1", "id": f"s{firm}-{number}", "title": "x", "boundary": "cradle-to-gate", "geography": "CN-HB",
            "declared_unit": {"amount": "1", "unit": "kg"}, "period": {"start": "2025-01-01", "end": "2025-12-31"}, "reference": "p",
            "processes": [{"id": "p", "stage": "production", "output": output, "inputs": inputs, "emissions": emissions}],
        }
    )  # fmt: skip
