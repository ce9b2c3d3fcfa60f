from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, found, one, spoilt
from zuji.formats.gate.checks.reference_negative import reference_negative


def test_a_negative_product() -> None:
    assert found(reference_negative, spoilt(exchange=1, amount=one("-1"))) == [("error", STEEL, 1)]


def test_formats_that_write_treatments_so_are_warned_only() -> None:
    assert found(reference_negative, replace(spoilt(exchange=1, amount=one("-1")), format="ecospold2")) == [("warning", STEEL, 1)]
