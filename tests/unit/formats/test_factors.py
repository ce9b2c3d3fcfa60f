"""The shipped factors hang together, are found by words, and a user's file is read or refused with every fault."""

import json
from fractions import Fraction
from typing import get_args

import pytest

from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.study import FactorKind
from zuji.engine.units import parse_factor_unit, parse_unit
from zuji.formats.factors import geographies, left_out, load_library
from zuji.formats.factors.columns import COLUMNS
from zuji.formats.factors.kinds import kind_of
from zuji.formats.factors.reasons import REASONS
from zuji.formats.fuels import load_fuels
from zuji.formats.gwp import load_gwp

LIBRARY = load_library()
ALL = LIBRARY.all()


def factor(reference: str) -> FactorVersion:
    found = LIBRARY.find(reference)
    assert found is not None
    return found


def test_the_electricity_factors_of_the_brief() -> None:
    assert factor("CN-EL-CF-2024-national").value == Fraction("0.5777")
    assert factor("CN-EL-CF-2024-td-exloss").value == Fraction("0.0046")
    assert factor("CN-EL-CF-2024-td-loss").value == Fraction("0.0327")
    assert factor("CN-EL-CO2-HB-2021").value == Fraction("0.3672")
    assert factor("CN-EL-CO2-2023-Hubei").kind == "grid-co2"


def test_every_grid_co2_factor_names_the_right_one_instead() -> None:
    wrong = [found.id for found in ALL if found.kind == "grid-co2" and found.use_instead != ("CN-EL-CF-2024-national",)]
    assert wrong == []
    assert [found.id for found in ALL if "二氧化碳排放因子" in found.name.zh and found.kind != "grid-co2"] == []


def test_every_factor_says_all_that_a_reader_needs() -> None:
    for found in ALL:
        row = LIBRARY.row(found.id)
        assert set(row) == set(COLUMNS)
        assert found.name.zh, found.id
        assert found.name.en, found.id
        assert not any("\u4e00" <= character <= "\u9fff" for character in found.name.en), found.id
        assert found.source, found.id
        assert found.address, found.id
        assert found.licence, found.id
        assert found.geography in geographies(), found.id
        assert found.kind in get_args(FactorKind)
        assert found.confidence != "unverified", found.id
        assert found.value >= 0, found.id


def test_what_is_marked_says_why_in_both_languages() -> None:
    for found in ALL:
        row = LIBRARY.row(found.id)
        marked = found.state != "current"
        assert bool(row["state_reason_zh"]) == bool(row["state_reason_en"]) == marked, found.id
        if found.state == "superseded":
            assert found.superseded_by is not None
            assert factor(found.superseded_by).state == "current"
        if "慎用" in row["note"]:
            assert marked, found.id


def test_the_kind_of_each_row_follows_from_its_unit_boundary_and_name() -> None:
    decided_by_hand = {"CPCD-33100X0022006A", "CN-HEAT-sector-0.11", "TG-EL-thermal-HB-2019", "TG-EL-thermal-CN-2019"}
    for found in ALL:
        ruled = kind_of(unit=found.unit, boundary=found.boundary, category=found.category, names=f"{found.name.zh} {found.name.en}")
        if found.id not in decided_by_hand:
            assert found.kind == ruled, found.id


def test_units_are_read_and_the_activity_unit_reads_back() -> None:
    for found in ALL:
        unit = parse_factor_unit(found.unit)
        assert parse_unit(found.per) == unit.per, found.id


def test_the_gases_of_a_factor_sum_to_its_value_with_the_publishers_set() -> None:
    """To the digits printed; methane counts 28 in DESNZ's sums whatever its origin."""
    checked = 0
    for found in ALL:
        if not LIBRARY.row(found.id)["gases"] or found.gwp is None:
            continue
        gwp = load_gwp(found.gwp)
        total = sum(part.kg * gwp.value(part.gas, None if found.id.startswith("DESNZ") else part.kind) for part in found.parts)
        assert total == pytest.approx(float(found.value * parse_factor_unit(found.unit).kg_per), rel=2e-3), found.id
        checked += 1
    assert checked >= 25


