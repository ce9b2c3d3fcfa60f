"""The same uncertainty out of every format, against closed forms, and in and out of ILCD."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from math import log

import numpy as np
import openpyxl
import pytest
import stats_arrays
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.formats import steelworks
from tests.unit.formats.inventories import packages
from tests.unit.formats.inventories.test_readers import read
from zuji.engine.sparse.spread import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM
from zuji.formats import ilcd, tidas
from zuji.formats.databases import FORMATS
from zuji.formats.gate.spreads import Drawable, drawable
from zuji.formats.ilcd.uncertainty import lost_uncertainty
from zuji.formats.inventory import Exchange, Uncertainty
from zuji.formats.inventory.uncertainty import median_of, of_deviation, of_square, of_variance

Stated = dict[str, str]  # what a file of the format says, in its own words

# The steelworks emits 1.9 kg of CO2: the same distribution as each format states it.
LN = {
    "ilcd": {"uncertaintyDistributionType": "log-normal", "relativeStandardDeviation95In": "1.21"},
    "ecospold1": {"uncertaintyType": "1", "standardDeviation95": "1.21"},
    "ecospold2": {"lognormal": f'meanValue="1.9" mu="{log(1.9)}" variance="0.001" varianceWithPedigreeUncertainty="{log(1.1) ** 2}"'},
    "olca": {"distributionType": "LOG_NORMAL_DISTRIBUTION", "geomMean": "1.9", "geomSd": "1.1"},
    "simapro": {"": "Lognormal;1,21;0;0"},
    "brightway": {"uncertainty type": "2", "loc": str(log(1.9)), "scale": str(log(1.1))},
}
N = {
    "ilcd": {"uncertaintyDistributionType": "normal", "relativeStandardDeviation95In": "0.38"},
    "ecospold1": {"uncertaintyType": "2", "standardDeviation95": "0.38"},
    "ecospold2": {"normal": 'meanValue="1.9" variance="0.0361"'},
    "olca": {"distributionType": "NORMAL_DISTRIBUTION", "mean": "1.9", "sd": "0.19"},
    "simapro": {"": "Normal;0,38;0;0"},
    "brightway": {"uncertainty type": "3", "loc": "1.9", "scale": "0.19"},
}
T = {
    "ilcd": {"minimumAmount": "1.7", "maximumAmount": "2.1", "uncertaintyDistributionType": "triangular"},
    "ecospold1": {"uncertaintyType": "3", "minValue": "1.7", "mostLikelyValue": "1.9", "maxValue": "2.1"},
    "ecospold2": {"triangular": 'minValue="1.7" mostLikelyValue="1.9" maxValue="2.1"'},
    "olca": {"distributionType": "TRIANGLE_DISTRIBUTION", "minimum": "1.7", "mode": "1.9", "maximum": "2.1"},
    "simapro": {"": "Triangle;0;1,7;2,1"},
    "brightway": {"uncertainty type": "5", "loc": "1.9", "minimum": "1.7", "maximum": "2.1"},
}
U = {
    "ilcd": {"minimumAmount": "1.7", "maximumAmount": "2.1", "uncertaintyDistributionType": "uniform"},
    "ecospold1": {"uncertaintyType": "4", "minValue": "1.7", "maxValue": "2.1"},
    "ecospold2": {"uniform": 'minValue="1.7" maxValue="2.1"'},
    "olca": {"distributionType": "UNIFORM_DISTRIBUTION", "minimum": "1.7", "maximum": "2.1"},
    "simapro": {"": "Uniform;0;1,7;2,1"},
    "brightway": {"uncertainty type": "4", "minimum": "1.7", "maximum": "2.1"},
}
EACH: dict[str, tuple[dict[str, Stated], tuple[int, float, float, float, float]]] = {
    "lognormal": (LN, (LOGNORMAL, log(1.1), 1.0, 1.0, 1.0)),
    "normal": (N, (NORMAL, 0.1, 1.0, 1.0, 1.0)),
    "triangular": (T, (TRIANGULAR, 0.0, 1.0, 1.7 / 1.9, 2.1 / 1.9)),
    "uniform": (U, (UNIFORM, 0.0, 1.0, 1.7 / 1.9, 2.1 / 1.9)),
}


def in_ilcd(stated: Stated) -> bytes:
    files = packages.ilcd_files()
    said = "".join(f"<{name}>{value}</{name}>" for name, value in stated.items())
    mill = files["ILCD/processes/mill.xml"].decode()
    files["ILCD/processes/mill.xml"] = mill.replace(
        "<resultingAmount>1.9</resultingAmount>", f"<resultingAmount>1.9</resultingAmount>{said}"
    ).encode()
    return packages.zipped(files)


def in_ecospold1(stated: Stated) -> bytes:
    said = " ".join(f'{name}="{value}"' for name, value in stated.items())
    return packages.ECOSPOLD1.replace(b'meanValue="1.9"', f'meanValue="1.9" {said}'.encode())


def in_ecospold2(stated: Stated) -> bytes:
    said = "".join(f"<{kind} {numbers}/>" for kind, numbers in stated.items())
    files = packages.ecospold2_files()
    name = f"datasets/{packages.MILL}_{packages.STEEL}.spold"
    files[name] = files[name].replace(
        b"</compartment></compartment>", f"</compartment></compartment><uncertainty>{said}</uncertainty>".encode()
    )
    return packages.zipped(files)


def in_olca(stated: Stated) -> bytes:
    files = packages.olca_files()
    mill = json.loads(files["processes/mill.json"])
    held = {name: float(value) if name != "distributionType" and value[:1].isdecimal() else value for name, value in stated.items()}
    mill["exchanges"][2]["uncertainty"] = {"@type": "Uncertainty", **held}
    files["processes/mill.json"] = json.dumps(mill).encode()
    return packages.zipped(files)


def in_simapro(stated: Stated) -> bytes:
    return packages.SIMAPRO.replace("kg;1,9;Undefined;0;0;0", f"kg;1,9;{stated['']}").encode()


def in_brightway(stated: Stated) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(packages.workbook()))
    sheet = book.worksheets[0]
    for at, row in enumerate(sheet.iter_rows(), 1):
        if row[0].value == "name":
            for n, name in enumerate(stated):
                sheet.cell(at, 8 + n).value = name
        if row[3].value == 1.9:
            for n, value in enumerate(stated.values()):
                sheet.cell(at, 8 + n).value = float(value) if value.replace(".", "").isdecimal() else value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Stated], bytes]]] = {
    "ilcd": ("a.zip", in_ilcd), "ecospold1": ("a.xml", in_ecospold1), "ecospold2": ("a.zip", in_ecospold2), "olca": ("a.zip", in_olca),
    "simapro": ("a.csv", in_simapro), "brightway": ("a.xlsx", in_brightway),
}  # fmt: skip


def emission(form: str, stated: Stated) -> Exchange:
    """The emission of 1.9 kg as it is read from a file that states so."""
    name, write = WRITERS[form]
    inventory = read(write(stated), form, name)
    assert inventory.faults == ()
    (found,) = (e for d in inventory.datasets for e in d.exchanges if e.amount == Decimal("1.9"))
    return found


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("kind", EACH)
def test_every_format_states_the_same_distribution(form: str, kind: str) -> None:
    stated, (number, *rest) = EACH[kind]
    found = drawable(emission(form, stated[form]))
    assert isinstance(found, Drawable)
    assert found.kind == number
    assert (found.size, found.centre, found.low, found.high) == pytest.approx(tuple(rest), rel=1e-9)


@pytest.mark.parametrize(
    ("form", "stated"),
    [
        ("ilcd", {"uncertaintyDistributionType": "log-normal", "relativeStandardDeviation95In": "10 %"}),
        ("ecospold1", {"uncertaintyType": "2", "standardDeviation95": "NaN"}),
        ("ecospold2", {"lognormal": 'meanValue="1.9" variance="Infinity"'}),
        ("olca", {"distributionType": "NORMAL_DISTRIBUTION", "sd": "much"}),
        ("simapro", {"": "Lognormal;a lot;0;0"}),
        ("brightway", {"uncertainty type": "4", "minimum": "=A1", "maximum": "2"}),
        ("ecospold2", {"lognormal": 'meanValue="1.9" variance="-0.1"'}),
        ("ecospold1", {"uncertaintyType": "1", "standardDeviation95": "0.5"}),
        ("brightway", {"uncertainty type": "2", "loc": str(log(1.9)), "scale": "1e200"}),
    ],
)
def test_an_impossible_parameter_costs_the_uncertainty_and_is_said(form: str, stated: Stated) -> None:
    assert drawable(emission(form, stated)) == "impossible"


@pytest.mark.parametrize(
    ("form", "stated", "why"),
    [
        ("ilcd", {"uncertaintyDistributionType": "log-normal"}, "incomplete"),
        ("ilcd", {"minimumAmount": "1", "maximumAmount": "2"}, "unsupported"),
        ("ecospold2", {"gamma": 'shape="2" scale="1" minValue="0"'}, "unsupported"),
        ("ecospold2", {"pedigreeMatrix": 'reliability="1"'}, "unsupported"),
        ("brightway", {"uncertainty type": "9", "loc": "1", "scale": "2"}, "unsupported"),
        ("simapro", {"": "Beta;1;2;3"}, "unsupported"),
        ("ecospold1", {"uncertaintyType": "0", "standardDeviation95": "1.3"}, "unsupported"),
    ],
)
def test_nothing_that_a_file_states_is_dropped_unseen(form: str, stated: Stated, why: str) -> None:
    assert drawable(emission(form, stated)) == why


@pytest.mark.parametrize(
    ("form", "stated"),
    [
        ("ilcd", {"uncertaintyDistributionType": "undefined"}), ("ecospold1", {"uncertaintyType": "0"}), ("ecospold2", {"undefined": ""}),
        ("simapro", {"": "Undefined;0;0;0"}), ("brightway", {"uncertainty type": "0"}), ("brightway", {"uncertainty type": "1", "loc": "1.9"}),
    ],
)  # fmt: skip
def test_undefined_is_nothing(form: str, stated: Stated) -> None:
    assert emission(form, stated).uncertainty is None


gsds = st.decimals("1.0001", "1000", allow_nan=False, places=6)


@given(gsds)
def test_the_three_ways_to_state_a_lognormal_are_one(gsd: Decimal) -> None:
    """GSD = √(GSD²) = exp(√ variance) = exp(σ), in closed form."""
    sigma = gsd.ln()
    for made in (of_square(gsd * gsd), of_deviation(sigma), of_variance(sigma * sigma)):
        assert made is not None
        assert abs(made / gsd - 1) < Decimal("1e-20")
    assert median_of(gsd.ln()) == pytest.approx(gsd, rel=Decimal("1e-20"))


def test_the_median_and_the_ends_are_those_of_brightway() -> None:
    """Mean × GSD² of EcoSpold 1 is the 97.7 % point (two standard deviations), by stats_arrays' own distribution."""
    found = drawable(emission("ecospold1", LN["ecospold1"]))
    assert isinstance(found, Drawable)
    theirs = stats_arrays.UncertaintyBase.from_dicts({"uncertainty_type": 2, "loc": log(1.9), "scale": found.size})
    points = stats_arrays.LognormalUncertainty.ppf(theirs, np.array([[0.5, 0.977249868051821]]))[0]
    assert points == pytest.approx([1.9 * found.centre, 1.9 * 1.21], rel=1e-9)


