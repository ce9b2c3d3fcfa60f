"""The calculation against a second calculator, written apart from it: plain matrices and Gaussian elimination over whole studies.

The oracle shares no code with the engine. It knows a handful of units, the four ways of allocation and the GWP of AR6 as numbers of its own,
sets up (I - A) over every product of every process, and eliminates with rational numbers from the textbook (Heijungs and Suh, The Computational
Structure of Life Cycle Assessment, 2002, ch. 2-3). What it is compared on is what the result says: total, stages, gases and kinds.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine import Result, StudyRefused, calculate
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.formats.study import read_study

TODAY = datetime.date(2026, 11, 23)
TO_BASE = {  # unit: (dimension, amount in the first unit of its dimension)
    "kg": ("mass", Fraction(1)), "g": ("mass", Fraction(1, 1000)), "t": ("mass", Fraction(1000)), "吨": ("mass", Fraction(1000)),
    "kWh": ("energy", Fraction(1)), "MJ": ("energy", Fraction(10, 36)), "GJ": ("energy", Fraction(10_000, 36)), "度": ("energy", Fraction(1)),
    "t·km": ("freight", Fraction(1)), "kg·km": ("freight", Fraction(1, 1000)), "L": ("volume", Fraction(1)), "m3": ("volume", Fraction(1000)),
}  # fmt: skip
GWP = {
    ("CO2", "biogenic_removal"): Fraction(-1),
    ("CH4", "fossil"): Fraction("29.8"),
    ("CH4", "biogenic"): Fraction(27),
    ("N2O", "fossil"): Fraction(273),
}
GWP |= {("CO2", kind): Fraction(1) for kind in ("fossil", "biogenic", "land_use_change", "aircraft")}
MASSES, ENERGIES = ["kg", "g", "t", "吨"], ["kWh", "MJ", "GJ", "度"]
Part = tuple[str, str, str]


def base(amount: str | Fraction, unit: str) -> Fraction:
    return Fraction(amount) * TO_BASE[unit][1]


def oracle(study: Mapping[str, Any], values: Mapping[str, Fraction]) -> dict[Part, Fraction]:
    """KgCO2e per declared unit by (stage, gas, kind). ``values`` are the study's parameters, worked out already."""
    columns: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = [
        (process, product) for process in study["processes"] for product in [process["output"], *process.get("coproducts", [])]
    ]
    number = {(process["id"], product["product"]): k for k, (process, product) in enumerate(columns)}
    main = {process["id"]: number[process["id"], process["output"]["product"]] for process in study["processes"]}
    shares = [share_of(process, product) for process, product in columns]
    size = len(columns)
    matrix = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for j, (process, product) in enumerate(columns):
        made = base(product["amount"], product["unit"])
        for item in process["inputs"]:
            if "process" in item:
                i = number[item["process"], item["product"]] if "product" in item else main[item["process"]]
                matrix[i][j] -= base(amount_of(item, values), item["unit"]) * shares[j] / made
        for credited in process.get("coproducts", []):
            if "process" in credited.get("replaces", {}):
                matrix[main[credited["replaces"]["process"]]][j] += base(credited["amount"], credited["unit"]) * shares[j] / made
    demand = [Fraction(0)] * size
    demand[main[study["reference"]]] = base(study["declared_unit"]["amount"], study["declared_unit"]["unit"])
    produced = eliminated(matrix, demand)
    found: dict[Part, Fraction] = defaultdict(Fraction)
    for j, (process, product) in enumerate(columns):
        runs = produced[j] * shares[j] / base(product["amount"], product["unit"])
        for part, value in burden_of(process, values):
            found[part] += runs * value
    return found


def amount_of(item: Mapping[str, Any], values: Mapping[str, Fraction]) -> Fraction:
    """A number, or one of the three forms of formula that the strategy writes: =a, =a*2, =(a+b)/2."""
    text = item["amount"]
    if not text.startswith("="):
        return Fraction(text)
    return {"=a": values["a"], "=a*2": values["a"] * 2, "=(a+b)/2": (values["a"] + values["b"]) / 2}[text]


def share_of(process: Mapping[str, Any], product: Mapping[str, Any]) -> Fraction:
    products = [process["output"], *process.get("coproducts", [])]
    if len(products) == 1:
        return Fraction(1)
    method = process["allocation"]["method"]
    if method == "custom":
        return Fraction(process["allocation"]["shares"][product["product"]])
    if method == "system_expansion":
        return Fraction(int(product is process["output"]))
    if method == "mass":
        return base(product["amount"], product["unit"]) / sum(base(p["amount"], p["unit"]) for p in products)
    field = {"energy": "energy", "economic": "price"}[method]
    return Fraction(product["amount"]) * Fraction(product[field]) / sum(Fraction(p["amount"]) * Fraction(p[field]) for p in products)


