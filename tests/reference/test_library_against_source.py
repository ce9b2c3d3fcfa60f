"""Every shipped row against the collected tables that it was taken from: each usable row is there, with its figures unchanged."""

import csv
from fractions import Fraction
from pathlib import Path

from zuji.engine.factors import FactorVersion
from zuji.formats.factors import geographies, left_out, load_library
from zuji.formats.factors.library import shipped_rows
from zuji.formats.fuels import load_fuels
from zuji.formats.gwp import gas_rows

Row = dict[str, str]
SHIPPED: dict[str, Row] = {row["id"]: row for row in shipped_rows()}
SAME = {
    "value": "value",
    "year": "reference_year",
    "boundary": "system_boundary",
    "source": "source_title",
    "publisher": "source_publisher",
    "source_year": "source_year",
    "address": "source_address",
    "licence": "licence_note",
}
CONFIDENCE = {"verified in source text": "verified", "from secondary source": "secondary"}


def table(samples: Path, name: str) -> list[Row]:
    with (samples / name).open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def unit_letters(unit: str) -> str:
    """A unit without the marks that are written in several ways."""
    return "".join(unit.replace("/day", "day").replace("/ha", "ha").split()).translate(str.maketrans("", "", "().·/"))


def shipped(reference: str) -> FactorVersion:
    found = load_library().find(reference)
    assert found is not None
    return found


def test_every_collected_factor_is_shipped_unchanged_or_left_out_with_its_reason(samples: Path) -> None:
    source = table(samples, "factors.csv")
    assert len(source) == 481
    omitted = {row["row"] for row in left_out() if row["file"] == "factors.csv"}
    assert omitted == {row["id"] for row in source if row["unit"] == "dimensionless"}
    for row in source:
        if row["id"] in omitted:
            continue
        ours = SHIPPED[row["id"]]
        assert {ours_name: ours[ours_name] for ours_name in SAME} == {ours_name: row[theirs] for ours_name, theirs in SAME.items()}
        # Where CPCD calls combustion, supply and process of a thing by one name, ours says which it is.
        assert ours["name_zh"].startswith(row["name_zh"])
        assert ours["confidence"] == CONFIDENCE[row["confidence"]]
        assert row["data_quality_note"].strip() in ours["note"]
        assert unit_letters(ours["unit"]).startswith(unit_letters(row["unit"]))


def test_the_place_of_each_factor_is_the_one_collected(samples: Path) -> None:
    names = geographies()
    for row in table(samples, "factors.csv"):
        if row["id"] not in SHIPPED:
            continue
        code = SHIPPED[row["id"]]["geography"]
        place = row["geography"]
        if place.startswith("CN-"):
            assert names[code][0].removesuffix("区域电网") == place.removeprefix("CN-")
        else:
            assert code == place or names[code][1].lower() == place.lower()


def evidence(row: Row) -> str:
    """The evidence grade; in some lines it stands at the end of the address, where a comma was lost."""
    if row["address"].startswith("a public copy") and row["address"][13:] in ("B", "C"):
        return row["address"][13:]
    return row["evidence"]


def test_every_row_of_the_official_tables_is_shipped_or_left_out(samples: Path) -> None:
    source = table(samples, "factors-official-tables.csv")
    assert len(source) == 185
    omitted = {row["row"].split(":")[0] for row in left_out() if row["file"] == "factors-official-tables.csv"}
    collected = {row["id"] for row in table(samples, "factors.csv")}
    from_tables = [row for row in SHIPPED.values() if row["id"] not in collected]
    seen: set[str] = set()
    for number, row in enumerate(source, start=2):
        if f"line {number}" in omitted:
            continue
        matches = [
            ours
            for ours in from_tables
            if Fraction(ours["value"]) == Fraction(row["value"])
            and ours["year"] == row["year"]
            and ours["confidence"] == {"A": "verified", "B": "secondary"}[evidence(row)]
            and ours["source"] in (row["source"], "MEE 铝冶炼 指南 征求意见稿 default, via futures-house article")
            and (row["name"].split("区域")[0] in ours["name_zh"] or row["category"] in ("process", "electricity-CFP", "electricity-CO2"))
            and ours["id"] not in seen
        ]
        assert matches, row
        seen.add(matches[0]["id"])
    assert len(seen) + len(omitted) == 185
    assert len(seen) == len([row for row in from_tables if not row["id"].startswith("CN-GUIDE-")])