@pytest.mark.parametrize("form", ["ilcd", "tidas"])
@pytest.mark.parametrize("kind", EACH)
def test_it_survives_export(form: str, kind: str) -> None:
    inventory = read(in_ilcd(EACH[kind][0]["ilcd"]), "ilcd")
    written = (ilcd if form == "ilcd" else tidas).write_package(inventory)
    assert not [lost for lost in written.lost if "uncertainty" in lost.what or "value" in lost.what]
    again = read(packages.zipped(dict(written.files)), form)
    assert [e.uncertainty for d in again.datasets for e in d.exchanges] == [e.uncertainty for d in inventory.datasets for e in d.exchanges]


@pytest.mark.parametrize(
    ("stated", "lost"),
    [
        (Uncertainty("lognormal", spread=Decimal("1.1")), ""),
        (Uncertainty("lognormal", spread=Decimal("1.12345")), "digits of the uncertainty"),
        (Uncertainty("lognormal", spread=Decimal(11)), "uncertainty"),
        (Uncertainty("lognormal", centre=Decimal("1.8"), spread=Decimal("1.1")), "centre of the uncertainty"),
        (Uncertainty("normal", spread=Decimal("0.0001")), "uncertainty"),
        (Uncertainty("triangular", Decimal("1.8"), minimum=Decimal("1.7"), maximum=Decimal("2.1")), "most likely value"),
        (Uncertainty("other", stated="gamma"), "uncertainty"),
    ],
)
def test_what_ilcd_cannot_carry_is_listed(stated: Uncertainty, lost: str) -> None:
    exchange = replace(steelworks.exchange(1, "steel", "output", "1.9"), uncertainty=stated)
    assert lost_uncertainty(exchange) == lost
    written = ilcd.write_package(steelworks.spoilt(exchange=4, uncertainty=stated))
    assert [found.what for found in written.lost if found.exchange == 4] == ([lost] if lost else [])


def test_every_format_is_here() -> None:
    assert set(WRITERS) | {"tidas"} == set(FORMATS)
    assert all(set(stated) == set(WRITERS) for stated, _ in EACH.values())
