import pytest

from tests.unit.rules.cases import found
from zuji.rules.checks.data_period import data_period


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-01-01", "2025-12-31"), ("2024-03-01", "2025-02-28"), ("2024-02-29", "2025-02-28"), ("2023-07-15", "2025-07-14")],
)
def test_twelve_months_are_enough(start: str, end: str) -> None:
    assert found(data_period, f"period: {{start: {start}, end: {end}}}") == []


@pytest.mark.parametrize(("start", "end"), [("2025-01-01", "2025-12-30"), ("2024-02-29", "2025-02-27"), ("2025-05-01", "2025-05-31")])
def test_less_is_a_warning(start: str, end: str) -> None:
    assert found(data_period, f"period: {{start: {start}, end: {end}}}") == [("period.too-short", "warning", "period")]