def test_nothing_of_grade_c_is_shipped(samples: Path) -> None:
    weak = [row for row in table(samples, "factors-official-tables.csv") if evidence(row) == "C"]
    assert len(weak) == 5
    reasons = [row["reason_en"] for row in left_out() if "grade C" in row["reason_en"]]
    assert len(reasons) == 5


def test_a_duplicate_was_left_out_only_where_the_shipped_value_is_the_same(samples: Path) -> None:
    source = table(samples, "factors-official-tables.csv")
    for row in left_out():
        if "Same notice" in row["reason_en"]:
            theirs = source[int(row["row"].split(":")[0].removeprefix("line ")) - 2]
            twin = shipped(row["reason_en"].split()[-1].rstrip("."))
            assert twin.value == Fraction(theirs["value"])
            assert str(twin.year) == theirs["year"]


def test_the_hubei_and_national_grid_factors(samples: Path) -> None:
    """The provinces by their ISO 3166-2 codes: a slip of one letter would ship Hebei (HE) as Hubei (HB)."""
    source = {
        (row["name"], row["year"]): row["value"]
        for row in table(samples, "factors-official-tables.csv")
        if row["category"] == "electricity-CO2"
    }
    for code, (zh, _) in geographies().items():
        if not code.startswith("CN-") or len(code) != 5:
            continue
        for year in ("2021", "2022"):
            assert shipped(f"CN-EL-CO2-{code.removeprefix('CN-')}-{year}").value == Fraction(source[zh, year])


def test_guide_fuels_are_computed_from_the_collected_inputs(samples: Path) -> None:
    fuels = {fuel.name.zh: fuel for fuel in load_fuels() if fuel.set == "sector-guide"}
    source = table(samples, "fuels_cn.csv")
    assert len(source) == len(fuels) == 26
    for row in source:
        fuel = fuels[row["fuel"]]
        assert (fuel.ncv, fuel.carbon, fuel.oxidation_percent) == (row["NCV_GJ_per_unit"], row["C_tC_per_GJ"], row["oxidation_pct"])
        exact = Fraction(row["NCV_GJ_per_unit"]) * Fraction(row["C_tC_per_GJ"]) * Fraction(row["oxidation_pct"]) / 100 * Fraction(44, 12)
        factor = shipped("CN-GUIDE-" + fuel.id.removeprefix("guide-"))
        assert abs(factor.value - exact) <= Fraction(1, 2 * 10**9)
        assert abs(factor.value - Fraction(row["derived_tCO2_per_unit"])) < Fraction(51, 10**6)


def test_every_gwp_value_is_the_one_collected(samples: Path) -> None:
    source = {(row["cas"], row["formula"], row["origin"]): row for row in table(samples, "gwp.csv")}
    assert len(source) == len(gas_rows()) == 95
    origins = {
        "fossil aircraft unspecified": "fossil",
        "fossil aircraft": "fossil",
        "biogenic": "biogenic",
        "land_use_change": "land use change",
        "unspecified": "unspecified",
    }
    for ours in gas_rows():
        origin = "biogenic uptake" if ours["kinds"] == "biogenic_removal" else origins.get(ours["kinds"], "n/a")
        theirs = source[ours["cas"], ours["formula"], origin]
        biogenic_co2 = ours["gas"] == "CO2" and origin.startswith("biogenic")
        assert [ours[column] for column in ("ar6", "ef31", "gtp100_ar6", "source", "check")] == [
            theirs[column] for column in ("gwp100_ar6", "gwp100_ef31", "gtp100_ar6", "source", "check")
        ]
        assert ours["ar5"] == (ours["ar6"] if biogenic_co2 else theirs["gwp100_ar5"])
        assert theirs["note"] in ours["note"]
