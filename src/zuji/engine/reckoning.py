"""The grammar of formulas, read and reckoned in one pass over exact measures; nothing of Python is evaluated.

::

    sum     = product { ("+" | "-") product }
    product = sign { ("*" | "/") sign }
    sign    = [ "-" | "+" ] sign | power
    power   = atom [ "^" sign ]                 an exponent is a whole number from -12 to 12; -2^2 is -(2^2)
    atom    = number [ "[" unit "]" ] | name | "(" sum ")" [ "[" unit "]" ] | ("min" | "max" | "abs") "(" sum { "," sum } ")"

A value is an exact rational with its dimension and basis. Sums, min and max need the same dimension and basis on both sides; products
multiply dimensions, so that kg × (kg P2O5/kg) is kg P2O5. A number without a unit is *bare*: it takes the unit of the line it is
written on. Full-width parentheses and commas, × and ÷ are taken for their ASCII forms; full-width digits are not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from zuji.engine.errors import BadFormula
from zuji.engine.excerpt import around, head
from zuji.engine.nearest import nearest
from zuji.engine.quantities import parse_number
from zuji.engine.text import Text
from zuji.engine.units import Powers, Unit, canonical_for, convert, in_base_units, parse_unit, quantity_name, times

MOST_CHARACTERS = 2_000
DEEPEST = 50
_MOST_EXPONENT = 12
_MOST_BITS = 4_096
FUNCTIONS = ("min", "max", "abs")
_SPELLINGS = str.maketrans("（），×÷−＋－＊／", "(),*/-+-*/")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9][0-9]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_\u3400-\u9fff][A-Za-z0-9_\u3400-\u9fff]*)|(?P<unit>\[[^\[\]]*\])|(?P<sign>[-+*/^(),]))"
)
NAME = re.compile(r"[A-Za-z_\u3400-\u9fff][A-Za-z0-9_\u3400-\u9fff]*")


@dataclass(frozen=True, slots=True)
class Measure:
    """An exact amount: ``value`` in the product of base units (kg, kWh, m, h …) that ``powers`` says.

    ``bare`` marks a number that was written without any unit, and what follows from such numbers alone.
    """

    value: Fraction
    powers: Powers = ()
    bare: bool = False

    @classmethod
    def of(cls, amount: Fraction, unit: Unit) -> "Measure":
        """An amount of a unit."""
        return cls(amount * in_base_units(unit), unit.powers)

    def amount_in(self, unit: Unit) -> Fraction:
        """The amount in ``unit``. A bare number, or a plain ratio where a dimension is needed, takes the unit as it stands.

        Raises DimensionMismatch.
        """
        if self.bare or (not self.powers and unit.powers):
            return self.value
        if self.powers == unit.powers:
            return self.value / in_base_units(unit)
        own = canonical_for(self.powers)
        return convert(self.value / in_base_units(own), own, unit)


class Token(NamedTuple):
    """A number, name, unit in brackets or sign, and where it stands in the text."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of a formula, a leading ``=`` left out; positions are those in ``text``."""
    if len(text) > MOST_CHARACTERS:
        raise BadFormula(
            Text(
                f"公式有 {len(text)} 个字符，最多 {MOST_CHARACTERS} 个。请拆成多个参数。",
                f"The formula has {len(text)} characters, at most {MOST_CHARACTERS} are taken. Split it into parameters.",
            )
        )
    plain = text.translate(_SPELLINGS)
    position = len(plain) - len(plain.lstrip())
    if plain[position : position + 1] == "=":
        position += 1
    end = len(plain.rstrip())
    found: list[Token] = []
    while position < end:
        match = _TOKEN.match(plain, position)
        if match is None:
            while plain[position].isspace():
                position += 1
            raise _fault(text, position, position + 1, *_strange(plain[position]))
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind], match.start(kind), match.end(kind)))
        position = match.end()
    return found


