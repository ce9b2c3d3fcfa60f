"""Assessing: the calculation with the findings of the rule, and what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules.cases import SOUND, TODAY, Factors, case, plant, rulebook, study
from zuji.engine import StudyRefused
from zuji.engine.findings import Finding
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study
from zuji.rules import assess, check
from zuji.rules.checks import CHECKS

GWP = {name: load_gwp(name) for name in ("AR5", "AR6")}
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def assessed(made: Study) -> Result:
    return assess(made, Factors(), rulebook(), GWP, today=TODAY)


def test_the_sound_study_has_no_warning() -> None:
    result = assessed(study())
    assert result.total == Decimal("35.5")
    assert {f.severity for f in result.findings} == {"info"}
    assert {"rule.unverified-clauses", "result.comparability"} <= {f.code for f in result.findings}


def test_an_unknown_rule_refuses_the_study() -> None:
    with pytest.raises(StudyRefused) as caught:
        assessed(study("rule: cemnt@1.0.0"))
    assert [f.code for f in caught.value.findings] == ["rule.unknown"]


def test_an_unknown_gwp_set_refuses_the_study() -> None:
    with pytest.raises(StudyRefused) as caught:
        assess(study(), Factors(), rulebook(), {"AR5": GWP["AR5"]}, today=TODAY)
    assert [f.code for f in caught.value.findings] == ["gwp.unknown"]


@pytest.mark.parametrize(
    ("changes", "code"), [("rule: lfp-battery@1.0.0", "rule.declared-unit"), ("rule: cement\nboundary: gate-to-gate", "rule.boundary")]
)
def test_a_result_of_another_unit_or_boundary_never_stands_under_a_rule(changes: str, code: str) -> None:
    with pytest.raises(StudyRefused) as caught:
        assessed(study(changes))
    assert code in [f.code for f in caught.value.findings]


def test_findings_do_not_change_a_number_and_are_in_the_hash() -> None:
    made = case()
    with_rule = assessed(made.study)
    assert with_rule.total == made.result.total
    assert with_rule.contributions == made.result.contributions
    assert with_rule.result_hash != made.result.result_hash


def test_the_order_of_rows_and_a_row_split_in_two_change_neither_findings_nor_hash() -> None:
    rows = ["{name: a, amount: '2', unit: t, factor: OLD-MATERIAL}", "{name: b, amount: '1', unit: kWh, factor: OLD-POWER}"]
    split = ["{name: a, amount: '500', unit: kg, factor: OLD-MATERIAL}", "{name: a, amount: '1.5', unit: t, factor: OLD-MATERIAL}", rows[1]]
    hashes = {assessed(study(plant(", ".join(order)))).result_hash for order in (rows, rows[::-1], split, split[::-1])}
    assert len(hashes) == 1


def test_the_day_of_the_calculation_changes_nothing() -> None:
    later = TODAY.replace(year=TODAY.year + 9)
    assert assessed(study()).result_hash == assess(study(), Factors(), rulebook(), GWP, today=later).result_hash


def test_every_check_is_listed_once_under_its_own_name_and_file() -> None:
    names = [each.__name__ for each in CHECKS]
    assert len(names) == len(set(names))
    folder = Path(__file__).resolve().parents[3] / "src" / "zuji" / "rules" / "checks"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "checks").glob("test_*.py")}
    assert set(names) == files == tests


LINES = st.fixed_dictionaries(
    {"name": st.sampled_from(["电", "煤 coal", "=", "", "x" * 60])},
    optional={
        "amount": st.sampled_from(["1", "0", "-1", "1e3", "=1/0", "NaN", "１"]),
        "unit": st.sampled_from(["kWh", "t", "kg P2O5", "?", "Nm3"]),
        "factor": st.sampled_from(
            [None, "POWER", "COAL", "OLD-MATERIAL", "PLANE", "nothing", {"value": "0", "unit": "kgCO2e/t", "source": "s"}]
        ),
        "cut_off": st.sampled_from(
            [{"reason": "r", "estimate": "0"}, {"reason": "r", "estimate": "99"}, {"reason": "r", "estimate": "abc"}]
        ),
        "electricity": st.sampled_from([{"kind": "grid"}, {"kind": "contract", "certificate": {"number": "1", "state": "cancelled"}}]),
        "reason": st.just("none found"),
        "data": st.sampled_from([{"type": "secondary"}, {"quality": {"time": 5}}, {}]),
    },
)


@given(
    lines=st.lists(LINES, max_size=4),
    rule=st.sampled_from([None, "cement", "lfp-battery@1.0.0", "?"]),
    boundary=st.sampled_from(["cradle-to-gate", "gate-to-gate"]),
)
def test_no_check_ever_raises_on_what_a_user_wrote(lines: list[dict[str, object]], rule: str | None, boundary: str) -> None:
    content = yaml.safe_load(SOUND)
    content["processes"][0]["inputs"] += [line for line in lines if line["name"]]
    content |= {"rule": rule, "boundary": boundary}
    findings, refused = outcome(Study.model_validate(content))
    assert any(f.severity == "error" for f in findings) == refused
    assert all(f.message.zh and f.message.en for f in findings)


def outcome(made: Study) -> tuple[tuple[Finding, ...], bool]:
    """The findings of a study, and whether it was refused."""
    try:
        return assessed(made).findings, False
    except StudyRefused as refused:
        return refused.findings, True


EXPECTED = {
    "portland-cement": (Decimal(600), Decimal(800), {"gap.no-factor"}),
    "map-fertiliser": (Decimal(340), Decimal(1450), {"gap.no-factor", "factor.caution"}),
    "lfp-battery-pack": (Decimal(60), Decimal(110), {"gap.no-factor", "factor.age", "factor.caution"}),
}


@pytest.mark.parametrize("name", EXPECTED)
class TestEachExample:
    """The three demonstration studies with the shipped library: within the published range, and with the findings expected, no other."""

    def example(self, name: str) -> Study:
        return read_study((EXAMPLES / f"{name}.yaml").read_bytes(), name)

    def result(self, made: Study) -> Result:
        return assess(made, load_library(), rulebook(), GWP, today=TODAY)

    def test_it_lies_in_the_published_range_with_the_findings_expected(self, name: str) -> None:
        low, high, warnings = EXPECTED[name]
        result = self.result(self.example(name))
        assert low < result.total < high
        assert {f.code for f in result.findings if f.severity == "warning"} == warnings
        assert result.gaps

    def test_its_parts_sum_to_the_total(self, name: str) -> None:
        result = self.result(self.example(name))
        for parts in (result.by_stage, result.by_kind, result.by_gas):
            assert sum(parts.values()) == result.total
        assert sum(part.value for part in result.contributions) == result.total

    def test_it_says_that_it_is_a_demonstration_with_its_limitations_in_both_languages(self, name: str) -> None:
        made = self.example(name)
        assert made.about is not None
        assert made.about.demonstration
        assert made.about.limitations is not None
        assert made.about.limitations.zh != made.about.limitations.en

    def test_its_hash_does_not_depend_on_the_order_of_rows(self, name: str) -> None:
        made = self.example(name)
        processes = [
            each.model_copy(update={"inputs": each.inputs[::-1], "emissions": each.emissions[::-1]}) for each in made.processes[::-1]
        ]
        other = made.model_copy(update={"processes": tuple(processes)})
        assert self.result(other).result_hash == self.result(made).result_hash


def test_checks_alone_give_the_same_findings_as_assessing() -> None:
    made = case()
    assert set(check(made)) <= set(assessed(made.study).findings)
