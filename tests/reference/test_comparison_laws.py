"""The laws of a comparison between product systems that have nothing in common but their names."""

import json
from fractions import Fraction
from typing import Any

from hypothesis import given, settings

from tests.reference.test_against_oracle import TODAY, studies
from zuji.engine.calculation import solved
from zuji.engine.comparison import compare
from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Findings
from zuji.engine.quantities import exact_sum
from zuji.engine.solution import Solution
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study


def solution(written: dict[str, Any]) -> Solution | None:
    try:
        return solved(read_study(json.dumps(written).encode(), "x.json"), load_library(), load_gwp("AR6"), today=TODAY, findings=Findings())
    except StudyRefused:
        return None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(studies(), studies())
def test_the_parts_sum_to_the_difference_whatever_the_versions(one: dict[str, Any], other: dict[str, Any]) -> None:
    before, after = solution(one), solution(other)
    if before is None or after is None:
        return
    onward, back = compare(before, after), compare(after, before)
    assert sum((e.exact for e in onward.effects), Fraction(0)) == after.total - before.total
    assert exact_sum(e.value for e in onward.effects) == onward.change
    assert {d: _exact(onward, d) for d in ("activity", "structure", "allocation", "factor", "declared_unit", "gwp")} == {
        d: -_exact(back, d) for d in ("activity", "structure", "allocation", "factor", "declared_unit", "gwp")
    }


def _exact(found: Any, driver: str) -> Fraction:
    return sum((e.exact for e in found.effects if e.driver == driver), Fraction(0))
