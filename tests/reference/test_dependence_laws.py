"""The vector of a total: what it says of other factors is what the exact engine finds with them, digit by digit."""

import datetime
import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.test_against_oracle import TODAY, studies
from zuji.engine.calculation import solved
from zuji.engine.dependence import Replacing, dependence, obstacle, per_old_unit, value_of
from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorPart, FactorSource, FactorVersion
from zuji.engine.findings import Findings
from zuji.engine.solution import Solution
from zuji.engine.study import EmissionKind
from zuji.engine.units import convert, parse_unit
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study

LIBRARY, AR6 = load_library(), load_gwp("AR6")
START, END = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
SPLITS: list[list[tuple[str, EmissionKind | None]]] = [
    [("CO2e", None)],
    [("CO2", "fossil"), ("CH4", "fossil"), ("N2O", None)],
    [("CO2", "biogenic")],
]
values = st.fractions(min_value=0, max_value=5, max_denominator=1000)


def solution(written: dict[str, Any], factors: FactorSource = LIBRARY) -> Solution | None:
    try:
        return solved(read_study(json.dumps(written).encode(), "x.json"), factors, AR6, today=TODAY, findings=Findings())
    except StudyRefused:
        return None


@st.composite
def successors(draw: st.DrawFn, old: FactorVersion) -> FactorVersion:
    """The next version of a factor: one part or several gases, now and then counted per tonne where the old one was per kilogram."""
    per, size = old.per, Fraction(1)
    if old.per == "kg" and draw(st.booleans()):
        per, size = "t", Fraction(1000)
    parts = tuple(FactorPart(gas, kind, draw(values) * size) for gas, kind in draw(st.sampled_from(SPLITS)))
    return replace(old, version="next", per=per, parts=parts, digest="next", state="current", valid_from=None, valid_to=None, gwp=None)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(studies(), st.data())
def test_the_vector_gives_the_total_that_the_engine_finds(written: dict[str, Any], data: st.DataObject) -> None:
    before = solution(written)
    if before is None:
        return
    vector = dependence(before)
    assert vector.total == before.total
    used = {line.factor.reference: line.factor for line in before.system.factor_lines if LIBRARY.find(line.factor.reference)}
    chosen = data.draw(st.lists(st.sampled_from(sorted(used)), unique=True)) if used else []
    new = {name: data.draw(successors(used[name])) for name in chosen}
    assert not [name for name in new if obstacle(used[name], new[name], gwp=AR6, start=START, end=END)]
    after = solution(written, Replacing(LIBRARY, new))
    if after is None:  # more than there can be on Earth is refused by the engine alone
        return
    changed = {name: value_of(new[name], AR6) * per_old_unit(used[name], new[name]) for name in new}
    assert vector.with_values(changed) == after.total
    coefficients = {use.reference: use for use in vector.uses}
    parts = sum((coefficients[name].activity * (changed[name] - coefficients[name].value) for name in new), Fraction(0))
    assert before.total + parts == after.total


def test_the_coefficient_by_hand() -> None:
    """2 t of a product that takes 3 kg of steel a kilogram: 6,000 kg, and half of it where a co-product takes half."""
    written: dict[str, Any] = {
        "zuji": "study/1", "id": "x", "title": "x", "boundary": "cradle-to-gate", "gwp": "AR6", "geography": "CN", "reference": "p",
        "period": {"start": "2024-01-01", "end": "2024-12-31"}, "declared_unit": {"amount": "2", "unit": "t"},
        "processes": [{
            "id": "p", "stage": "production", "output": {"product": "x", "amount": "1", "unit": "kg"},
            "coproducts": [{"product": "side", "amount": "1", "unit": "kg"}], "allocation": {"method": "mass"},
            "inputs": [{"name": "power", "amount": "3", "unit": "kWh", "factor": "CN-EL-CF-2024-national"}],
            "emissions": [{"gas": "CO2", "kind": "fossil", "amount": "1", "unit": "kg"}],
        }],
    }  # fmt: skip
    found = solution(written)
    assert found is not None
    vector = dependence(found)
    (use,) = vector.uses
    assert (use.activity, use.per, vector.constant) == (Fraction(3000), "kWh", Fraction(1000))
    assert vector.with_values({use.reference: Fraction(1)}) == 4000


def _national() -> FactorVersion:
    found = LIBRARY.find("CN-EL-CF-2024-national")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "grid-co2"}, "kind"),
        ({"state": "superseded"}, "state"),
        ({"gwp": "AR5", "parts": (FactorPart("CO2e", None, Fraction(1)),)}, "gwp"),
        ({"valid_to": datetime.date(2023, 12, 31)}, "validity"),
        ({"valid_from": datetime.date(2025, 1, 1)}, "validity"),
        ({"parts": (FactorPart("unobtainium", None, Fraction(1)),)}, "gas"),
        ({"per": "kg"}, "unit"),
    ],
)
def test_what_may_not_simply_stand_in(change: dict[str, Any], said: str) -> None:
    old = _national()
    assert obstacle(old, replace(old, **change), gwp=AR6, start=START, end=END) == said


def test_a_withdrawn_factor_has_nothing_in_its_place() -> None:
    assert obstacle(_national(), None, gwp=AR6, start=START, end=END) == "withdrawn"


def test_a_validity_that_touches_the_period_does() -> None:
    old = _national()
    assert obstacle(old, replace(old, valid_from=END, valid_to=None), gwp=AR6, start=START, end=END) is None
    assert obstacle(old, replace(old, valid_to=START), gwp=AR6, start=START, end=END) is None
    assert per_old_unit(old, replace(old, per="MWh")) == convert(Fraction(1), parse_unit("kWh"), parse_unit("MWh")) == Fraction(1, 1000)
