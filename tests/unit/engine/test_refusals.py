"""Bad input: each refused with its code, its place and a message in both languages; no number exists."""

from typing import Any

import pytest

from tests.unit.engine.shelf import AR6, TODAY, Shelf, cement, factor, line, one, run
from zuji.engine import Study, StudyRefused, calculate

CO2 = {"gas": "CO2", "kind": "fossil", "amount": "1", "unit": "kg"}
BLANK = {"kind": "contract", "certificate": {"number": " ", "state": "cancelled"}}
PERIOD = {"start": "2024-12-31", "end": "2024-01-01"}
REVERSED = {"kind": "contract", "certificate": {"number": "GEC-1", "state": "cancelled", "period": PERIOD}}
OWN = {"value": "2", "unit": "kgCO2e/kg", "source": "a study"}
RANGE = {"low": "0", "high": "1", "unit": "kgCO2e/kg", "source": "a study"}
GREEN = {"kind": "contract", "certificate": {"number": "GEC-1", "state": "issued"}}


def loop(back: str) -> dict[str, Any]:
    """Two processes that feed each other, 1 forth and ``back`` back."""
    return cement(
        parameters={},
        reference="a",
        declared_unit={"amount": "1", "unit": "kg"},
        processes=[
            {"id": "a", "stage": "production", "output": {"product": "x", "amount": "1", "unit": "kg"},
             "inputs": [{"name": "y", "amount": "1", "unit": "kg", "process": "b"}], "emissions": [CO2]},
            {"id": "b", "stage": "production", "output": {"product": "y", "amount": "1", "unit": "kg"},
             "inputs": [{"name": "x", "amount": back, "unit": "kg", "process": "a"}]},
        ],
    )  # fmt: skip


def changed_output(**output: str) -> dict[str, Any]:
    written = one(line())
    written["processes"][0]["output"] |= output
    return written


