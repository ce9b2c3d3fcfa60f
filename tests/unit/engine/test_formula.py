"""Formulas: the same values as an independent reckoner, checked dimensions, and every fault named where it stands."""

import ast
import operator
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine.errors import BadFormula, BadNumber, DimensionMismatch, UnknownUnit
from zuji.engine.formula import Measure, ParameterText, evaluate, resolve_parameters
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.units import parse_unit

ONE = parse_unit("1")
VALUES = {"a": Fraction(3, 7), "b": Fraction(-2), "系数": Fraction(5, 2), "c_1": Fraction(0)}
MEASURES = {name: Measure(value, bare=True) for name, value in VALUES.items()}

numbers = st.integers(0, 10**6).map(lambda n: decimal_text(Fraction(n, 1000)))
leaves = numbers | st.sampled_from(sorted(VALUES))
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(inner, st.sampled_from("+-*"), leaves).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        inner.map(lambda t: f"-{t}"),
        st.tuples(leaves, st.integers(-3, 3)).map(lambda t: f"({t[0]})^{t[1]}"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        inner.map(lambda t: f"abs({t})"),
    ),
    max_leaves=8,
)

OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, exponent: Fraction(base ** int(exponent)),
}


def reference(text: str) -> Fraction:
    """The value by Python's own grammar and precedence, walked over its syntax tree."""

    def walk(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant():
                return Fraction(ast.get_source_segment(source, node) or "")
            case ast.Name(id=name):
                return VALUES[name]
            case ast.UnaryOp(operand=operand):
                return -walk(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](walk(left), walk(right))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                values = [walk(argument) for argument in arguments]
                return abs(values[0]) if name == "abs" else min(values) if name == "min" else max(values)
        raise AssertionError(ast.dump(node))

    source = text.replace("^", "**")
    return walk(ast.parse(source, mode="eval").body)


@given(formulas)
def test_a_formula_means_what_it_means_to_an_independent_reckoner(text: str) -> None:
    try:
        expected = reference(text)
    except ZeroDivisionError:
        with pytest.raises(BadFormula, match="divi"):
            evaluate(text, MEASURES, ONE)
        return
    assert evaluate(text, MEASURES, ONE) == expected
    assert evaluate(f"= {text} ", MEASURES, ONE) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("-2^2", -4),
        ("2^3^2", 512),
        ("2^-2", Fraction(1, 4)),
        ("8 / 4 / 2", 1),
        ("7 - 4 - 2", 1),
        ("--3", 3),
        ("2 * -3", -6),
        ("（1＋2）×3÷2", Fraction(9, 2)),
        ("max(1，2, 3) - min(4, 5)", -1),
        ("abs(1 - 3)", 2),
        ("1.5e2", 150),
        ("系数*2", 5),
    ],
)
def test_precedence_and_spelling(text: str, value: Fraction) -> None:
    assert evaluate(text, MEASURES, ONE) == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("3400 [MJ/t] * 2 [t]", "GJ", "6.8"),
        ("1 [t] + 500 [kg]", "kg", "1500"),
        ("(1 + 2) [t]", "kg", "3000"),
        ("2 [kg] * 0.52 [kg P2O5/kg]", "kg P2O5", "1.04"),
        ("52 [kg P2O5] / 0.52 [kg P2O5/kg]", "kg", "100"),
        ("10 [t] * 300 [km]", "t·km", "3000"),
        ("max(1 [t], 1200 [kg])", "kg", "1200"),
        ("6 [kWh] / 3 [kWh]", "t", "2"),
        ("0.7", "t", "0.7"),
        ("70 [%]", "%", "70"),
        ("70 [%]", "t", "0.7"),
        ("70", "%", "70"),
        ("1 [t] / 1 [kg]", "1", "1000"),
        ("2 [m]^3", "L", "8000"),
        ("(2 [t·km]) / (1 [km])", "kg", "2000"),
        ("abs(-2 [kWh])", "MJ", "7.2"),
        ("2 [kW] * 3 [h]", "kWh", "6"),
    ],
)
def test_units_are_reckoned_with(text: str, unit: str, value: str) -> None:
    assert evaluate(text, {}, parse_unit(unit)) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("1 [kg] + 1 [kWh]", "质量与能量不能相加", "mass and energy cannot be added"),
        ("1 [kg] - 1 [kg N]", "质量与质量（N）", "mass and mass (N)"),
        ("min(1 [kg], 2)", "质量与无量纲", "mass and dimensionless"),
        ("1 / 0", "除数为零", "division by zero"),
        ("1 / (a - a)", "除数为零", "division by zero"),
        ("0^-1", "除以零", "divides by zero"),
        ("2^0.5", "整数", "whole number"),
        ("2^13", "整数", "whole number"),
        ("2^(1[kg])", "整数", "whole number"),
        ("1 +", "没有写完", "ends too early"),
        ("", "公式为空", "is empty"),
        ("=", "公式为空", "is empty"),
        ("(1 + 2", "左括号没有闭合", "never closed"),
        ("1 + 2)", "右括号", "closes nothing"),
        ("1,000", "逗号", "comma"),
        ("(1,000)", "逗号", "comma"),
        ("1 2", "缺少运算符", "operator is missing"),
        ("1_000", "缺少运算符", "operator is missing"),
        ("2a", "缺少运算符", "operator is missing"),
        ("a [kg]", "单位只能写在数字或括号之后", "behind a number"),
        ("(1 [kg]) [kg]", "已有单位", "unit already"),
        ("1 $ 2", "第 3 个字符", "character 3"),
        ("１ + 2", "半角", "ASCII"),
        ("__import__('os')", "这个字符", "not part of the grammar"),
        ("a.b", "这个字符", "not part of the grammar"),
        ("2 ** 3", "这里应为", "belongs here"),
        ("3 [kg", "方括号", "square brackets"),
        ("clinker_ration", "没有名为", "no parameter"),
        ("a + 系", "没有名为“系”的参数", "no parameter '系'"),
        ("min", "左括号", "a parenthesis belongs"),
        ("abs(1, 2)", "只取一个值", "one value"),
        ("max()", "这里应为", "belongs here"),
        ("(" * 51 + "1" + ")" * 51, "嵌套超过 50 层", "nested deeper than 50"),
        ("-" * 60 + "1", "嵌套超过 50 层", "nested deeper than 50"),
        ("1" + "+1" * 1000, "2001 个字符", "2001 characters"),
        ("1" + "0" * 50 + "^12^2", "整数", "whole number"),
        ("((9e59^12)^12)", "位数过多", "too many digits"),
    ],
)
def test_a_fault_is_named_in_both_languages(text: str, zh: str, en: str) -> None:
    with pytest.raises(BadFormula) as refused:
        evaluate(text, MEASURES, ONE)
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en
    assert len(refused.value.text.zh) < 200


