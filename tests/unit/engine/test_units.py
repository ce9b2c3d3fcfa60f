"""Units: exact scales held against pint, laws of conversion, bases that never mix, and every unit of the shipped factors."""

from fractions import Fraction
from importlib import resources

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine.errors import DimensionMismatch, UnknownUnit
from zuji.engine.units import (
    Ratio,
    Unit,
    canonical,
    convert,
    convert_with,
    in_base_units,
    parse_factor_unit,
    parse_ratio_unit,
    parse_unit,
)
from zuji.engine.units.definitions import definition, unit_table

NAMES = sorted(unit_table().units)
BASES = sorted(unit_table().bases)
amounts = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
names = st.sampled_from(NAMES)

SCALES = """
kg 1 kg · g 1/1000 kg · mg 1/1000000 kg · t 1000 kg · Mt 1000000000 kg · kt 1000000 kg · lb 45359237/100000000 kg
千克 1 kg · 公斤 1 kg · 克 1/1000 kg · 吨 1000 kg · 万吨 10000000 kg · 斤 1/2 kg · ㎏ 1 kg · 百万吨 1000000000 kg
kWh 1 kWh · MWh 1000 kWh · GWh 1000000 kWh · Wh 1/1000 kWh · 度 1 kWh · 千瓦时 1 kWh · 兆瓦时 1000 kWh · 万度 10000 kWh
万千瓦时 10000 kWh · 亿千瓦时 100000000 kWh · kW·h 1 kWh · kW.h 1 kWh · kW*h 1 kWh · 千瓦·时 1 kWh
J 1/3600000 kWh · kJ 1/3600 kWh · MJ 5/18 kWh · GJ 2500/9 kWh · TJ 2500000/9 kWh · 吉焦 2500/9 kWh · 兆焦 5/18 kWh
kcal 1163/1000000 kWh · 大卡 1163/1000000 kWh · kgce 8141/1000 kWh · tce 8141 kWh · 吨标准煤 8141 kWh · 千克标准煤 8141/1000 kWh
m3 1 m3 · m³ 1 m3 · m^3 1 m3 · m**3 1 m3 · ㎥ 1 m3 · 立方米 1 m3 · 万立方米 10000 m3 · L 1/1000 m3 · 升 1/1000 m3 · mL 1/1000000 m3
kL 1 m3 · dm3 1/1000 m3 · cm^3 1/1000000 m3 · km3 1000000000 m3
Nm3 1 Nm3 · Nm³ 1 Nm3 · Nm^3 1 Nm3 · 标准立方米 1 Nm3 · 万标准立方米 10000 Nm3 · 1e4Nm3 10000 Nm3 · 万Nm3 10000 Nm3 · 万Nm³ 10000 Nm3
10^4Nm3 10000 Nm3 · 10⁴Nm³ 10000 Nm3 · 1e4标准立方米 10000 Nm3
m 1 m · km 1000 m · 公里 1000 m · 千米 1000 m · 米 1 m · 芯公里 1 fibre-km · fibre-km 1 fibre-km
m2 1 m2 · m² 1 m2 · ㎡ 1 m2 · 平方米 1 m2 · ha 10000 m2 · 公顷 10000 m2 · 亩 2000/3 m2 · 万亩 20000000/3 m2
h 1 h · 小时 1 h · day 24 h · d 24 h · 天 24 h · year 8760 h · a 8760 h · 年 8760 h
t·km 1 t·km · t*km 1 t·km · t.km 1 t·km · tkm 1 t·km · t×km 1 t·km · （t·km） 1 t·km · 吨公里 1 t·km · 吨·公里 1 t·km · kg·km 1/1000 t·km
万吨公里 10000 t·km · tonne-km 1 t·km
件 1 piece · 个 1 piece · 只 1 piece · 台 1 piece · 套 1 piece · piece 1 piece · pcs 1 piece · unit 1 piece · p 1 piece
辆 1 vehicle · vehicle 1 vehicle · CNY 1 CNY · 元 1 CNY · 万元 10000 CNY · RMB 1 CNY · USD 1 USD · USD(2022) 1 USD(2022) · USD2022 1 USD(2022)
万元(2020) 10000 CNY(2020) · % 1/100 1 · 1 1 1 · dimensionless 1 1 · t/t 1 1 · kg/kg 1 1 · g/kg 1/1000 1
kg/m3 1 kg/m3 · kg/L 1000 kg/m3 · t/m³ 1000 kg/m3 · MJ/kg 5/18 kWh/kg · GJ/t 5/18 kWh/kg · GJ/1e4Nm3 1/36 kWh/Nm3 · MJ/Nm3 5/18 kWh/Nm3
kWh/t 1/1000 kWh/kg · kWh/100km 1/100000 kWh/m · kWh/t·km 1/1000000 kWh/(kg·m) · kWh/(t·km) 1/1000000 kWh/(kg·m) · ha/day 1250/3 m2/h · 元/吨 1/1000 CNY/kg
"""


