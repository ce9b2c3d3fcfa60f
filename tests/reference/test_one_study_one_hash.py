"""A study written in other ways is the same study: one result_hash, rules and all (study-format.md, requirement 11)."""

import copy
import datetime
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from zuji.engine.results import Result
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study
from zuji.rules import assess, load_rules

TODAY = datetime.date(2026, 11, 23)
Written = dict[str, Any]
GRID = "CN-EL-CF-2024-national"
SPREAD = {"type": "primary", "quality": {"technology": 1, "time": 2}, "uncertainty": {"distribution": "lognormal", "gsd": "1.10"}}
CANCELLED = {"kind": "contract", "certificate": {"number": "GEC-7", "state": "cancelled"}}
BOUND = {"low": "1", "high": "3", "unit": "kgCO2e/kg", "source": "range of literature"}
COAL = {"value": "2071.5", "unit": "kgCO2e/t", "kind": "life-cycle", "source": "fuel table"}
STUDY: Written = {
    "zuji": "study/1", "id": "all-kinds", "title": {"zh": "全", "en": "all"}, "rule": None, "boundary": "cradle-to-gate", "gwp": "AR6",
    "declared_unit": {"amount": "1", "unit": "t"}, "period": {"start": "2024-01-01", "end": "2024-12-31"}, "geography": "CN-HB",
    "reference": "mill", "grid_mix": GRID,
    "parameters": {"ratio": {"amount": "70", "unit": "%"}, "heat": {"amount": "3.4", "unit": "GJ"}, "plain": "0.5"},
    "processes": [
        {"id": "kiln", "stage": "production", "output": {"product": "clinker", "amount": "1", "unit": "t"}, "data": SPREAD,
         "coproducts": [{"product": "dust", "amount": "40", "unit": "kg"}], "allocation": {"method": "mass", "reason": "no other basis"},
         "inputs": [
             {"name": {"zh": "电", "en": "electricity"}, "amount": "60", "unit": "kWh", "factor": GRID, "electricity": {"kind": "grid"}},
             {"name": "green", "amount": "7.2", "unit": "MJ", "factor": GRID, "electricity": CANCELLED},
             {"name": "coal", "amount": "0.15", "unit": "t", "factor": COAL},
             {"name": "oil", "amount": "12", "unit": "L", "factor": COAL | {"source": "oil"},
              "density": {"value": "0.85", "unit": "kg/L", "source": "delivery note"}},
             {"name": "aid", "amount": "0.4", "unit": "kg", "factor": None, "reason": "none found", "possible": BOUND},
             {"name": "labels", "amount": "2", "unit": "kg", "cut_off": {"reason": "small", "estimate": "0.01"}},
             {"name": "lorry", "transport": {"mass": "0.3", "distance": "50"}, "stage": "raw_materials",
              "factor": {"value": "0.078", "unit": "kgCO2e/(t·km)", "source": "fleet"}},
             {"name": "steam", "amount": "=heat*plain", "unit": "GJ", "factor": {"value": "0.1", "unit": "kgCO2e/MJ", "source": "boiler"}},
             {"name": "own power", "amount": "5", "unit": "kWh", "process": "turbine"},
         ],
         "emissions": [{"gas": "CO2", "kind": "fossil", "amount": "0.53", "unit": "t"},
                       {"gas": "CH4", "kind": "biogenic", "amount": "30", "unit": "g", "name": "leak", "data": {"type": "secondary"}}]},
        {"id": "turbine", "stage": "production", "output": {"product": "power", "amount": "1", "unit": "kWh"},
         "coproducts": [{"product": "heat", "amount": "2", "unit": "MJ",
                         "replaces": {"factor": {"value": "0.05", "unit": "kgCO2e/MJ", "source": "boiler"}}}],
         "allocation": {"method": "system_expansion", "reason": "heat replaces a boiler"},
         "inputs": [{"name": "clinker heat", "amount": "0.001", "unit": "kg", "process": "kiln"}], "emissions": []},
        {"id": "mill", "stage": "production", "output": {"product": "cement", "amount": "1", "unit": "t"}, "emissions": [],
         "inputs": [{"name": "clinker", "amount": "=ratio", "unit": "t", "process": "kiln", "data": SPREAD},
                    {"name": "dust", "amount": "1", "unit": "kg", "process": "kiln", "product": "dust"}]},
    ],
}  # fmt: skip


