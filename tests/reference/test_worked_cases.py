"""Published worked cases: the engine gives what was published, within a tolerance whose reason is written down.

Each case is a study of ours under ``cases/`` with its source in its first line; ``cases/expected.csv`` holds what was published, by whom,
and why the tolerance is what it is. ``docs/en/worked-cases.md`` tells of the cases, and of those that do not reproduce.
"""

import csv
import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from zuji.engine import calculate
from zuji.engine.results import Result
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study

CASES = Path(__file__).parent / "cases"
TODAY = datetime.date(2026, 11, 1)


def expected() -> list[dict[str, str]]:
    with (CASES / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def result(case: str, parameters: str = "") -> Result:
    study = read_study((CASES / f"{case}.yaml").read_bytes(), f"{case}.yaml")
    changed = dict(pair.split("=") for pair in parameters.split(";") if pair)
    assert set(changed) <= set(study.parameters)
    study = study.model_copy(update={"parameters": {**study.parameters, **changed}})
    return calculate(study, load_library(), load_gwp(study.gwp), today=TODAY)


def per_declared_unit(found: Result, what: str) -> Fraction:
    """The total, or the sum of the items whose name is ``what`` or begins with it and a colon; kgCO2e."""
    if what == "total":
        return Fraction(found.total)
    items = [item for item in found.contributions if item.label.en.split(":")[0] == what]
    assert items, what
    return sum((Fraction(item.value) for item in items), Fraction(0))


@pytest.mark.parametrize(
    "row", expected(), ids=lambda row: " ".join(filter(None, (row["case"], row["parameters"], row["what"], row["value"])))
)
def test_a_published_number_is_met(row: dict[str, str]) -> None:
    computed = per_declared_unit(result(row["case"], row["parameters"]), row["what"])
    published = Fraction(row["value"])
    assert row["published_by"]
    assert row["reason"]
    assert abs(computed - published) <= max(Fraction(row["tolerance"]) * published, Fraction(1, 10**11))


def test_every_case_has_a_published_number_and_its_source() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in CASES.glob("*.yaml")}
    assert {row["case"] for row in expected()} == set(files)
    assert all(text.startswith("# ") and len(text.splitlines()[0]) > 20 for text in files.values())


def test_what_a_case_lacks_is_a_gap_and_not_zero() -> None:
    assert {gap.label.en for gap in result("portland_cement_china_jiang2010").gaps} == {"clay", "gypsum"}
    assert {gap.label.en for gap in result("lipf6_inventory_partial").gaps} == {
        "phosphorus pentachloride", "anhydrous hydrogen fluoride", "lithium fluoride", "nitrogen",
    }  # fmt: skip
    assert [gap.label.en for gap in result("rice_jiangsu_hu2019").gaps] == ["field CH4"]


def test_stack_emissions_and_boiler_processes_together_count_the_kiln_fuel_twice() -> None:
    """USLCI's cement reports its stack and also links boiler processes: the difference is what a naive sum adds."""
    right, naive = result("portland_cement_uslci"), result("portland_cement_uslci_naive")
    assert per_declared_unit(right, "direct") == per_declared_unit(naive, "direct")
    assert naive.total - right.total > Decimal("0.33")
