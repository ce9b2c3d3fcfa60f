from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.language_missing import language_missing
from zuji.formats.inventory import Name


def test_a_name_in_one_language() -> None:
    assert found(language_missing, spoilt(name=Name(en="steelworks"))) == [("info", STEEL, None)]
