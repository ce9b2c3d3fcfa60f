from tests.unit.rules.cases import found, plant
from zuji.rules.checks.mandatory_primary import mandatory_primary

COAL = "{{name: {{zh: 烟煤, en: coal}}, amount: '0.1', unit: t, factor: COAL{data}}}"
WHERE = "plant / 烟煤"


def test_fuel_burned_on_site_must_be_primary() -> None:
    assert found(mandatory_primary, plant(COAL.format(data=""))) == []
    assert found(mandatory_primary, plant(COAL.format(data=", data: {type: secondary}"))) == [("primary.required", "warning", WHERE)]
    assert found(mandatory_primary, plant(COAL.format(data=", data: {source: ledger}"))) == [("primary.required", "warning", WHERE)]


def test_a_need_that_no_line_answers_is_named() -> None:
    places = [where for code, _, where in found(mandatory_primary, "", "cement@1.0.0") if code == "primary.not-found"]
    assert places == [f"primary / {need}" for need in ("kiln-fuel", "calcination", "electricity", "clinker")]


def test_freight_of_a_fuel_is_not_the_fuel() -> None:
    freight = "{name: {zh: 烟煤运输, en: freight of coal}, transport: {mass: '1', distance: '1'}, factor: TRUCK, data: {type: secondary}}"
    assert found(mandatory_primary, plant(freight)) == []


def test_an_emission_can_answer_a_need() -> None:
    emission = "[{name: {zh: 碳酸盐分解, en: calcination}, gas: CO2, kind: fossil, amount: '0.5', unit: t, data: {type: secondary}}]"
    codes = found(mandatory_primary, plant(COAL.format(data=""), emission), "cement@1.0.0")
    assert ("primary.required", "warning", "plant / 碳酸盐分解") in codes
    assert ("primary.not-found", "warning", "primary / calcination") not in codes