def burden_of(process: Mapping[str, Any], values: Mapping[str, Fraction]) -> list[tuple[Part, Fraction]]:
    """KgCO2e per run of a process from its own lines."""
    found: list[tuple[Part, Fraction]] = []
    for item in process["inputs"]:
        stage = item.get("stage", process["stage"])
        if "transport" in item:
            freight = base(item["transport"]["mass"], item["transport"]["mass_unit"]) / 1000 * Fraction(item["transport"]["distance"])
            found.append((("unspecified", stage, "unspecified"), freight * per_base(item["factor"])))
        elif "factor" in item:
            activity = base(amount_of(item, values), item["unit"])
            if "density" in item:
                activity *= Fraction(item["density"]["value"])  # kg/L
            found.append((("unspecified", stage, item["factor"].get("split", "unspecified")), activity * per_base(item["factor"])))
    for emission in process["emissions"]:
        kilograms = base(emission["amount"], emission["unit"])
        part = (emission["gas"], emission.get("stage", process["stage"]), emission["kind"])
        found.append((part, kilograms * GWP[emission["gas"], emission["kind"]]))
    for credited in process.get("coproducts", []):
        if "factor" in credited.get("replaces", {}):
            saved = base(credited["amount"], credited["unit"]) * per_base(credited["replaces"]["factor"])
            found.append((("unspecified", process["stage"], "unspecified"), -saved))
    return found


def per_base(factor: Mapping[str, Any]) -> Fraction:
    """KgCO2e per base unit of activity."""
    over, under = factor["unit"].split("/")
    kilograms = {"kgCO2e": Fraction(1), "tCO2e": Fraction(1000), "gCO2e": Fraction(1, 1000)}[over]
    return Fraction(factor["value"]) * kilograms / TO_BASE[under.strip("()")][1]


