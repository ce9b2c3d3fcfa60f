import datetime

from tests.unit.rules.factor_checks.candidates import TODAY, candidate, found, version
from zuji.rules.factor_checks.validity_period import validity_period


def valid(begins: str | None, ends: str | None) -> object:
    read = datetime.date.fromisoformat
    return found(validity_period, candidate(version(valid_from=read(begins) if begins else None, valid_to=read(ends) if ends else None)))


def test_an_open_or_sensible_period_says_nothing() -> None:
    assert valid(None, None) == []
    assert valid("2026-01-01", "2028-12-31") == []
    assert valid(None, TODAY.isoformat()) == []


def test_an_end_before_its_beginning_or_before_today_is_an_error() -> None:
    assert valid("2027-01-01", "2026-12-31") == [("gate.validity-order", "error", "valid_to")]
    assert valid("2024-01-01", "2026-11-26") == [("gate.validity-over", "error", "valid_to")]


def test_a_very_long_one_and_one_older_than_its_data_are_shown() -> None:
    assert valid("2026-01-01", "2046-01-01") == [("gate.validity-long", "warning", "valid_to")]
    assert valid("2020-01-01", None) == [("gate.validity-order", "warning", "valid_from")]