def test_a_factor_that_states_no_gases_is_one_part() -> None:
    assert factor("CN-EL-CF-2024-national").parts == (FactorPart("CO2e", None, Fraction("0.5777")),)
    assert factor("CN-FUEL-diesel").parts == (FactorPart("CO2", "fossil", Fraction("3095.9096")),)
    assert factor("IPCC-N2O-EF1").parts == (FactorPart("N2O", None, Fraction(1, 100) * Fraction(44, 28)),)
    assert factor("CN-CARB-CaCO3").parts == (FactorPart("CO2", "fossil", Fraction("439.7")),)
    assert factor("IPCC-al_cf4_cwpb").parts == (FactorPart("CF4", None, Fraction("0.4")),)


def test_parts_in_co2e_become_kilograms_by_the_publishers_gwp() -> None:
    gas, methane, laughing = factor("DESNZ2023-1_100_1004_1_1").parts
    assert gas == FactorPart("CO2", "fossil", Fraction("2.03437"))
    assert methane == FactorPart("CH4", "fossil", Fraction("0.0030688") / 28)
    assert laughing == FactorPart("N2O", "fossil", Fraction("0.00095151") / 265)
    assert factor("DESNZ2023-3_200_2026_3_1").parts == (FactorPart("HFC-134a", None, Fraction(1)),)


def test_what_named_gases_leave_stays_unspecified() -> None:
    assert factor("ICE2-01").parts == (FactorPart("CO2", None, Fraction("2.460")), FactorPart("CO2e", None, Fraction("0.18")))


def test_the_digest_is_of_the_whole_row() -> None:
    assert len({found.digest for found in ALL}) == len(ALL)
    row = dict(LIBRARY.row("CN-EL-CF-2024-national"))
    text = ",".join(COLUMNS) + "\n" + ",".join('"' + row[column].replace('"', '""') + '"' for column in COLUMNS)
    again = LIBRARY.with_file(text.encode(), "again.csv").find("CN-EL-CF-2024-national")
    assert again == factor("CN-EL-CF-2024-national")
    changed = text.replace("0.5777", "0.5778").replace('national","1"', 'national","2"')
    other = LIBRARY.with_file(changed.encode(), "other.csv").find("CN-EL-CF-2024-national")
    assert other is not None
    assert other.reference == "CN-EL-CF-2024-national@2"
    assert other.digest != factor("CN-EL-CF-2024-national").digest


def test_conflicting_rows_stand_side_by_side() -> None:
    assert {found.id for found in LIBRARY.alongside("CHEN2015-MAP")} == {"CPCD-34612X0012009A", "AIA-FERT-MAP"}
    assert "GBT51366-OPC" in {found.id for found in LIBRARY.alongside("CPCD-37440X0292019C")}
    for found in ALL:
        for other in LIBRARY.alongside(found.id):
            assert found in LIBRARY.alongside(other.id)
    assert LIBRARY.alongside("no-such-factor") == ()


def test_what_was_left_out_says_why() -> None:
    assert len(left_out()) == 48
    assert all(row["reason_zh"] and row["reason_en"] for row in left_out())


