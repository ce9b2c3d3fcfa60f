from tests.unit.rules.cases import found, plant
from zuji.rules.checks.required_stages import required_stages

POWER = "{name: power, amount: '1', unit: kWh, factor: POWER}"


def test_stages_present_or_excluded_with_a_reason_are_enough() -> None:
    assert found(required_stages) == []


def test_a_stage_within_the_boundary_that_is_absent_is_a_warning() -> None:
    assert found(required_stages, plant(POWER)) == [("stages.missing", "warning", "stage / raw_materials")]


def test_a_full_life_cycle_needs_all_stages() -> None:
    codes = found(required_stages, "boundary: cradle-to-grave\nexcluded_stages: []")
    assert codes == [("stages.missing", "warning", f"stage / {stage}") for stage in ("distribution", "use", "end_of_life")]


def test_a_partial_footprint_discloses_what_it_leaves_out() -> None:
    assert [code for code, _, _ in found(required_stages, "excluded_stages: []")] == ["stages.not-disclosed"] * 3


def test_a_stage_both_left_out_and_counted_is_a_contradiction() -> None:
    changes = "excluded_stages: [{stage: production, reason: x}, {stage: distribution, reason: x}, {stage: use, reason: x}, {stage: end_of_life, reason: x}]"
    assert found(required_stages, changes) == [("stages.contradiction", "warning", "stage / production")]