CASES: list[tuple[dict[str, Any], str, str]] = [
    (one(line("1", "kWh", "steel")), "unit.dimension", "p / it / unit"),
    (one(line("1", "kg", "ammonia")), "unit.dimension", "p / it / unit"),
    (one(line("1", "m3", "gas")), "unit.dimension", "p / it / unit"),
    (one(line("1", "furlong", "steel")), "unit.unknown", "p / it / unit"),
    (one(line("NaN")), "number.invalid", "p / it / amount"),
    (one(line("Infinity")), "number.invalid", "p / it / amount"),
    (one(line("1e400")), "number.invalid", "p / it / amount"),
    (one(line("１２３")), "number.invalid", "p / it / amount"),
    (one(line("1_000")), "number.invalid", "p / it / amount"),
    (one(line("9" * 5000)), "number.invalid", "p / it / amount"),
    (one(line("-1")), "amount.negative", "p / it / amount"),
    (one(line(use="stele")), "factor.unknown", "p / it"),
    (one(line("1", "kWh", "grid-direct")), "factor.grid-co2", "p / it"),
    (one(line(use="old")), "factor.expired", "p / it"),
    (one(line(use="late")), "factor.not-yet-valid", "p / it"),
    (one(line(use="replaced")), "factor.superseded", "p / it"),
    (one(line(use="by-ar5")), "factor.gwp-mixed", "p / it"),
    (one(line(use={"value": "1", "unit": "kgCO2e/kg", "source": "  "})), "factor.source-missing", "p / it"),
    (one(line(use={"value": "-1", "unit": "kgCO2e/kg", "source": "offset"})), "factor.negative", "p / it"),
    (one({"name": "it", "amount": "1", "unit": "kg"}), "input.no-source", "p / it"),
    (one({"name": "it", "unit": "kg", "factor": "steel"}), "input.amount-missing", "p / it"),
    (one(line(process="p")), "input.two-ways", "p / it"),
    (one({"name": "it", "amount": "1", "unit": "kg", "process": "q"}), "process.missing", "p / it / process"),
    (one(line("=a")), "formula.invalid", "p / it / amount"),
    (one(line("=1/(a-a)"), parameters={"a": "2"}), "formula.invalid", "p / it / amount"),
    (one(line(), parameters={"a": "=b", "b": "=a"}), "parameters.invalid", "parameters"),
    (one(emissions=({**CO2, "gas": "CO3"},)), "gas.unknown", "p / CO3 / gas"),
    (one(emissions=({**CO2, "gas": "CH4", "kind": "biogenic_removal"},)), "gas.unknown", "p / CH4 / gas"),
    (one(emissions=({**CO2, "unit": "kWh"},)), "unit.dimension", "p / CO2 / unit"),
    (one(emissions=({**CO2, "amount": "-3"},)), "amount.negative", "p / CO2 / amount"),
    (changed_output(amount="0"), "output.not-positive", "p / x / amount"),
    (changed_output(amount="-1"), "output.not-positive", "p / x / amount"),
    (changed_output(unit="kWh"), "declared-unit.dimension", "declared_unit / unit"),
    (cement(declared_unit={"amount": "0", "unit": "t"}), "declared-unit.not-positive", "declared_unit / amount"),
    (cement(reference="missing"), "process.missing", "reference"),
    (cement(period={"start": "2024-12-31", "end": "2024-01-01"}), "period.reversed", "period"),
    (cement(period={"start": "2026-01-01", "end": "2027-01-01"}), "period.future", "period / end"),
    (cement(processes=[*cement()["processes"], cement()["processes"][0]]), "process.duplicate", "kiln"),
    (one(line("1", "kWh", "wind", electricity=GREEN)), "electricity.certificate-not-cancelled", "p / it"),
    (one(line("1", "kWh", "wind", electricity={"kind": "contract"})), "electricity.certificate-missing", "p / it"),
    (one(line("1", "kWh", "wind", electricity=BLANK)), "electricity.certificate-missing", "p / it"),
    (one(line("1", "kg", "steel", electricity={"kind": "grid"})), "electricity.not-energy", "p / it"),
    (one(line("1", "kWh", "wind", electricity=REVERSED)), "period.reversed", "p / it / electricity / certificate / period"),
    ({**one(line()), "grid_mix": "grid-direct"}, "factor.grid-co2", "grid_mix"),
    ({**one(line()), "grid_mix": "none"}, "factor.unknown", "grid_mix"),
    ({**one(line()), "grid_mix": "steel"}, "unit.dimension", "grid_mix"),
    (one(line(data={"uncertainty": {"gsd": "0.9"}})), "uncertainty.too-small", "p / it / data / uncertainty"),
    *((one(line(use={**OWN, "uncertainty": {"gsd": gsd}})), "uncertainty.too-small", "p / it / factor / uncertainty") for gsd in ("-1", "0", "0.9")),
    (one(line(use={**OWN, "uncertainty": {"distribution": "normal", "relative_sd": "NaN"}})), "number.invalid", "p / it / factor / uncertainty"),
    (one({"name": "c", "cut_off": {"reason": "small", "estimate": "-1"}}), "cut-off.negative", "p / c / cut_off / estimate"),
    (one(line(use=None, reason="r", possible={**RANGE, "low": "2"})), "gap.range-reversed", "p / it / possible"),
    (loop("0.9999999"), "loop.gain", "a → b → a"),
    (one({"name": "own", "amount": "0.999999999999", "unit": "kg", "process": "p"}), "loop.gain", "p → p"),
    (loop("1.2"), "loop.gain", "a → b → a"),
    (loop("1"), "loop.gain", "a → b → a"),
    (one({"name": "own", "amount": "1.5", "unit": "kg", "process": "p"}), "loop.gain", "p → p"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code", "where"), CASES, ids=[f"{code} at {where}" for _, code, where in CASES])
def test_refused_with_its_place(written: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(StudyRefused) as refused:
        run(written)
    found = [f for f in refused.value.findings if f.code == code]
    assert [f.where for f in found] == [where]
    assert found[0].severity == "error"
    assert found[0].message.zh != found[0].message.en


def test_the_grid_co2_refusal_names_the_factor_to_use() -> None:
    with pytest.raises(StudyRefused) as refused:
        run(one(line("1", "kWh", "grid-direct")))
    assert "grid@1" in refused.value.findings[0].message.en
    assert "0.5777 kgCO2e/kWh" in refused.value.findings[0].message.zh


def test_the_loop_refusal_names_cycle_and_gain() -> None:
    with pytest.raises(StudyRefused) as refused:
        run(loop("1.2"))
    assert "a → b → a" in refused.value.findings[0].message.en
    assert "1.2" in refused.value.findings[0].message.en


def test_an_own_grid_co2_factor_is_told_the_national_one() -> None:
    """A study's own factor names no substitute itself."""
    national = factor("CN-EL-CF-2024-national", "0.5777", "kgCO2e/kWh")
    own = {"value": "0.57", "unit": "kgCO2/kWh", "kind": "grid-co2", "source": "announcement"}
    with pytest.raises(StudyRefused) as refused:
        calculate(Study.model_validate(one(line("1", "kWh", own))), Shelf(national), AR6, today=TODAY)
    assert "CN-EL-CF-2024-national@1 (0.5777 kgCO2e/kWh)" in refused.value.findings[0].message.en


def test_a_study_of_faults_is_refused_after_two_hundred() -> None:
    """Looking up what thousands of mistyped names might mean would take minutes."""
    with pytest.raises(StudyRefused) as refused:
        run(one(*(line(use=f"stele{k}", name=f"n{k}") for k in range(5000))))
    assert [f.code for f in refused.value.findings].count("factor.unknown") == 200
    assert "study.many-faults" in {f.code for f in refused.value.findings}


def test_what_a_line_states_without_effect_is_said() -> None:
    stated = one(
        {"name": "l", "amount": "0.1", "unit": "kg", "process": "p", "stage": "use"}, line(product="x"), line(name="o", possible=RANGE)
    )
    stated["processes"][0] |= {"coproducts": [{"product": "y", "amount": "1", "unit": "kg", "replaces": {"factor": "steel"}}],
                               "allocation": {"method": "mass", "shares": {"x": "1"}}}  # fmt: skip
    unused = [f for f in run(stated).findings if f.code == "field.unused"]
    assert [f.where for f in unused] == ["p / allocation", "p / it", "p / l", "p / o"]
    assert "shares, replaces" in unused[0].message.en


def test_an_own_life_cycle_factor_of_co2_alone_per_energy_is_doubted() -> None:
    own = {"value": "0.57", "unit": "kgCO2/kWh", "source": "announcement"}
    assert "factor.co2-per-energy" in {f.code for f in run(one(line("1", "kWh", own))).findings}


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(StudyRefused) as refused:
        run(one(line("NaN", name="a"), line("1", "kWh", "steel", name="b"), line(use="none", name="c")))
    assert {f.where.split(" / ")[1] for f in refused.value.findings} == {"a", "b", "c"}


def test_caution_and_pinned_superseded_factors_warn_and_calculate() -> None:
    codes = {
        f.code: f.severity
        for f in run(one(line(use="careful"), line(use="replaced@1", name="r"), line("1", "CNY", "money", name="m"))).findings
    }
    assert codes["factor.caution"] == codes["factor.superseded"] == codes["factor.spend-based"] == "warning"
