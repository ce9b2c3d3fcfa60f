"""Reading the text of a unit, in Chinese or English.

Grammar, after spelling is made one: ``unit = product { "/" product }``, ``product = power { [ "·" ] power }``,
``power = primary [ "^" integer ]``, ``primary = number | name [ basis ] | "(" unit ")" [ basis ]``. A product binds more tightly than the
stroke, as the field writes it: ``kWh/t·km`` is kWh/(t·km). ISO 80000-1:2022 7.2.2 asks for the parentheses; both are taken.
"""

import difflib
import functools
import re
from fractions import Fraction
from typing import NamedTuple

from zuji.engine.errors import UnknownUnit
from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.engine.units.definitions import Basis, Measured, product_text, shown_products, unit_table
from zuji.engine.units.dimensions import NONE, Base, Powers, Unit
from zuji.engine.units.spelling import normal

_MOST_CHARACTERS = 100
_DEEPEST = 8
_MULTIPLES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,12}(?:\.[0-9]{1,12})?(?:[eE][+-]?[0-9]{1,2})?)|(?P<word>[^\W\d_][\w.\-]*|[%‰])|(?P<sign>[·/^()]))"
)
_POWER = re.compile(r"\s*(-?[0-9]{1,2})(?![0-9.])")


class _Misspelt(Exception):
    """Some part of the text is not a unit; ``part`` is what is shown."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def _named(word: str) -> Measured | None:
    """A defined name, or a Chinese multiple of one (万吨)."""
    units = unit_table().units
    known = units.get(word) or units.get(word.replace("-", "_"))
    if known is not None:
        return known
    for prefix, factor in _MULTIPLES.items():
        rest = units.get(word[len(prefix) :]) if word.startswith(prefix) else None
        if rest is not None:
            return Measured(rest.scale * factor, rest.powers)
    return None


def _resolve(word: str) -> Measured | None:
    """A single word: a name, money of a year (USD2022), a unit with its basis (kgN), km3, or such joined by points (t.km)."""
    found = Measured(Fraction(1), NONE)
    for part in (word,) if _named(word) else word.split("."):
        one = _named(part) or _priced(part) or _joined_basis(part) or _raised(part)
        if one is None:
            return None
        found = found.times(one)
    return found


def _priced(word: str) -> Measured | None:
    match = re.fullmatch(r"(\D+)([0-9]{4})", word)
    unit = _named(match[1]) if match else None
    return _in_year(unit, match[2]) if match and unit else None


def _in_year(unit: Measured, year: str) -> Measured | None:
    """Money of a stated year: a currency of its own."""
    if len(unit.powers) != 1 or not re.fullmatch("[0-9]{4}", year):
        return None
    (base, exponent) = unit.powers[0]
    if exponent != 1 or not base.dimension.startswith("currency:") or "(" in base.dimension:
        return None
    return Measured(unit.scale, ((Base(f"{base.dimension}({year})"), 1),))


def _joined_basis(word: str) -> Measured | None:
    """``kgP2O5``, ``tAl``, ``kg-N``: the longest basis that leaves a unit on which it may stand."""
    bases = unit_table().bases
    for cut in range(1, len(word)):
        basis = bases.get(word[cut:])
        unit = _named(word[:cut].rstrip("-")) if basis else None
        if basis and unit and (based := _on_basis(unit, basis)):
            return based
    return None


def _on_basis(unit: Measured, basis: Basis) -> Measured | None:
    """The unit counting ``basis`` instead of the plain thing, if it is plain and of a dimension that allows it."""
    if len(unit.powers) != 1:
        return None
    (base, exponent) = unit.powers[0]
    kind = Unit("", unit.scale, unit.powers, "").dimension
    if base.basis is not None or kind not in basis.dimensions:
        return None
    return Measured(unit.scale, ((Base(base.dimension, basis.name), exponent),))


def _raised(word: str) -> Measured | None:
    """``dm2``, ``km3``: a length with 2 or 3 behind it."""
    unit = unit_table().units.get(word[:-1]) if word[-1:] in ("2", "3") else None
    if unit is None or unit.powers != ((Base("length"), 1),):
        return None
    return (
        Measured(unit.scale, NONE)
        .times(Measured(Fraction(1), unit.powers), int(word[-1]))
        .times(Measured(unit.scale ** (int(word[-1]) - 1), NONE))
    )


class _Reader:
    """Recursive descent over the tokens of one unit, bounded in depth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[_Token] = []
        self.at = 0
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None:
                raise _Misspelt(text[position:].strip())
            kind = match.lastgroup or ""
            self.tokens.append(_Token(kind, match[kind], match.start(kind)))
            position = match.end()
            if match[kind] == "^":
                power = _POWER.match(text, position)
                if power is None or abs(int(power[1])) > 12:
                    raise _Misspelt(text[position - 1 :])
                self.tokens.append(_Token("power", power[1], position))
                position = power.end()

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def taken(self, sign: str) -> bool:
        token = self.peek()
        if token is None or token.kind != "sign" or token.text != sign:
            return False
        self.at += 1
        return True

    def whole(self) -> Measured:
        found = self.unit(0)
        if (left := self.peek()) is not None:
            raise _Misspelt(self.text[left.start :])
        return found

    def unit(self, depth: int) -> Measured:
        found = self.product(depth)
        while self.taken("/"):
            found = found.times(self.product(depth), -1)
        return found

    def product(self, depth: int) -> Measured:
        found = self.power(depth)
        while (token := self.peek()) is not None and (self.taken("·") or token.kind in ("number", "word") or token.text == "("):
            found = found.times(self.power(depth))
        return found

    def power(self, depth: int) -> Measured:
        found = self.primary(depth)
        if self.taken("^"):
            exponent = int(self.tokens[self.at].text)
            self.at += 1
            found = Measured(Fraction(1), NONE).times(found, exponent)
        return found

    def primary(self, depth: int) -> Measured:
        token = self.peek()
        if token is None or depth > _DEEPEST:
            raise _Misspelt(self.text)
        self.at += 1
        if token.kind == "number":
            value = Fraction(token.text)
            if value == 0:
                raise _Misspelt(token.text)
            return Measured(value, NONE)
        if token.text == "(":
            found = self.unit(depth + 1)
            if not self.taken(")"):
                raise _Misspelt(self.text[token.start :])
            return self.with_basis(found)
        if token.kind != "word":
            raise _Misspelt(self.text[token.start :])
        named = _resolve(token.text)
        if named is None:
            raise _Misspelt(token.text)
        return self.with_basis(named)

    def with_basis(self, unit: Measured) -> Measured:
        """A basis behind a unit, as further words (``kg P2O5``, ``kWh over life``) or in parentheses (``kWh(life)``, ``USD(2022)``)."""
        bases = unit_table().bases
        for end in range(min(len(self.tokens), self.at + 3), self.at, -1):
            words = self.tokens[self.at : end]
            basis = bases.get(" ".join(w.text for w in words)) if all(w.kind == "word" for w in words) else None
            if basis and (based := _on_basis(unit, basis)):
                self.at = end
                return based
        if self.at < len(self.tokens) and self.tokens[self.at].text == "(":
            start = self.tokens[self.at].start
            inner = self.text[start + 1 : self.text.find(")", start)].strip()
            basis = bases.get(inner)
            based = _on_basis(unit, basis) if basis else _in_year(unit, inner)
            if based:
                while not self.taken(")"):
                    self.at += 1
                return based
        return unit


