"""The characterization sets: the values of the IPCC, every spelling one gas, and nothing where nothing is stated."""

from fractions import Fraction

import pytest

from zuji.engine.errors import UnknownGas
from zuji.formats.gwp import gas_rows, load_gwp, stamped_gwp

# From the species table of IPCC AR5 WG1 8.A.1 and AR6 WG1 7.SM.7 (openclimatedata/globalwarmingpotentials fc4e6f48), as it was typed.
PUBLISHED = {
    "N2O": ("265", "273"),
    "SF6": ("23500", "25200"),
    "NF3": ("16100", "17400"),
    "CF4": ("6630", "7380"),
    "C2F6": ("11100", "12400"),
    "C3F8": ("8900", "9290"),
    "c-C4F8": ("9540", "10200"),
    "HFC-23": ("12400", "14600"),
    "HFC-32": ("677", "771"),
    "HFC-125": ("3170", "3740"),
    "HFC-134a": ("1300", "1530"),
    "HFC-143a": ("4800", "5810"),
    "HFC-152a": ("138", "164"),
    "HFC-227ea": ("3350", "3600"),
    "HFC-43-10mee": ("1650", "1600"),
    "HCFC-22": ("1760", "1960"),
    "CFC-11": ("4660", "6230"),
    "Halon-1301": ("6290", "7200"),
    "SO2F2": ("4090", "4630"),
    "HFE-374pc2": ("627", "12.5"),
    "CH3Br": ("2", "2.43"),
}


@pytest.mark.parametrize("gas", PUBLISHED)
def test_the_values_of_the_ipcc(gas: str) -> None:
    for name, value in zip(("AR5", "AR6"), PUBLISHED[gas], strict=True):
        for kind in ("fossil", "biogenic", "land_use_change", "aircraft", None):
            assert load_gwp(name).value(gas, kind) == Fraction(value)


def test_methane_counts_by_origin() -> None:
    expected = {
        "AR6": {"fossil": "29.8", "aircraft": "29.8", "biogenic": "27.0", "land_use_change": "29.8", None: "27.9"},
        "AR5": {"fossil": "30", "aircraft": "30", "biogenic": "28", None: "28"},
    }
    for name, values in expected.items():
        for kind, value in values.items():
            assert load_gwp(name).value("CH4", kind) == Fraction(value)
    with pytest.raises(UnknownGas, match="never zero"):
        load_gwp("AR5").value("CH4", "land_use_change")


@pytest.mark.parametrize("name", ["AR5", "AR6"])
def test_carbon_dioxide_is_one_and_minus_one_when_taken_up(name: str) -> None:
    gwp = load_gwp(name)
    assert {gwp.value("CO2", kind) for kind in ("fossil", "biogenic", "land_use_change", "aircraft", None)} == {Fraction(1)}
    assert gwp.value("CO2", "biogenic_removal") == -1
    for gas in {gas for gas, _ in gwp.values} - {"CO2"}:
        with pytest.raises(UnknownGas):
            gwp.value(gas, "biogenic_removal")


@pytest.mark.parametrize(
    ("spelling", "gas"),
    [
        ("甲烷", "CH4"), ("ch4", "CH4"), ("CH₄", "CH4"), ("methane", "CH4"), ("74-82-8", "CH4"),
        ("hfc-134a", "HFC-134a"), ("HFC134a", "HFC-134a"), ("R134a", "HFC-134a"), ("R-134A", "HFC-134a"), ("811-97-2", "HFC-134a"),
        ("N₂O", "N2O"), ("氧化亚氮", "N2O"), ("一氧化二氮", "N2O"), ("六氟化硫", "SF6"), ("PFC-14", "CF4"), ("二氧化碳", "CO2"), ("CO₂", "CO2"),
        ("PFC-318", "c-C4F8"), ("hcfc22", "HCFC-22"), ("R22", "HCFC-22"),
    ],
)  # fmt: skip
def test_spellings_of_one_gas(spelling: str, gas: str) -> None:
    assert load_gwp("AR6").gas(spelling) == gas


def test_every_gas_can_be_spelt_by_its_id_name_formula_and_cas_number() -> None:
    gwp = load_gwp("AR5")
    for row in gas_rows():
        for column in ("gas", "name_en", "name_zh", "formula", "cas"):
            if row[column]:
                assert gwp.gas(row[column]) == row["gas"]


def test_every_row_has_a_source_and_a_set_names_itself() -> None:
    assert len(gas_rows()) == 95
    assert all(row["source"] and row["name_en"] for row in gas_rows())
    assert load_gwp("AR5").digest != load_gwp("AR6").digest
    assert load_gwp("AR6").reference == "AR6@1"
    with pytest.raises(KeyError):
        load_gwp("AR4")


@pytest.mark.parametrize(
    "stamp",
    [
        "AR5@1+sha256:80bc0532e4840adc8fd50679f8888e69d68f364707349e37b11e58876cbe48cb",
        "AR6@1+sha256:6ee2d74d98ef1820adea33cc96f6c1afec2218dedefcb21794be7af07954950b",
    ],
)
def test_a_published_version_never_changes(stamp: str) -> None:
    """Results name these stamps and are calculated again with them: a correction, or one gas more, is a new version in its own column."""
    found = stamped_gwp(stamp)
    assert found is not None
    assert f"{found.reference}+sha256:{found.digest}" == stamp


@pytest.mark.parametrize("stamp", ["", "AR6", "AR6@1", "AR6@2+sha256:00", "AR4@1+sha256:00", "AR6@1+sha256:00"])
def test_a_stamp_of_another_content_names_nothing(stamp: str) -> None:
    assert stamped_gwp(stamp) is None