def listed_scales() -> list[tuple[str, Fraction, str]]:
    entries = [entry.split() for line in SCALES.strip().splitlines() for entry in line.split(" · ")]
    return [(text, Fraction(scale), shown) for text, scale, shown in entries]


@pytest.mark.parametrize(("text", "scale", "shown"), listed_scales())
def test_a_unit_has_its_exact_scale(text: str, scale: Fraction, shown: str) -> None:
    unit = parse_unit(text)
    assert (unit.scale, unit.canonical_text) == (scale, shown)
    assert unit.text == text


def test_the_definition_file_means_to_pint_what_it_means_here() -> None:
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction)
    text = resources.files("zuji").joinpath("library", "units", "units.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "percent", "permille", "one"))]
    for line in lines:
        registry.define(line)
    names = [definition(line)[0][0] for line in lines]
    assert len(names) > 55
    for name in names:
        measured = unit_table().units[name]
        scale, base = registry.get_base_units(name)
        assert isinstance(scale, Fraction | int)
        assert scale == measured.scale, name
        symbols = sorted(unit_table().symbols[b] for b, _ in measured.powers)
        assert sorted(registry.get_symbol(str(n)) for n in base._units) == symbols, name


@settings(max_examples=60)
@given(amounts, names, names)
def test_converting_there_and_back_changes_nothing(amount: Fraction, one: str, other: str) -> None:
    source, target = parse_unit(one), parse_unit(other)
    if source.powers == target.powers:
        assert convert(convert(amount, source, target), target, source) == amount
    else:
        with pytest.raises(DimensionMismatch):
            convert(amount, source, target)


KINDS: dict[object, list[str]] = {}
for _name in NAMES:
    KINDS.setdefault(parse_unit(_name).powers, []).append(_name)
alike = st.sampled_from([kind for kind in KINDS.values() if len(kind) > 1]).flatmap(lambda k: st.tuples(*[st.sampled_from(k)] * 3))


@settings(max_examples=60)
@given(amounts, amounts, alike)
def test_conversion_is_transitive_and_linear(one: Fraction, other: Fraction, units: tuple[str, str, str]) -> None:
    a, b, c = map(parse_unit, units)
    assert convert(convert(one, a, b), b, c) == convert(one, a, c)
    assert convert(one + other, a, c) == convert(one, a, c) + convert(other, a, c)
    assert convert(3 * one, a, c) == 3 * convert(one, a, c)


@settings(max_examples=60)
@given(names, st.sampled_from(["", "/", "·"]), names)
def test_the_canonical_unit_reads_back_as_itself(one: str, joined: str, other: str) -> None:
    unit = parse_unit(f"({one}){joined}({other})" if joined else one)
    shown = parse_unit(unit.canonical_text)
    assert (shown.powers, shown.scale) == (unit.powers, Fraction(1))
    assert canonical(unit) == shown
    assert convert(Fraction(1), unit, canonical(unit)) == unit.scale


@settings(max_examples=60)
@given(names, names)
def test_products_and_ratios_multiply_base_scales(one: str, other: str) -> None:
    a, b = parse_unit(one), parse_unit(other)
    assert in_base_units(parse_unit(f"({one})·({other})")) == in_base_units(a) * in_base_units(b)
    assert in_base_units(parse_unit(f"({one})/({other})")) == in_base_units(a) / in_base_units(b)


@settings(max_examples=60)
@given(st.lists(names, min_size=1, max_size=4), st.lists(names, max_size=3))
def test_dimension_and_basis_together_tell_dimensions_apart(over: list[str], under: list[str]) -> None:
    one = parse_unit("·".join(f"({n})" for n in over) + "".join(f"/({n})" for n in under))
    for name in NAMES:
        other = parse_unit(name)
        assert ((one.dimension, one.basis) == (other.dimension, other.basis)) == (one.powers == other.powers)


def test_kwh_and_mj_convert_exactly() -> None:
    assert convert(Fraction(1), parse_unit("kWh"), parse_unit("MJ")) == Fraction(36, 10)
    assert convert(Fraction(1), parse_unit("kgce"), parse_unit("kcal")) == 7000
    assert convert(Fraction(15), parse_unit("亩"), parse_unit("ha")) == 1


@pytest.mark.parametrize(
    ("texts", "dimension", "basis"),
    [
        (["kg P2O5", "kgP2O5", "kg-P2O5", "kg(P2O5)", "kg（P₂O₅）", "千克五氧化二磷"], "mass", "P2O5"),
        (["kgN", "kg N", "kg 氮", "千克氮", "kg纯氮"], "mass", "N"),
        (["kg K2O", "kgK₂O"], "mass", "K2O"),
        (["kg Al", "kgAl", "千克铝"], "mass", "Al"),
        (["kg HNO3", "kgHNO3", "千克硝酸"], "mass", "HNO3"),
        (["kg carbonate", "kg碳酸盐"], "mass", "carbonate"),
        (["kWh(life)", "kWh over life", "kWh全生命周期", "kWh（全生命周期）", "度(life)"], "energy", "life"),
        (["kg dry matter", "kg DM", "千克绝干"], "mass", "dry"),
        (["kgCO2e", "kg CO2e", "kgCO₂e", "kg CO2-eq", "kgCO2eq"], "mass", "CO2e"),
    ],
)
def test_the_spellings_of_a_basis_are_one_unit(texts: list[str], dimension: str, basis: str) -> None:
    found = {(u.scale, u.powers, u.dimension, u.basis) for u in map(parse_unit, texts)}
    assert len(found) == 1
    (unit,) = found
    scale, _, *kind = unit
    assert scale == 1
    assert kind == [dimension, basis]


@pytest.mark.parametrize(
    ("source", "target", "zh", "en"),
    [
        ("kWh", "kg", "热值（MJ/kg）", "heating value (MJ/kg)"),
        ("L", "kg", "密度（kg/m3）", "density (kg/m3)"),
        ("Nm3", "kg", "密度（kg/Nm3）", "density (kg/Nm3)"),
        ("Nm3", "GJ", "热值（MJ/Nm3）", "heating value (MJ/Nm3)"),
        ("m3", "MJ", "热值（MJ/m3）", "heating value (MJ/m3)"),
        ("kg", "kg P2O5", "含量（kg P2O5/kg）", "content (kg P2O5/kg)"),
        ("kg N", "kg", "含量（kg N/kg）", "content (kg N/kg)"),
        ("kg N", "kg P2O5", "含量", "content"),
        ("m3", "Nm3", "温度和压力", "temperature and pressure"),
        ("kWh(life)", "kWh", "寿命期", "whole life"),
        ("USD", "USD(2022)", "价格年份", "price year"),
        ("元", "USD", "币种", "currency"),
        ("t", "t·km", "transport", "transport"),
        ("芯公里", "km", "含量", "content"),
        ("件", "辆", "数量", "count"),
        ("kg", "h", "时间", "time"),
    ],
)
def test_dimensions_and_bases_never_mix_and_the_message_says_what_to_supply(source: str, target: str, zh: str, en: str) -> None:
    one, other = parse_unit(source), parse_unit(target)
    with pytest.raises(DimensionMismatch) as refused:
        convert(Fraction(1), one, other)
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en
    assert source in refused.value.text.zh
    assert target in refused.value.text.zh


@settings(max_examples=60)
@given(st.sampled_from(BASES), amounts)
def test_no_basis_of_mass_becomes_plain_mass(basis: str, amount: Fraction) -> None:
    try:
        based = parse_unit(f"kg ({basis})")
    except UnknownUnit:
        assert "mass" not in unit_table().bases[basis].dimensions
        return
    with pytest.raises(DimensionMismatch):
        convert(amount, based, parse_unit("kg"))
    with pytest.raises(DimensionMismatch):
        convert(amount, parse_unit("kg"), based)


def ratio(value: str, unit: str) -> Ratio:
    return Ratio.of(Fraction(value), unit)


@pytest.mark.parametrize(
    ("amount", "source", "target", "ratios", "expected"),
    [
        ("1000", "L", "kg", [ratio("0.84", "kg/L")], "840"),
        ("840", "kg", "L", [ratio("0.84", "kg/L")], "1000"),
        ("2", "t", "GJ", [ratio("26.7", "GJ/t")], "53.4"),
        ("1", "万Nm3", "GJ", [ratio("389.31", "GJ/1e4Nm3")], "389.31"),
        ("100", "kg", "kg P2O5", [ratio("0.52", "kg P2O5/kg")], "52"),
        ("52", "kg P2O5", "t", [ratio("0.52", "kg P2O5/kg")], "0.1"),
        ("100", "L", "MJ", [ratio("0.84", "kg/L"), ratio("42.652", "MJ/kg")], "3582.768"),
        ("100", "L", "MJ", [ratio("42.652", "MJ/kg"), ratio("0.84", "kg/L")], "3582.768"),
        ("5", "kg", "t", [ratio("0.84", "kg/L"), ratio("42.652", "MJ/kg")], "0.005"),
        ("10", "台", "kg", [ratio("3.2", "kg/台")], "32"),
    ],
)
def test_only_stated_ratios_bridge(amount: str, source: str, target: str, ratios: list[Ratio], expected: str) -> None:
    assert convert_with(Fraction(amount), parse_unit(source), parse_unit(target), ratios) == Fraction(expected)


@settings(max_examples=60)
@given(amounts, st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_bridging_there_and_back_changes_nothing(amount: Fraction, density: Fraction) -> None:
    ratios = [Ratio.of(density, "kg/L")]
    mass, volume = parse_unit("t"), parse_unit("mL")
    assert convert_with(convert_with(amount, mass, volume, ratios), volume, mass, ratios) == amount


def test_a_ratio_that_does_not_lead_there_is_named() -> None:
    with pytest.raises(DimensionMismatch) as refused:
        convert_with(Fraction(1), parse_unit("m3"), parse_unit("MJ"), [ratio("42", "MJ/Nm3")])
    assert "MJ/Nm3" in refused.value.text.zh
    with pytest.raises(DimensionMismatch, match="heating value"):
        convert_with(Fraction(1), parse_unit("kg"), parse_unit("MJ"), [Ratio.of(Fraction(0), "MJ/kg")])


def test_two_ratios_that_disagree_are_refused() -> None:
    with pytest.raises(DimensionMismatch, match="different amounts"):
        convert_with(Fraction(1), parse_unit("kg"), parse_unit("L"), [ratio("0.84", "kg/L"), ratio("0.85", "kg/L")])


def test_a_ratio_keeps_the_basis_of_each_side() -> None:
    over, under = parse_ratio_unit("kg P2O5/kg")
    assert (over.dimension, over.basis, under.dimension, under.basis) == ("mass", "P2O5", "mass", None)
    for text in ("kg/kg", "kg", "kg/m3/h", "%"):
        with pytest.raises(UnknownUnit):
            parse_ratio_unit(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kwhh", "kWh"),
        ("kg P205", "P2O5"),
        ("kgP2o5", "P2O5"),
        ("M3", "m3"),
        ("吨标煤煤", "吨标煤"),
        ("tonnne", "tonne"),
        ("kg foo", "foo"),
        ("m P2O5", "P2O5"),
        ("℃", "°C"),
        ("", "Write 1"),
        ("t/", "t/"),
        ("/t", "/t"),
        ("kg^99", "^99"),
        ("kg^", "kg^"),
        ("0 kg", "'0'"),
        ("(" * 20 + "kg" + ")" * 20, "unknown"),
        ("(kg", "(kg"),
        ("kg)", ")"),
        ("kg\u202e", "\\u202e"),
        ("千万" * 40, "unknown"),
        ("万万吨", "unknown"),
        ("kg" * 500, "1000 characters"),
    ],
)
def test_an_unknown_unit_is_refused_with_what_it_may_have_been(text: str, says: str) -> None:
    with pytest.raises(UnknownUnit) as refused:
        parse_unit(text)
    assert says in refused.value.text.en
    assert refused.value.text.zh
    assert len(refused.value.text.en) < 250


@settings(max_examples=60)
@given(st.text(alphabet="kgtm3·/()^ .万千12eNP2O5W", max_size=14) | st.text(max_size=30))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnit:
        return
    assert unit.scale > 0


# The distinct unit strings of the shipped emission factors (factors.csv, factors-official-tables.csv), with what they must mean.
FACTOR_UNITS = """
kgC2F6/t Al | C2F6 | 1/1000 | mass | Al
kgCF4/t Al | CF4 | 1/1000 | mass | Al
kgCH4/ha/day | CH4 | 1 | area*time |
kgCO2/GJ | CO2 | 9/2500 | energy |
kgCO2/Nm3 | CO2 | 1 | volume | normal
kgCO2/kWh | CO2 | 1 | energy |
kgCO2/kg | CO2 | 1 | mass |
kgCO2/t | CO2 | 1/1000 | mass |
kgCO2/t Al | CO2 | 1/1000 | mass | Al
kgCO2e/GJ | CO2e | 9/2500 | energy |
kgCO2e/USD(2022) | CO2e | 1 | currency:USD(2022) |
kgCO2e/kWh | CO2e | 1 | energy |
kgCO2e/kg | CO2e | 1 | mass |
kgCO2e/kg K2O | CO2e | 1 | mass | K2O
kgCO2e/kg N | CO2e | 1 | mass | N
kgCO2e/kg P2O5 | CO2e | 1 | mass | P2O5
kgCO2e/km | CO2e | 1/1000 | length |
kgCO2e/m2 | CO2e | 1 | area |
kgCO2e/m3 | CO2e | 1 | volume |
kgCO2e/t | CO2e | 1/1000 | mass |
kgCO2e/t·km | CO2e | 1 | mass*length |
kgCO2e/(t.km) | CO2e | 1 | mass*length |
kgCO2e/unit | CO2e | 1 | count |
kgCO2e/vehicle | CO2e | 1 | count | vehicle
kgN2O-N/kgN | N2O | 11/7 | mass | N
kgN2O/t HNO3 | N2O | 1/1000 | mass | HNO3
tCO2/GJ | CO2 | 18/5 | energy |
tCO2/t carbonate | CO2 | 1 | mass | carbonate
tCO2/t lime | CO2 | 1 | mass | lime
tCO2e/tAl | CO2e | 1 | mass | Al
tCO2/1e4Nm3 | CO2 | 1/10 | volume | normal
kg CO2e/kWh | CO2e | 1 | energy |
kgCO₂e/kWh | CO2e | 1 | energy |
kg CO2-eq/kg | CO2e | 1 | mass |
kgCO2eq/kg | CO2e | 1 | mass |
gCO2e/km | CO2e | 1/1000000 | length |
kgCO2e／（t×km） | CO2e | 1 | mass*length |
千克二氧化碳当量/千瓦时 | CO2e | 1 | energy |
吨二氧化碳/吨 | CO2 | 1 | mass |
kgCO2e/kWh(life) | CO2e | 1 | energy | life
kgCH4-C/kg | CH4 | 4/3 | mass |
"""


@pytest.mark.parametrize("line", FACTOR_UNITS.strip().splitlines())
def test_every_unit_of_the_shipped_factors_is_understood(line: str) -> None:
    text, gas, kg, dimension, basis = (part.strip() for part in line.split("|"))
    found = parse_factor_unit(text)
    assert found.gas == gas
    assert found.kg_per / found.per.scale == Fraction(kg)
    assert (found.per.dimension, found.per.basis or "") == (dimension, basis)
    again = parse_unit(found.per.text)
    assert (again.scale, again.powers) == (found.per.scale, found.per.powers)


@pytest.mark.parametrize(
    "text", ["kWh", "dimensionless", "kgC02e/kWh", "CO2e/kWh", "kgCO2e/", "kg/kWh", "m3CO2/t", "", "kgCO2e/kWh" + " " * 200 + "x"]
)
def test_what_is_no_unit_of_a_factor_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnit) as refused:
        parse_factor_unit(text)
    assert "kgCO2e/kWh" in refused.value.text.en


def test_a_factor_unit_over_an_unknown_activity_is_refused() -> None:
    with pytest.raises(UnknownUnit, match="kWhh"):
        parse_factor_unit("kgCO2e/kWhh")


def test_a_unit_is_a_value() -> None:
    assert parse_unit("kg") == Unit("kg", Fraction(1), parse_unit("千克").powers, "kg")
    assert hash(parse_unit("t·km")) == hash(parse_unit("t·km"))