@functools.cache
def _shown_whole() -> dict[Powers, tuple[Fraction, str]]:
    """Products of dimensions that have a canonical unit of their own, such as t·km for mass times length."""
    return {unit.powers: (unit.scale, text) for text in shown_products() for unit in (_Reader(normal(text)).whole(),)}


def unit_of(text: str, measured: Measured) -> Unit:
    """A unit from what was read, its scale taken to the canonical unit of its dimension."""
    whole = _shown_whole().get(measured.powers, (Fraction(1), ""))[0]
    return Unit(text, measured.scale / whole, measured.powers, canonical_for(measured.powers).text)


def canonical_for(powers: Powers) -> Unit:
    """The canonical unit that measures a product of bases."""
    whole = _shown_whole().get(powers)
    text = whole[1] if whole else product_text(powers)
    return Unit(text, Fraction(1), powers, text)


def in_base_units(unit: Unit) -> Fraction:
    """How many of the product of base units (kg, kWh, m, h …) one of ``unit`` is: what products and ratios are reckoned in."""
    return unit.scale * _shown_whole().get(unit.powers, (Fraction(1), ""))[0]


@functools.lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """The unit that a text names, in Chinese or English, with its basis if it has one.

    Raises :class:`UnknownUnit` with up to three names that look alike.

    >>> unit = parse_unit("万千瓦时")
    >>> unit.scale, unit.dimension, unit.canonical_text
    (Fraction(10000, 1), 'energy', 'kWh')
    >>> parse_unit("kg P2O5").basis, parse_unit("kgCO2e/(t·km)").dimension
    ('P2O5', 'mass/(mass*length)')
    """
    if len(text) > _MOST_CHARACTERS:
        raise UnknownUnit(
            Text(
                f"单位“{head(text, 20)}”有 {len(text)} 个字符，最多 {_MOST_CHARACTERS} 个。请填写单位本身。",
                f"The unit '{head(text, 20)}' has {len(text)} characters, at most {_MOST_CHARACTERS} are taken. Write the unit only.",
            )
        )
    plain = normal(text)
    if not plain:
        raise UnknownUnit(Text("单位为空。无量纲请写 1。", "The unit is empty. Write 1 for a plain ratio."))
    try:
        return unit_of(text.strip(), _Reader(plain).whole())
    except _Misspelt as fault:
        raise UnknownUnit(_unknown(text, fault.part)) from fault


def _unknown(text: str, part: str) -> Text:
    near = nearest(part)
    shown, piece = head(text), head(part)
    which = ("", "") if piece == shown or not piece else (f"（不认识“{piece}”）", f" (what is '{piece}'?)")
    hint = (
        Text(f"是否为：{'、'.join(near)}？", f"Did you mean {', '.join(near)}?")
        if near
        else Text(
            "请改用单位表中的单位，例如 kg、t、kWh、m3、t·km、件。", "Use a unit of the unit table, such as kg, t, kWh, m3, t·km, piece."
        )
    )
    return Text(f"不认识单位“{shown}”{which[0]}。{hint.zh}", f"The unit '{shown}' is unknown{which[1]}. {hint.en}")


def nearest(word: str) -> tuple[str, ...]:
    """Up to three defined units or bases that look like a mistyped one, best first, letter case aside."""
    lowered: dict[str, str] = {}
    for name in (*unit_table().units, *unit_table().bases):
        lowered.setdefault(name.lower(), name)
    close = difflib.get_close_matches(normal(word[:40]).lower(), list(lowered), n=3, cutoff=0.6)
    return tuple(lowered[name] for name in close)