def read(data: bytes) -> Result:
    study = read_study(data, "study")
    return assess(study, load_library(), load_rules(), {str(study.gwp): load_gwp(study.gwp)}, today=TODAY)


def result(written: Written) -> Result:
    return read(json.dumps(written).encode())


def process(written: Written, name: str) -> Written:
    return next(p for p in written["processes"] if p["id"] == name)


def row(written: Written, name: str) -> Written:
    rows = [item for p in written["processes"] for item in (*p["inputs"], *p["emissions"])]
    return next(item for item in rows if item.get("name", item.get("gas")) == name or item.get("gas") == name)


def shuffled(written: Written) -> None:
    chance = random.Random(7)  # noqa: S311  # a shuffle, not a secret
    chance.shuffle(written["processes"])
    for each in written["processes"]:
        chance.shuffle(each["inputs"])
        chance.shuffle(each["emissions"])


def with_turned_keys(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: with_turned_keys(content[key]) for key in reversed(content)}
    return [with_turned_keys(item) for item in content] if isinstance(content, list) else content


def put(name: str, **fields: Any) -> Callable[[Written], None]:
    return lambda written: row(written, name).update(copy.deepcopy(fields))


def halved(name: str, part: str, rest: str, **other: Any) -> Callable[[Written], None]:
    """A row split in two by its amount, the second half perhaps written in another unit."""

    def change(written: Written) -> None:
        for each in written["processes"]:
            for rows in (each["inputs"], each["emissions"]):
                found = [item for item in rows if item.get("name") == name or item.get("gas") == name]
                for item in found:
                    rows += [item | {"amount": part}, item | {"amount": rest} | other]
                    rows.remove(item)

    return change


def split_lorry(written: Written) -> None:
    rows = process(written, "kiln")["inputs"]
    lorry = row(written, "lorry")
    rows.remove(lorry)
    rows += [lorry | {"transport": {"mass": "100", "mass_unit": "kg", "distance": "50000", "distance_unit": "m"}}]
    rows += [lorry | {"transport": {"mass": "0.2", "distance": "50"}}]


def split_cut_off(written: Written) -> None:
    rows = process(written, "kiln")["inputs"]
    labels = row(written, "labels")
    rows.remove(labels)
    rows += [labels | {"amount": "1", "cut_off": {"reason": "small", "estimate": "0.004"}}]
    rows += [labels | {"amount": "1", "cut_off": {"reason": "small", "estimate": "0.006"}}]


def parameters(**other: Any) -> Callable[[Written], None]:
    return lambda written: written["parameters"].update(other)


def output(name: str, **fields: str) -> Callable[[Written], None]:
    return lambda written: process(written, name)["output"].update(fields)


def coproduct(name: str, **fields: Any) -> Callable[[Written], None]:
    return lambda written: process(written, name)["coproducts"][0].update(copy.deepcopy(fields))


