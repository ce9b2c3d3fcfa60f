"""The calculation against hand arithmetic, and its laws."""

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.shelf import AR6, TODAY, Shelf, cement, factor, line, one, run
from zuji.engine import Result, Study, as_json, calculate


def test_cement_by_hand() -> None:
    """0.7 × (60 × 0.5777 + 0.15 × 2071.5 + 530) + 0.3 × 50 × 0.078."""
    result = run(cement())
    assert result.total == Decimal("613.9409")
    assert result.by_stage == {"raw_materials": Decimal("1.17"), "production": Decimal("612.7709")}
    assert result.by_kind["fossil"] == Decimal(371)
    assert result.by_gas["CO2"] == Decimal(371)
    assert [(g.process, g.label.en, g.amount, g.unit) for g in result.gaps] == [("kiln", "grinding aid", "0.4", "kg")]
    assert result.gaps[0].per_declared_unit == Decimal("0.28")


def test_json_has_the_shape_of_the_contract() -> None:
    content = as_json(run(cement()), "en")
    assert content["zuji"] == "result/1"
    assert content["total"] == "613.940900000000"
    assert content["declared_unit"] == {"amount": "1", "unit": "t"}
    first = content["contributions"][0]  # type: ignore[index]  # a list of rows
    assert {"process", "item", "stage", "value", "share", "factor", "data"} <= set(first)
    assert str(content["result_hash"]).startswith("sha256:")


def parts_sum(result: Result) -> bool:
    """Every breakdown sums to the total exactly, with the same quantum."""
    breakdowns = [result.by_stage.values(), result.by_kind.values(), result.by_gas.values(), [c.value for c in result.contributions]]
    exponent = result.total.as_tuple().exponent
    return all(sum(parts) == result.total and all(p.as_tuple().exponent == exponent for p in parts) for parts in map(list, breakdowns))


def flows_balance(result: Result) -> bool:
    """What enters a node of the Sankey drawing leaves it."""
    nodes = {f.target for f in result.flows if f.target != "product"}
    balance = {n: sum((f.value if f.target == n else -f.value) for f in result.flows if n in (f.source, f.target)) for n in nodes}
    into_product = sum(f.value for f in result.flows if f.target == "product")
    return into_product == result.total and all(value == 0 for value in balance.values())


amounts = st.decimals(min_value=0, max_value=10_000, places=5, allow_nan=False, allow_infinity=False).map(lambda d: format(d, "f"))
uses = st.sampled_from(["steel", "replaced@1", "careful"])


@st.composite
def studies(draw: st.DrawFn) -> dict[str, Any]:
    """Chains of one to four processes with a few lines each, any of them feeding the next, with a mild loop now and then."""
    count = draw(st.integers(1, 4))
    processes: list[dict[str, Any]] = []
    for k in range(count):
        inputs = [{"name": f"i{n}", "amount": draw(amounts), "unit": "kg", "factor": draw(uses)} for n in range(draw(st.integers(0, 3)))]
        if k:
            inputs.append({"name": "from before", "amount": draw(amounts), "unit": "kg", "process": f"p{k - 1}"})
        processes.append(
            {
                "id": f"p{k}",
                "stage": draw(st.sampled_from(["raw_materials", "production", "distribution"])),
                "output": {"product": f"x{k}", "amount": draw(st.sampled_from(["1", "3", "7", "0.9"])), "unit": "kg"},
                "inputs": inputs,
                "emissions": [{"gas": draw(st.sampled_from(["CO2", "CH4"])), "kind": "fossil", "amount": draw(amounts), "unit": "g"}],
            }
        )
    if count > 1 and draw(st.booleans()):
        last = Fraction(processes[-1]["inputs"][-1]["amount"])
        small = Fraction(1, 10) / (1 + last * 10_000)
        for process in processes[1:-1]:
            small /= 1 + Fraction(process["inputs"][-1]["amount"]) * 10
        digits = format(Decimal(small.numerator) / Decimal(small.denominator), ".30f")
        processes[0]["inputs"].append({"name": "back", "amount": digits, "unit": "kg", "process": f"p{count - 1}"})
    return cement(processes=processes, reference=f"p{count - 1}", declared_unit={"amount": "1", "unit": "kg"}, parameters={})


@settings(max_examples=60, deadline=None)
@given(studies())
def test_parts_sum_and_flows_balance(written: dict[str, Any]) -> None:
    result = run(written)
    assert parts_sum(result)
    assert flows_balance(result)


