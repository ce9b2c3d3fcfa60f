from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.source_missing import source_missing


def test_no_source() -> None:
    assert found(source_missing, spoilt(sources=())) == [("warning", STEEL, None)]


def test_a_source_that_is_not_in_the_package() -> None:
    assert found(source_missing, spoilt(sources=("#REF!",))) == [("warning", STEEL, None)]
