from tests.unit.rules.cases import GOOD, found, plant
from zuji.rules.checks.quality_overall import quality_overall

POOR = GOOD.replace("1", "4")


def two(heavy: str, light: str) -> str:
    return plant(
        f"{{name: heavy, amount: '97', unit: t, factor: MATERIAL, data: {{quality: {heavy}}}}},"
        f" {{name: light, amount: '3', unit: t, factor: MATERIAL, data: {{quality: {light}}}}}"
    )


def test_good_data_say_nothing() -> None:
    assert found(quality_overall, two(GOOD, GOOD)) == []


def test_a_poor_row_below_the_weight_is_left_alone() -> None:
    assert found(quality_overall, two(GOOD, POOR)) == []


def test_a_poor_heavy_row_is_named_and_spoils_the_whole() -> None:
    assert found(quality_overall, two(POOR, GOOD)) == [
        ("quality.overall", "warning", "data_quality"),
        ("quality.row", "warning", "plant / heavy"),
    ]