def test_the_fault_is_shown_in_its_place() -> None:
    with pytest.raises(BadFormula) as refused:
        evaluate("clinker * $ratio", {"clinker": Measure(Fraction(1))}, ONE)
    assert "clinker * ⟨$⟩ratio" in refused.value.text.en
    with pytest.raises(BadFormula, match="did you mean clinker"):
        evaluate("clinkr", {"clinker": Measure(Fraction(1))}, ONE)


def test_a_result_of_another_dimension_is_refused() -> None:
    with pytest.raises(DimensionMismatch):
        evaluate("1 [kg]", {}, parse_unit("kWh"))
    with pytest.raises(DimensionMismatch):
        evaluate("1 [kg]", {}, parse_unit("kg N"))
    with pytest.raises(DimensionMismatch):
        evaluate("1 [kg]", {}, ONE)
    with pytest.raises(UnknownUnit):
        evaluate("1 [kgg]", {}, ONE)
    with pytest.raises(BadNumber):
        evaluate("1e400", {}, ONE)


def test_a_long_flat_formula_is_reckoned() -> None:
    assert evaluate("+".join(["1"] * 900), {}, ONE) == 900
    assert evaluate("(" * 50 + "1" + ")" * 50, {}, ONE) == 1


chains = st.lists(st.tuples(numbers, st.sampled_from(["+", "-", "*"])), min_size=1, max_size=20)


@settings(max_examples=60)
@given(chains, st.randoms(use_true_random=False))
def test_parameters_resolve_in_any_order(steps: list[tuple[str, str]], chance: random.Random) -> None:
    written: dict[str, ParameterText] = {"p0": steps[0][0]}
    expected = parse_number(steps[0][0])
    for k, (number, sign) in enumerate(steps[1:], start=1):
        written[f"p{k}"] = f"=p{k - 1} {sign} {number}"
        value = parse_number(number)
        expected = {"+": expected + value, "-": expected - value, "*": expected * value}[sign]
    names = list(written)
    chance.shuffle(names)
    found = resolve_parameters({name: written[name] for name in names})
    assert list(found) == names
    assert found[f"p{len(steps) - 1}"].value == expected


def test_parameters_have_units() -> None:
    found = resolve_parameters(
        {
            "热值": ("26.7", "GJ/t"),
            "煤耗": ("=total / 热值", "kg"),
            "total": "=2 * 13350 [MJ]",
            "share": ("=0.5", "%"),
            "bare": "=1/3",
        }
    )
    assert found["煤耗"] == Measure.of(Fraction(1), parse_unit("t"))
    assert found["share"] == Measure(Fraction(1, 200))
    assert found["bare"] == Measure(Fraction(1, 3), bare=True)
    assert evaluate("煤耗", found, parse_unit("kg")) == 1000
    assert evaluate("share", found, parse_unit("%")) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ({"a": "=b", "b": "=a"}, "a → b → a", "a → b → a"),
        ({"c": "=a", "b": "=c", "a": "=b", "x": "=c"}, "a → b → c → a", "a → b → c → a"),
        ({"窑": "=窑 + 1"}, "窑 → 窑", "窑 → 窑"),
        ({"ratio": "1", "x": "=ratoi * 2"}, "参数“x”", "did you mean ratio"),
        ({"x": "=1/0"}, "参数“x”", "division by zero"),
        ({"x": "=1 $"}, "参数“x”", "Parameter 'x'"),
        ({"min": "1"}, "不能使用", "cannot be used"),
        ({"1x": "1"}, "不能使用", "cannot be used"),
        ({"a-b": "1"}, "不能使用", "cannot be used"),
        ({"a\u202eb": "1"}, "\\u202e", "\\u202e"),
    ],
)
def test_a_fault_in_the_parameters_is_named(written: dict[str, ParameterText], zh: str, en: str) -> None:
    with pytest.raises(BadFormula) as refused:
        resolve_parameters(written)
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en


def test_a_bad_number_or_unit_of_a_parameter_names_the_parameter() -> None:
    with pytest.raises(BadNumber, match="Parameter 'x'"):
        resolve_parameters({"x": "１"})
    with pytest.raises(UnknownUnit, match="Parameter 'x'"):
        resolve_parameters({"x": ("1", "kgg")})
    with pytest.raises(DimensionMismatch, match="Parameter 'x'"):
        resolve_parameters({"x": ("=1 [kg]", "kWh")})


def test_a_thousand_parameters_in_a_chain_need_no_recursion() -> None:
    written: dict[str, ParameterText] = {f"p{k}": f"=p{k + 1} + 1" for k in range(1000)}
    written["p1000"] = "0"
    assert resolve_parameters(written)["p0"].value == 1000