def test_guide_factors_follow_from_the_fuel_table() -> None:
    fuels = {fuel.id: fuel for fuel in load_fuels()}
    assert len(fuels) == 40
    for name, fuel in fuels.items():
        if fuel.set == "sector-guide":
            shipped = factor("CN-GUIDE-" + name.removeprefix("guide-"))
            assert abs(shipped.value * 1000 - fuel.combustion_co2) <= Fraction(1, 10**6), name
    assert fuels["provincial-diesel"].combustion_co2 == pytest.approx(3095.9096, rel=1e-7)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("铝锭", "PENG2022-AL-primary"),
        ("电力", "CN-EL-CF-2024-national"),
        ("electricity", "CN-EL-CF-2024-national"),
        ("纯碱", "CPCD-34240B0022014A"),
        ("碳酸钠", "CPCD-34240B0052025C"),
        ("soda ash", "CPCD-34240B0022014A"),
        ("磷酸一铵", "CHEN2015-MAP"),
        ("MAP", "CHEN2015-MAP"),
        ("cn-el-cf-2024-n", "CN-EL-CF-2024-national"),
        ("水", "CPCD-69210X0012019C"),
        ("自来水", "CPCD-69210X0012019C"),
        ("石灰石", "CPCD-15200X0502025C"),
        ("ＬＦＰ", "CPCD-46430X0172025C"),
        ("lithium carb", "ISTRATE-lithium_carbonate_brine_salar_de_atacama"),
    ],
)
def test_a_word_finds_its_factor(query: str, expected: str) -> None:
    hits = [hit.factor.id for hit in LIBRARY.search(query)]
    assert expected in hits[:3]


def test_a_hit_says_why_and_what_is_superseded_comes_last() -> None:
    hits = LIBRARY.search("磷酸一铵")
    assert [hit.factor.state for hit in hits] == ["current", "superseded", "superseded"]
    assert LIBRARY.search("铝锭")[0].reason in ("name", "synonym")
    assert LIBRARY.search("CN-FUEL-diesel")[0].reason == "id"
    assert REASONS[LIBRARY.search("CN-FUEL-diesel")[0].reason].zh == "编号相符"
    assert [hit.factor.id for hit in LIBRARY.search("tea") if "steam" in hit.matched] == []
    assert LIBRARY.search("") == LIBRARY.search("?!") == LIBRARY.search("zzzqqq") == []
    assert len(LIBRARY.search("a", limit=5)) <= 5


def test_a_mistyped_id_is_answered_with_similar_ones() -> None:
    assert "CN-EL-CF-2024-national" in LIBRARY.nearest("CN-EL-CF-2024-nationl")
    assert "CN-EL-CF-2024-national" in LIBRARY.nearest("cn-el-cf-2024-nationa@1")
    assert LIBRARY.find("CN-EL-CF-2024-national@1") is LIBRARY.find("CN-EL-CF-2024-national")
    assert LIBRARY.find("CN-EL-CF-2024-national@2") is None


HEADER = "id,name_zh,value,unit,source\n"


def faults(data: str | bytes, name: str = "own.csv") -> list[Finding]:
    with pytest.raises(StudyRefused) as caught:
        LIBRARY.with_file(data if isinstance(data, bytes) else data.encode(), name)
    assert all(finding.message.zh and finding.message.en for finding in caught.value.findings)
    return list(caught.value.findings)


def test_a_published_version_is_never_rewritten() -> None:
    """The same name with another value would look like the published one in every result."""
    text = HEADER.replace("id,", "id,version,") + "CN-EL-CF-2024-national,1,电,0.0001,kgCO2e/kWh,厂内\nA,1,甲,1,kgCO2e/kg,厂内\n"
    assert [(f.code, f.where) for f in faults(text)] == [("factors.published", "own.csv / CN-EL-CF-2024-national@1")]


@pytest.mark.parametrize("version", ["²", "1@2", "9" * 5000, "v 1", "１"])
def test_versions_are_plain_words(version: str) -> None:
    assert {f.where for f in faults(HEADER.replace("id,", "id,version,") + f"A,{version},甲,1,kgCO2e/kg,厂内\n")} == {
        "own.csv, line 2 / version"
    }