def eliminated(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a linear system by Gauss-Jordan elimination, rows exchanged where a pivot is zero."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k]:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


digits = st.integers(1, 99_999)
amounts = st.builds(lambda n, places: format(Decimal(n).scaleb(-places), "f"), digits, st.integers(0, 4))
small = st.builds(lambda n: format(Decimal(n).scaleb(-7), "f"), digits)
masses = st.sampled_from(MASSES)
stages = st.sampled_from(["raw_materials", "production", "distribution", "use", "end_of_life"])
splits: st.SearchStrategy[dict[str, str]] = st.sampled_from([{}, {}, {"split": "fossil"}, {"split": "land_use_change"}])


def factor(under: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    units = st.builds("{}/{}".format, st.sampled_from(["kgCO2e", "tCO2e", "gCO2e"]), st.sampled_from(under))
    return st.builds(lambda value, unit, split: {"value": value, "unit": unit, "source": "oracle", **split}, amounts, units, splits)


plain = factor(["kg", "t"]).map(lambda f: {k: v for k, v in f.items() if k != "split"})
formulas = st.one_of(amounts, st.sampled_from(["=a", "=a*2", "=(a+b)/2"]))
by_mass = st.fixed_dictionaries({"amount": formulas, "unit": masses, "factor": factor(["kg", "t"])}, optional={"stage": stages})
by_energy = st.fixed_dictionaries({"amount": amounts, "unit": st.sampled_from(ENERGIES), "factor": factor(ENERGIES)})
by_volume = st.fixed_dictionaries(
    {"amount": amounts, "unit": st.sampled_from(["L", "m3"]), "factor": factor(["kg", "t"]),
     "density": st.fixed_dictionaries({"value": amounts, "unit": st.just("kg/L"), "source": st.just("oracle")})}
)  # fmt: skip
legs = st.fixed_dictionaries({"mass": amounts, "mass_unit": masses, "distance": amounts})
by_freight = st.fixed_dictionaries({"transport": legs, "factor": factor(["(t·km)", "(kg·km)"]).map(lambda f: {**f, "split": None})}).map(
    lambda row: {**row, "factor": {k: v for k, v in row["factor"].items() if v is not None}}
)
lines = st.one_of(by_mass, by_energy, by_volume, by_freight)
emissions = st.builds(
    lambda what, amount, unit, more: {"gas": what[0], "kind": what[1], "amount": amount, "unit": unit, **more},
    st.sampled_from(sorted(GWP)), amounts, masses, st.one_of(st.just({}), stages.map(lambda stage: {"stage": stage})),
)  # fmt: skip


@st.composite
def processes(draw: st.DrawFn, k: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"p{k}", "stage": draw(stages), "inputs": draw(st.lists(lines, max_size=3)), "emissions": draw(st.lists(emissions, max_size=2)),
        "output": {"product": "main", "amount": draw(amounts), "unit": draw(masses), "price": draw(amounts), "energy": draw(amounts)},
    }  # fmt: skip
    for n, item in enumerate(made["inputs"]):
        item["name"] = f"line {n}"
    method = draw(st.sampled_from([None, "mass", "energy", "economic", "custom", "system_expansion"]))
    if method is not None:
        side: dict[str, Any] = {
            "product": "side",
            "amount": draw(amounts),
            "unit": draw(masses),
            "price": draw(amounts),
            "energy": draw(amounts),
        }
        made |= {"coproducts": [side], "allocation": {"method": method}}
        if method == "custom":
            share = draw(st.integers(0, 1000))
            made["allocation"]["shares"] = {"main": str(Decimal(share) / 1000), "side": str(Decimal(1000 - share) / 1000)}
        if method == "system_expansion":
            side["replaces"] = {"factor": draw(plain)}
    return made


@st.composite
def studies(draw: st.DrawFn) -> dict[str, Any]:
    """Two to five processes; each takes from later ones freely and from itself and earlier ones in small amounts, so that loops arise."""
    count = draw(st.integers(2, 5))
    made = [draw(processes(k)) for k in range(count)]
    for k, process in enumerate(made):
        for n, target in enumerate(draw(st.lists(st.integers(0, count - 1), max_size=3))):
            link: dict[str, Any] = {
                "name": f"link {n}",
                "amount": draw(amounts if target > k else small),
                "unit": draw(masses),
                "process": f"p{target}",
            }
            other = made[target]
            if other.get("coproducts") and other["allocation"]["method"] != "system_expansion" and draw(st.booleans()):
                link["product"] = "side"
            process["inputs"].append(link)
    if made[0].get("coproducts") and made[0]["allocation"]["method"] == "system_expansion" and draw(st.booleans()):
        made[0]["coproducts"][0] |= {"replaces": {"process": f"p{count - 1}"}, "amount": draw(small)}
    return {
        "zuji": "study/1", "id": "random", "title": "random", "boundary": "cradle-to-grave", "gwp": "AR6", "geography": "CN", "reference": "p0",
        "period": {"start": "2024-01-01", "end": "2024-12-31"}, "parameters": {"a": draw(amounts), "b": "=a*3"}, "processes": made,
        "declared_unit": {"amount": draw(amounts), "unit": draw(masses)},
    }  # fmt: skip


def calculated(study: Mapping[str, Any]) -> Result | None:
    try:
        return calculate(read_study(json.dumps(study).encode(), "random.json"), load_library(), load_gwp("AR6"), today=TODAY)
    except StudyRefused as refused:
        # The strategy cannot rule out a loop that gains, nor a product of large amounts; it makes no other fault.
        assert {f.code for f in refused.findings if f.severity == "error"} <= {"loop.gain", "result.impossible"}  # noqa: PT017  # the refusal is one of two answers, not what is tested
        return None


def close(shown: Mapping[str, Decimal], exact: Mapping[str, Fraction], scale: Fraction, parts: int) -> bool:
    """Within 1e-12 of the largest part, and a quantum for each part that was rounded."""
    return all(
        abs(Fraction(shown.get(name, Decimal(0))) - exact.get(name, Fraction(0)))
        <= scale * Fraction(1, 10**12) + parts * Fraction(1, 10**12)
        for name in {*shown, *exact}
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(studies())
def test_the_result_is_that_of_an_independent_calculator(study: dict[str, Any]) -> None:
    result = calculated(study)
    if result is None:
        return
    a = Fraction(study["parameters"]["a"])
    found = oracle(study, {"a": a, "b": 3 * a})
    total = sum(found.values(), Fraction(0))
    assert abs(Fraction(result.total) - total) <= Fraction(1, 2 * 10**12)
    scale = max((abs(value) for value in found.values()), default=Fraction(0))
    for at, shown in ((0, result.by_gas), (1, result.by_stage), (2, result.by_kind)):
        exact: dict[str, Fraction] = defaultdict(Fraction)
        for part, value in found.items():
            exact[part[at]] += value
        assert close(shown, exact, scale, len(result.contributions) + 1)


def test_most_random_studies_are_calculated() -> None:
    """A strategy whose studies were all refused would compare nothing."""
    seen: list[bool] = []

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(studies())
    def count(study: dict[str, Any]) -> None:
        seen.append(calculated(study) is not None)

    count()
    assert sum(seen) > len(seen) * 0.6


def test_the_oracle_knows_a_loop_by_hand() -> None:
    """1/(1 - 0.5 × 0.2) runs of a plant that emits 0.9 kg."""
    assert eliminated([[Fraction(1), Fraction("-0.2")], [Fraction("-0.5"), Fraction(1)]], [Fraction(1), Fraction(0)]) == [
        pytest.approx(Fraction(10, 9)),
        pytest.approx(Fraction(5, 9)),
    ]