@settings(max_examples=30, deadline=None)
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_processes_means_nothing(written: dict[str, Any], shuffler: random.Random) -> None:
    before = run(written).result_hash
    shuffler.shuffle(written["processes"])
    for process in written["processes"]:
        shuffler.shuffle(process["inputs"])
    assert run(written).result_hash == before


@settings(max_examples=30, deadline=None)
@given(studies())
def test_other_units_of_the_same_dimension_mean_nothing(written: dict[str, Any]) -> None:
    before = run(written)
    for process in written["processes"]:
        process["output"] |= {"amount": str(Decimal(process["output"]["amount"]) * 1000), "unit": "g"}
        for item in process["inputs"]:
            item |= {"amount": format(Decimal(item["amount"]) / 1000, "f"), "unit": "吨"}
    written["declared_unit"] = {"amount": "0.001", "unit": "t"}
    after = run(written)
    assert after.result_hash == before.result_hash


@settings(max_examples=30, deadline=None)
@given(studies(), st.integers(1, 9))
def test_a_row_split_in_two_means_nothing(written: dict[str, Any], tenths: int) -> None:
    before = run(written).result_hash
    for process in written["processes"]:
        split = []
        for item in process["inputs"]:
            part = Decimal(item["amount"]) * tenths / 10
            split += [item | {"amount": format(part, "f")}, item | {"amount": format(Decimal(item["amount"]) - part, "f")}]
        process["inputs"] = split
    assert run(written).result_hash == before


@pytest.mark.parametrize("times", ["2", "1000", "0.5"])
def test_the_total_scales_with_the_declared_unit(times: str) -> None:
    single = run(cement()).total
    assert run(cement(declared_unit={"amount": times, "unit": "t"})).total == single * Decimal(times)


def test_the_result_differs_when_a_number_differs() -> None:
    """The hash is of the numbers: one more kilowatt-hour is another result."""
    changed = cement()
    changed["processes"][0]["inputs"][0]["amount"] = "61"
    assert run(changed).result_hash != run(cement()).result_hash


def test_titles_units_and_language_do_not_move_the_hash() -> None:
    assert run(cement(title="另一个标题")).result_hash == run(cement()).result_hash


def test_removal_is_negative_and_kept_apart() -> None:
    result = run(
        one(
            emissions=(
                {"gas": "CO2", "kind": "biogenic_removal", "amount": "1.5", "unit": "kg"},
                {"gas": "CO2", "kind": "biogenic", "amount": "0.4", "unit": "kg"},
                {"gas": "CH4", "kind": "biogenic", "amount": "10", "unit": "g"},
                {"gas": "CH4", "kind": "fossil", "amount": "10", "unit": "g"},
                {"gas": "CO2", "kind": "aircraft", "amount": "0.2", "unit": "kg"},
                {"gas": "CO2", "kind": "land_use_change", "amount": "0.1", "unit": "kg"},
            )
        )
    )
    assert {k: float(v) for k, v in result.by_kind.items()} == {
        "fossil": 0.298,
        "biogenic": 0.67,
        "biogenic_removal": -1.5,
        "land_use_change": 0.1,
        "aircraft": 0.2,
    }
    assert result.total == Decimal("-0.232")


def test_a_factor_that_does_not_say_what_it_is_stays_unspecified() -> None:
    result = run(one(line("1", "kWh", "grid"), line("1", "kg", "steel")))
    assert result.by_kind["unspecified"] == Decimal("0.5777")
    assert result.by_kind["fossil"] == Decimal("2.05")
    assert result.by_gas == {"unspecified": Decimal("2.6277")}


def test_a_direct_factor_of_co2_alone_says_that_methane_and_nitrous_oxide_are_missing() -> None:
    """A sum over gases (kgCO2e) and a supply factor have nothing to say."""
    shelf = Shelf(
        factor("coal", "2071.5", "kgCO2/t", kind="direct", split="fossil"),
        factor("all-gases", "2100", "kgCO2e/t", kind="direct"),
        factor("supply", "80", "kgCO2/t"),
    )
    written = one(*(line("1", "t", use) for use in ("coal", "all-gases", "supply")))
    result = calculate(Study.model_validate(written), shelf, AR6, today=TODAY)
    said = [f for f in result.findings if f.code == "factor.co2-only"]
    assert [f.severity for f in said] == ["info"]
    assert ": coal@1." in said[0].message.en