@pytest.mark.parametrize(
    "gases", ["CO2 fossil 1.2 kg", "CO2 fossil 1 kg; CH4 -1 kg", "CO2 fossil 100 kgCO2e", "CO2 fossil 1 kg; CH4 fossil 0.05 kg"]
)
def test_gases_that_do_not_come_to_the_value_are_refused(gases: str) -> None:
    """A partial list would silently count less than the factor's value."""
    row = f"A,甲,2,kgCO2e/kg,厂内,{gases},AR6\n"
    assert [f.where for f in faults("id,name_zh,value,unit,source,gases,gwp\n" + row)] == ["own.csv, line 2 / gases"]


def test_own_factors_are_added_and_the_newest_version_wins() -> None:
    text = (
        "id,version,name_zh,value,unit,source\nA,9,甲,1,kgCO2e/kg,厂内\nA,10,甲,2,kgCO2e/kg,厂内\nCN-FUEL-diesel,2,柴油,3000,kgCO2/t,实测\n"
    )
    library = LIBRARY.with_file(text.encode(), "own.csv")
    newest, diesel = library.find("A"), library.find("CN-FUEL-diesel")
    assert newest is not None
    assert newest.version == "10"
    assert newest.kind == "life-cycle"
    assert newest.confidence == "unverified"
    assert newest.name.en == "甲"
    assert diesel is not None
    assert diesel.version == "2"
    assert library.find("CN-FUEL-diesel@1") == LIBRARY.find("CN-FUEL-diesel")
    assert [version.version for version in library.versions("A")] == ["10", "9"]
    assert len(library) == len(LIBRARY) + 1
    assert LIBRARY.find("A") is None


def test_the_three_notations_of_own_factors_mean_the_same() -> None:
    row = {
        "id": "A",
        "name_zh": "甲",
        "value": "1.5",
        "unit": "kgCO2e/kg",
        "source": "厂内",
        "valid_from": "2024-01-01",
        "synonyms": "乙;丙",
    }
    as_csv = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    as_yaml = "- {" + ", ".join(f"{key}: {value}" for key, value in row.items() if key != "synonyms") + ", synonyms: [乙, 丙]}\n"
    found = [
        LIBRARY.with_file(text.encode(), name).find("A")
        for text, name in ((as_csv, "a.csv"), (as_yaml, "a.yaml"), (json.dumps([row]), "a.json"))
    ]
    assert found[0] == found[1] == found[2]
    assert found[0] is not None
    assert found[0].synonyms == ("乙", "丙")
    assert str(found[0].valid_from) == "2024-01-01"


def test_the_header_of_the_collected_factors_works() -> None:
    header = "id,name_zh,name_en,category,unit,value,gas_breakdown,geography,reference_year,system_boundary,source_title,source_publisher,source_year,"
    header += "source_address,licence_note,data_quality_note,confidence\n"
    line = "X,某电网,Some grid,electricity,kgCO2/kWh,0.5,CO2 only,CN,2023,generation,公告,部,2025,网址,许可,说明,verified in source text\n"
    found = LIBRARY.with_file((header + line).encode(), "x.csv").find("X")
    assert found is not None
    assert (found.kind, found.year, found.source, found.confidence) == ("grid-co2", 2023, "公告", "verified")