def _strange(character: str) -> tuple[str, str]:
    if character.isdigit() and not character.isascii():
        return ("数字须为半角 ASCII 数字", "digits must be ASCII")
    if character in "[]":
        return ("方括号只用来写单位，且须成对，例如 3400 [MJ/t]", "square brackets hold a unit and come in pairs, such as 3400 [MJ/t]")
    return ("公式中不能使用这个字符", "this character is not part of the grammar")


def _fault(text: str, start: int, end: int, zh: str, en: str) -> BadFormula:
    shown = around(text, start, end)
    return BadFormula(Text(f"公式第 {start + 1} 个字符处：{zh}。{shown}", f"Formula, character {start + 1}: {en}. {shown}"))


class Reckoner:
    """Recursive descent over the tokens of one formula, bounded in depth, reckoning as it reads."""

    def __init__(self, text: str, measures: Mapping[str, Measure]) -> None:
        self.text = text
        self.measures = measures
        self.tokens = tokens_of(text)
        self.at = 0
        self.depth = 0

    def fault(self, token: Token | None, zh: str, en: str) -> BadFormula:
        """The error at a token, or at the end of the text."""
        if token is None:
            return _fault(self.text, len(self.text), len(self.text), zh, en)
        return _fault(self.text, token.start, token.end, zh, en)

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def taken(self, *signs: str) -> Token | None:
        token = self.peek()
        if token is None or token.kind != "sign" or token.text not in signs:
            return None
        self.at += 1
        return token

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault(
                self.peek(), f"嵌套超过 {DEEPEST} 层，请拆成多个参数", f"nested deeper than {DEEPEST}, split it into parameters"
            )

    def whole(self) -> Measure:
        if not self.tokens:
            raise BadFormula(Text("公式为空。请填写数值或公式。", "The formula is empty. Write a number or a formula."))
        found = self.sum()
        if (left := self.peek()) is not None:
            raise self.fault(left, *self.left_over(left))
        return found

    def left_over(self, token: Token) -> tuple[str, str]:
        """Why a complete formula cannot go on with this token."""
        if token.text == ",":
            return (
                "逗号只能用在 min、max 的参数之间；千分位请去掉，小数用点",
                "a comma stands only between the arguments of min and max; leave thousands unseparated, write decimals with a point",
            )
        if token.text == ")":
            return ("右括号没有对应的左括号", "this parenthesis closes nothing")
        if token.kind == "unit":
            return ("单位只能写在数字或括号之后", "a unit stands only behind a number or a parenthesis")
        return ("缺少运算符", "an operator is missing here")

    def sum(self) -> Measure:
        found = self.product()
        while (sign := self.taken("+", "-")) is not None:
            other = self.product()
            self.same(sign, found, other)
            value = found.value + other.value if sign.text == "+" else found.value - other.value
            found = self.bounded(sign, Measure(value, found.powers, found.bare and other.bare))
        return found

    def product(self) -> Measure:
        found = self.sign()
        while (sign := self.taken("*", "/")) is not None:
            other = self.sign()
            if sign.text == "/" and other.value == 0:
                raise self.fault(sign, "除数为零。请检查公式和参数值", "division by zero: check the formula and the parameters")
            value = found.value * other.value if sign.text == "*" else found.value / other.value
            powers = times(found.powers, other.powers, 1 if sign.text == "*" else -1)
            found = self.bounded(sign, Measure(value, powers, found.bare and other.bare))
        return found

    def sign(self) -> Measure:
        sign = self.taken("-", "+")
        if sign is None:
            return self.power()
        self.deeper()
        found = self.sign()
        self.depth -= 1
        return Measure(-found.value, found.powers, found.bare) if sign.text == "-" else found

    def power(self) -> Measure:
        found = self.atom()
        sign = self.taken("^")
        if sign is None:
            return found
        self.deeper()
        exponent = self.sign()
        self.depth -= 1
        if exponent.powers or exponent.value.denominator != 1 or abs(exponent.value) > _MOST_EXPONENT:
            raise self.fault(
                sign,
                f"指数须为 -{_MOST_EXPONENT} 到 {_MOST_EXPONENT} 的整数",
                f"an exponent is a whole number from -{_MOST_EXPONENT} to {_MOST_EXPONENT}",
            )
        whole = int(exponent.value)
        if found.value == 0 and whole < 0:
            raise self.fault(sign, "零的负数次幂等于除以零", "zero to a negative power divides by zero")
        return self.bounded(sign, Measure(found.value**whole, times((), found.powers, whole), found.bare))

    def atom(self) -> Measure:
        token = self.peek()
        self.at += 1
        if token is None:
            raise self.fault(None, "公式没有写完", "the formula ends too early")
        if token.kind == "number":
            return self.in_brackets(Measure(parse_number(token.text), bare=True))
        if token.kind == "name":
            return self.function(token) if token.text in FUNCTIONS else self.named(token)
        if token.text == "(":
            self.deeper()
            found = self.sum()
            self.close(token)
            self.depth -= 1
            return self.in_brackets(found)
        raise self.fault(token, "这里应为数字、参数名或左括号", "a number, a parameter or a parenthesis belongs here")

    def close(self, opened: Token) -> None:
        if self.taken(")") is None:
            if (token := self.peek()) is not None:
                raise self.fault(token, *self.left_over(token))
            raise self.fault(opened, "左括号没有闭合", "this parenthesis is never closed")

    def in_brackets(self, measure: Measure) -> Measure:
        """The unit behind a number or a parenthesis, if one stands there; only a bare number can take it."""
        token = self.peek()
        if token is None or token.kind != "unit":
            return measure
        self.at += 1
        if not measure.bare:
            raise self.fault(token, "括号中的值已有单位", "what stands in the parentheses has a unit already")
        return Measure.of(measure.value, parse_unit(token.text[1:-1]))

    def named(self, token: Token) -> Measure:
        measure = self.measures.get(token.text)
        if measure is not None:
            return measure
        near = nearest(token.text, self.measures)
        raise self.fault(
            token,
            f"没有名为“{head(token.text)}”的参数" + (f"，是否为 {'、'.join(near)}" if near else ""),
            f"there is no parameter '{head(token.text)}'" + (f", did you mean {', '.join(near)}" if near else ""),
        )

    def function(self, name: Token) -> Measure:
        opened = self.taken("(")
        if opened is None:
            raise self.fault(name, f"{name.text} 之后应为左括号", f"a parenthesis belongs behind {name.text}")
        self.deeper()
        arguments = [self.sum()]
        while (comma := self.taken(",")) is not None:
            arguments.append(self.sum())
            self.same(comma, arguments[0], arguments[-1])
        self.close(opened)
        self.depth -= 1
        if name.text == "abs" and len(arguments) != 1:
            raise self.fault(name, "abs 只取一个值", "abs takes one value")
        values = [argument.value for argument in arguments]
        value = abs(values[0]) if name.text == "abs" else min(values) if name.text == "min" else max(values)
        return self.in_brackets(Measure(value, arguments[0].powers, all(a.bare for a in arguments)))

    def same(self, sign: Token, one: Measure, other: Measure) -> None:
        if one.powers == other.powers:
            return
        left, right = quantity_name(canonical_for(one.powers)), quantity_name(canonical_for(other.powers))
        raise self.fault(
            sign,
            f"{left.zh}与{right.zh}不能相加、相减或比较，请检查单位",
            f"{left.en} and {right.en} cannot be added, subtracted or compared, check the units",
        )

    def bounded(self, sign: Token, measure: Measure) -> Measure:
        if max(measure.value.numerator.bit_length(), measure.value.denominator.bit_length()) > _MOST_BITS:
            raise self.fault(sign, "结果的位数过多，请检查指数和参数", "the result has too many digits, check exponents and parameters")
        return measure