BOILER = {"value": "50", "unit": "kgCO2e/GJ", "source": "boiler"}
CHANGES: dict[str, Callable[[Written], Any]] = {
    "rows and processes in another order": shuffled,
    "another title": lambda s: s.update(title="另一个"),
    "declared unit in kg": lambda s: s.update(declared_unit={"amount": "1000", "unit": "kg"}),
    "declared unit as a formula": lambda s: s.update(declared_unit={"amount": "=plain*2", "unit": "吨"}),
    "numbers with zeros": lambda s: [row(s, "coal").update(amount="0.1500"), row(s, "电").update(amount="60.0")],
    "numbers with exponents": lambda s: [row(s, "coal").update(amount="1.5e-1"), row(s, "CO2").update(amount="5.3E-1")],
    "electricity in Chinese units": lambda s: [row(s, "电").update(amount="0.006", unit="万度")],
    "contract in kWh": put("green", amount="2", unit="kWh"),
    "density in other units": put("oil", density={"value": "850", "unit": "kg/m3", "source": "delivery note"}),
    "oil in m3": put("oil", amount="0.012", unit="m3"),
    "own factor per kg": put("coal", factor=COAL | {"value": "2.0715", "unit": "kgCO2e/kg"}),
    "own factor in tonnes": put("coal", factor={"source": "fuel table", "unit": "tCO2e/t", "value": "2.07150"}),
    "gap in grams": put("aid", amount="400", unit="g"),
    "bound of the gap per tonne": put("aid", possible=BOUND | {"low": "1000", "high": "3000", "unit": "kgCO2e/t"}),
    "lorry in kg and m": put("lorry", transport={"mass": "300", "mass_unit": "kg", "distance": "50000", "distance_unit": "m"}),
    "emission in kg": put("CO2", amount="530", unit="kg"),
    "gas by another name": put("CO2", gas="二氧化碳"),
    "spread with another zero": lambda s: process(s, "kiln").update(data=SPREAD | {"uncertainty": {"gsd": "1.1"}}),
    "link in kg": lambda s: [row(s, "dust").update(amount="0.001", unit="t")],
    "parameter as a plain number": parameters(ratio="0.70"),
    "parameter in other units": parameters(heat={"amount": "3400", "unit": "MJ"}),
    "parameter as a formula": parameters(plain="=1/2"),
    "parameter that nothing uses": parameters(unused="3"),
    "formula as a number": put("steam", amount="1.7"),
    "output in kg": output("mill", amount="1000", unit="kg"),
    "power in MJ": output("turbine", amount="3.6", unit="MJ"),
    "co-product in t": coproduct("kiln", amount="0.04", unit="t"),
    "credit in kWh": coproduct("turbine", amount="0.002", unit="GJ", replaces={"factor": BOILER}),
    "electricity split": halved("green", "3.6", "1", unit="kWh"),
    "own factor split": halved("coal", "0.05", "100", unit="kg", factor=COAL | {"value": "2.0715", "unit": "kgCO2e/kg"}),
    "density row split": halved("oil", "5", "7"),
    "gap split": halved("aid", "0.1", "300", unit="g"),
    "link split": halved("clinker", "=ratio/2", "350", unit="kg"),
    "formula split": halved("steam", "=heat*plain/4", "=heat*plain*3/4"),
    "emission split": halved("CO2", "0.5", "30", unit="kg"),
    "transport split": split_lorry,
    "cut-off split": split_cut_off,
    "pinned version": put("green", factor=f"{GRID}@1"),
    "data of the process on the row": put("coal", data=SPREAD),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_written_in_another_way(change: Callable[[Written], Any]) -> None:
    written = copy.deepcopy(STUDY)
    if change is CHANGES["electricity in Chinese units"] or change is CHANGES["numbers with zeros"]:
        process(written, "kiln")["inputs"][0]["name"] = "电"
    before = result(written)
    change(written)
    after = result(written)
    assert after.total == before.total
    assert after.result_hash == before.result_hash


def test_another_notation_or_order_of_fields() -> None:
    expected = result(STUDY).result_hash
    apart = json.loads(json.dumps(STUDY))  # parts that the study shares would be dumped as YAML aliases
    dumps = (
        yaml.safe_dump(apart, allow_unicode=True),
        yaml.safe_dump(apart, default_flow_style=True),
        yaml.safe_dump(apart, explicit_start=True),
    )
    for text in dumps:
        assert read(str(text).encode()).result_hash == expected
    assert read(json.dumps(STUDY, indent=3, ensure_ascii=False).encode()).result_hash == expected
    assert result(with_turned_keys(STUDY)).result_hash == expected


CHANGED: dict[str, Callable[[Written], Any]] = {
    "another amount": put("coal", amount="0.15000000000000000000000000001"),
    "another factor value": put("coal", factor=COAL | {"value": "2071.6"}),
    "another source": put("coal", factor=COAL | {"source": "another table"}),
    "another allocation": lambda s: process(s, "kiln").update(allocation={"method": "custom", "shares": {"clinker": "1", "dust": "0"}}),
    "another certificate": put("green", electricity={"kind": "contract", "certificate": {"number": "GEC-8", "state": "cancelled"}}),
    "another reason of a gap": put("aid", reason="not looked for"),
    "another period": lambda s: s.update(period={"start": "2023-01-01", "end": "2023-12-31"}),
    "another spread": lambda s: process(s, "kiln").update(data=SPREAD | {"uncertainty": {"gsd": "1.2"}}),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_another_study_has_another_hash(change: Callable[[Written], Any]) -> None:
    written = copy.deepcopy(STUDY)
    change(written)
    assert result(written).result_hash != result(STUDY).result_hash


@pytest.mark.parametrize("year", [2025, 2030, 2036])
def test_the_year_in_which_it_is_calculated_means_nothing(year: int) -> None:
    study = read_study(json.dumps(STUDY).encode(), "study")
    later = assess(study, load_library(), load_rules(), {"AR6": load_gwp("AR6")}, today=datetime.date(year, 2, 28))
    assert later.result_hash == result(STUDY).result_hash