def test_chinese_column_names_and_a_byte_order_mark_work() -> None:
    found = LIBRARY.with_file(b"\xef\xbb\xbf" + "编号,名称,因子值,单位,来源\nA,甲,1,kgCO2e/kg,厂内\n".encode(), "x.csv").find("A")
    assert found is not None


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("A,甲,1,kgCO2e/kg,", "factors.source-missing", "source"),
        (",甲,1,kgCO2e/kg,s", "factors.field-missing", "id"),
        ("A,甲,,kgCO2e/kg,s", "factors.field-missing", "value"),
        ("A,甲,NaN,kgCO2e/kg,s", "factors.value-invalid", "value"),
        ("A,甲,１,kgCO2e/kg,s", "factors.value-invalid", "value"),
        ('A,甲,"1,5",kgCO2e/kg,s', "factors.value-invalid", "value"),
        ("A,甲,1,kg/kg,s", "factors.value-invalid", "unit"),
        ("A,甲,1,kgCO2e/zorkmid,s", "factors.value-invalid", "unit"),
        ("A,甲,-1,kgCO2e/kg,s", "factors.value-invalid", "value"),
        ("A@1,甲,1,kgCO2e/kg,s", "factors.value-invalid", "id"),
        ("A,,1,kgCO2e/kg,s", "factors.value-invalid", "name_zh"),
        ("A,甲\u202e,1,kgCO2e/kg,s", "factors.hidden-character", "name_zh"),
    ],
)
def test_a_faulty_row_is_named_with_its_column(line: str, code: str, column: str) -> None:
    (finding,) = faults(HEADER + "B,乙,1,kgCO2e/kg,s\n" + line + "\n")
    assert finding.code == code
    assert finding.where == f"own.csv, line 3 / {column}"


def test_faults_of_dates_lists_and_gases_are_named() -> None:
    header = "id,name_en,value,unit,source,valid_from,valid_to,state,kind,gsd,gases,gwp,year,split,confidence\n"
    line = "A,a,1,kgCO2e/kg,s,2024-13-01,20240101,superseded,lifecycle,0.5,CO2 x,AR4,24,natural,sure\n"
    assert {finding.where.split(" / ")[1] for finding in faults(header + line)} == {
        "valid_from", "valid_to", "superseded_by", "kind", "gsd", "gases", "gwp", "year", "split", "confidence",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gases", "says"),
    [
        ("CO2 0.5 kgCO2e", "AR5 or AR6"),
        ("unobtainium 1 kg", "unobtainium"),
        ("CO2 2 kg; rest", "negative"),
        ("CO2 fossil x kg", "x"),
        ("CO2 green 1 kg", "CO2 fossil"),
    ],
)
def test_gases_that_do_not_fit_are_refused(gases: str, says: str) -> None:
    (finding,) = faults(f"id,name_en,value,unit,source,gases\nA,a,1,kgCO2e/kg,s,{gases}\n")
    assert finding.where.endswith("/ gases")
    assert says in finding.message.en


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        ("", "a.csv", "factors.empty"),
        (HEADER, "a.csv", "factors.empty"),
        ("id,colour\n", "a.csv", "factors.column-unknown"),
        ("id,id\nA,A\n", "a.csv", "factors.columns"),
        (HEADER + "A,甲\n", "a.csv", "factors.columns"),
        (HEADER + 'A,"甲\n', "a.csv", "factors.csv"),
        (b"\xff\xfe\x00", "a.csv", "factors.not-utf8"),
        (b"a" * (9 * 1024 * 1024), "a.csv", "factors.too-large"),
        ("a: &x 1", "a.yaml", "factors.alias"),
        ("a: 1", "a.yaml", "factors.value-invalid"),
        ("[1]", "a.json", "factors.value-invalid"),
        ('[{"id": {"a": "1"}}]', "a.json", "factors.value-invalid"),
        ('[{"colour": "1"}]', "a.json", "factors.column-unknown"),
    ],
)
def test_a_file_that_is_no_factor_file_is_refused(data: str | bytes, name: str, code: str) -> None:
    assert code in {finding.code for finding in faults(data, name)}


def test_the_same_version_twice_is_refused() -> None:
    (finding,) = faults(HEADER + "A,甲,1,kgCO2e/kg,s\nA,甲,2,kgCO2e/kg,s\n")
    assert finding.code == "factors.duplicate"
    assert "line 2" in finding.message.en


def test_no_two_factors_go_by_one_name() -> None:
    """Diesel burnt and diesel supplied under one name would be mistaken for each other."""
    for language in ("zh", "en"):
        names = [found.name.in_(language) for found in ALL]
        assert sorted(name for name in set(names) if names.count(name) > 1) == []
