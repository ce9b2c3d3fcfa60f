from tests.unit.rules.cases import GOOD, found, plant
from zuji.rules.checks.primary_share import primary_share

MIXED = (
    "{name: measured, amount: '1', unit: t, factor: MATERIAL},"
    f" {{name: assumed, amount: '1', unit: t, factor: MATERIAL, data: {{type: secondary, quality: {GOOD}}}}}"
)


def test_half_is_enough_for_a_fifth_and_too_little_for_three_fifths() -> None:
    assert found(primary_share, plant(MIXED), "map-fertiliser@1.0.0") == []
    assert found(primary_share, plant(MIXED), "cement@1.0.0") == [("primary.share", "warning", "primary_data_share")]


def test_the_general_rule_sets_no_minimum() -> None:
    assert found(primary_share, plant("{name: assumed, amount: '1', unit: t, factor: MATERIAL}", data="{type: secondary}")) == []
