from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.gwp_declared import gwp_declared


def test_a_known_set_and_a_single_gas_say_nothing() -> None:
    assert found(gwp_declared, candidate()) == []
    assert found(gwp_declared, candidate(version(unit="kgCO2/kg", gwp=None))) == []


def test_an_unknown_set_is_an_error_and_none_is_shown() -> None:
    assert found(gwp_declared, candidate(version(gwp="AR2"))) == [("gate.gwp-unknown", "error", "gwp")]
    assert found(gwp_declared, candidate(version(gwp=None))) == [("gate.gwp-missing", "warning", "gwp")]