def test_loop_is_solved_exactly() -> None:
    """Power plant and mine feed each other: x = 1/(1 − 0.2 × 0.5) runs of the plant."""
    processes = [
        {
            "id": "plant",
            "stage": "production",
            "output": {"product": "power", "amount": "1", "unit": "kWh"},
            "inputs": [{"name": "coal", "amount": "0.5", "unit": "kg", "process": "mine"}],
            "emissions": [{"gas": "CO2", "kind": "fossil", "amount": "0.9", "unit": "kg"}],
        },
        {
            "id": "mine",
            "stage": "raw_materials",
            "output": {"product": "coal", "amount": "1", "unit": "kg"},
            "inputs": [{"name": "power", "amount": "0.2", "unit": "kWh", "process": "plant"}],
        },
    ]
    result = run(cement(processes=processes, reference="plant", declared_unit={"amount": "1", "unit": "kWh"}, parameters={}))
    assert result.total == Decimal("1.000000000000")
    assert flows_balance(result)


def test_contract_electricity_shows_the_grid_mix_beside_it() -> None:
    green = {"kind": "contract", "certificate": {"number": "GEC-1", "state": "cancelled"}}
    result = run(one(line("10", "kWh", "wind", electricity=green), line("5", "kWh", "grid", electricity={"kind": "grid"}, name="rest")))
    assert result.total == Decimal("0.324") + Decimal("2.8885")
    assert result.grid_mix_total == Decimal("8.6655")


def test_density_bridges_volume_and_mass_only_when_stated() -> None:
    stated = {"value": "0.85", "unit": "kg/L", "source": "delivery note"}
    assert run(one(line("2", "L", "steel", density=stated))).total == Decimal("3.485")


def test_content_bridges_a_basis_only_when_stated() -> None:
    stated = {"value": "0.8224", "unit": "kg N/kg", "source": "molar masses 14.007 / 17.031"}
    assert run(one(line("1", "kg", "ammonia", content=stated))).total == Decimal("5.0421344")


def test_cut_off_is_listed_with_its_share_and_not_counted() -> None:
    result = run(one(line("1", "kg", "steel"), {"name": "label", "cut_off": {"reason": "below 0.1 %", "estimate": "0.01"}}))
    assert result.total == Decimal("2.05")
    assert (result.cut_offs[0].estimate, result.cut_offs[0].share) == (Decimal("0.01"), Decimal("0.004878"))


def test_gap_with_possible_size() -> None:
    bound = {"low": "5", "high": "20", "unit": "kgCO2e/kg", "source": "range of literature"}
    gap = run(one(line("0.1", "kg", None, reason="none", possible=bound))).gaps[0]
    assert (gap.low, gap.high) == (Decimal("0.5"), Decimal(2))


def test_data_quality_is_weighted_by_contribution() -> None:
    def rated(score: int) -> dict[str, Any]:
        return {"type": "primary", "quality": {"technology": score, "time": score}}

    result = run(
        one(line("3", "kg", "careful", name="a", data=rated(1)), line("1", "kg", "careful", name="b", data=rated(5)), line("1", name="c"))
    )
    assert result.data_quality.overall == Decimal("2.0000")
    assert result.data_quality.coverage == Decimal("0.661157")
    assert result.primary_data_share == Decimal("0.661157")


def test_own_factor_below_zero_is_a_removal_or_nothing() -> None:
    removal = {"value": "-1.8", "unit": "kgCO2e/kg", "source": "carbon content × 44/12", "split": "biogenic_removal"}
    assert run(one(line("1", "kg", removal))).by_kind["biogenic_removal"] == Decimal("-1.8")
    by_gas = {"value": "-1.8", "unit": "kgCO2/kg", "source": "carbon content × 44/12", "split": "biogenic_removal"}
    assert run(one(line("1", "kg", by_gas))).by_kind["biogenic_removal"] == Decimal("-1.8")


def test_two_versions_of_one_factor_both_stand_in_the_manifest() -> None:
    shelf = Shelf(factor("a", "1", "kgCO2e/kg"), factor("a", "2", "kgCO2e/kg", version="2"))
    study = Study.model_validate(one(line("1", "kg", "a@1", name="old"), line("1", "kg", "a", name="new")))
    manifest = calculate(study, shelf, AR6, today=TODAY).manifest
    assert manifest["factors"] == {"a": "1+sha256:a-1, 2+sha256:a-2"}


def test_primary_share_is_not_zero_where_nobody_said() -> None:
    assert run(one(line())).primary_data_share is None
    assert run(one(line(data={"type": "secondary"}))).primary_data_share == 0


def test_a_total_too_small_to_show_is_not_silently_zero() -> None:
    codes = {f.code for f in run(one(line("1e-14", "kg", "careful"))).findings}
    assert "result.below-quantum" in codes
    assert "result.below-quantum" not in {f.code for f in run(one(line("0", "kg", "careful"))).findings}
