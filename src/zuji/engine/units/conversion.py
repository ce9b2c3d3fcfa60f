"""Converting an amount between units: within a dimension freely, across dimensions only through stated ratios."""

import functools
import itertools
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.errors import DimensionMismatch, UnknownUnit
from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.engine.units.dimensions import Base, Powers, Unit, times
from zuji.engine.units.parsing import canonical_for, in_base_units, parse_unit
from zuji.engine.units.spelling import normal

_MOST_RATIOS = 6


@dataclass(frozen=True, slots=True)
class Ratio:
    """A stated ratio between two quantities: a density (kg/L), a heating value (MJ/kg), a content (kg P2O5/kg)."""

    value: Fraction
    unit: Unit

    @classmethod
    def of(cls, value: Fraction, unit: str) -> "Ratio":
        """A ratio from its value and the text of its unit, which must have a numerator and a denominator of different dimensions or bases.

        >>> Ratio.of(Fraction(84, 100), "kg/L").unit.dimension
        'mass/volume'
        """
        parse_ratio_unit(unit)
        return cls(value, parse_unit(unit))


@functools.lru_cache(maxsize=1024)
def canonical(unit: Unit) -> Unit:
    """The canonical unit of a unit's dimension: kg, kWh, m3, Nm3, t·km or kg P2O5.

    >>> canonical(parse_unit("MJ")).text, canonical(parse_unit("万吨公里")).text
    ('kWh', 't·km')
    """
    return canonical_for(unit.powers)


def convert(amount: Fraction, source: Unit, target: Unit) -> Fraction:
    """``amount`` of ``source`` in ``target``, exact. Raises :class:`DimensionMismatch` between dimensions or bases.

    >>> convert(Fraction(1), parse_unit("kWh"), parse_unit("MJ"))
    Fraction(18, 5)
    """
    if source.powers != target.powers:
        raise DimensionMismatch(_mismatch(source, target))
    return amount * source.scale / target.scale


def parse_ratio_unit(text: str) -> tuple[Unit, Unit]:
    """Numerator and denominator of the unit of a ratio, each with its basis. Raises :class:`UnknownUnit` for what is no ratio.

    >>> over, under = parse_ratio_unit("kg P2O5/kg")
    >>> over.basis, under.basis
    ('P2O5', None)
    """
    parts = split_strokes(normal(text))
    if len(parts) != 2:
        raise UnknownUnit(
            Text(
                f"“{head(text)}”不是换算单位。请写成“甲/乙”，例如密度 kg/L、热值 MJ/kg、含量 kg P2O5/kg。",
                f"'{head(text)}' is not the unit of a ratio. Write one unit per another, such as kg/L, MJ/kg or kg P2O5/kg.",
            )
        )
    over, under = parse_unit(parts[0]), parse_unit(parts[1])
    if over.powers == under.powers:
        raise UnknownUnit(
            Text(
                f"“{head(text)}”两侧是同一种量，不能用来换算。含量请写明对象，例如 kg P2O5/kg。",
                f"'{head(text)}' has the same quantity on both sides and converts nothing. State what is contained, such as kg P2O5/kg.",
            )
        )
    return over, under


def split_strokes(text: str) -> list[str]:
    """The parts of a unit between its strokes, leaving strokes inside parentheses alone."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == "/" and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    return [*parts, text[start:].strip()]


def convert_with(amount: Fraction, source: Unit, target: Unit, ratios: Sequence[Ratio]) -> Fraction:
    """Like :func:`convert`, but each of ``ratios`` may be used once, multiplying or dividing, to bridge dimensions or bases.

    The fewest ratios that bridge are used; a ratio of zero, or several ways of equal length with different outcomes, are refused.

    >>> diesel = [Ratio.of(Fraction("0.84"), "kg/L"), Ratio.of(Fraction("42.652"), "MJ/kg")]
    >>> convert_with(Fraction(100), parse_unit("L"), parse_unit("MJ"), diesel)
    Fraction(447846, 125)
    """
    if source.powers == target.powers:
        return convert(amount, source, target)
    found: dict[int, set[Fraction]] = {}
    if len(ratios) > _MOST_RATIOS:
        raise ValueError(f"at most {_MOST_RATIOS} ratios on one line")
    for exponents in itertools.product((0, 1, -1), repeat=len(ratios)):
        powers, factor = source.powers, in_base_units(source) / in_base_units(target)
        for ratio, exponent in zip(ratios, exponents, strict=True):
            if exponent and ratio.value > 0:
                powers = times(powers, ratio.unit.powers, exponent)
                factor *= (ratio.value * in_base_units(ratio.unit)) ** exponent
        if powers == target.powers:
            found.setdefault(sum(map(abs, exponents)), set()).add(factor)
    if not found:
        raise DimensionMismatch(_mismatch(source, target, given=[ratio.unit.text for ratio in ratios]))
    ways = found[min(found)]
    if len(ways) > 1:
        raise DimensionMismatch(
            Text(
                f"从“{source.text}”换算到“{target.text}”有多种途径且结果不同。请只保留一个换算依据。",
                f"From '{source.text}' to '{target.text}' the stated ratios lead to different amounts. Keep the one that applies.",
            )
        )
    return amount * ways.pop()


_NAMES = {
    "mass": "质量",
    "energy": "能量",
    "volume": "体积",
    "length": "长度",
    "area": "面积",
    "time": "时间",
    "count": "数量",
    "mass*length": "货物周转量",
    "dimensionless": "无量纲",
    "energy/time": "功率",
}


def quantity_name(unit: Unit) -> Text:
    """What a unit measures, in words: 质量（P2O5） / mass (P2O5)."""
    kind = unit.dimension
    zh = _NAMES.get(kind) or ("货币 " + kind.removeprefix("currency:") if kind.startswith("currency:") and "/" not in kind else kind)
    en = kind.replace("currency:", "currency ").replace("*", " × ")
    return Text(f"{zh}（{unit.basis}）", f"{en} ({unit.basis})") if unit.basis else Text(zh, en)


def _mismatch(source: Unit, target: Unit, given: Sequence[str] = ()) -> Text:
    """What cannot be converted, and what would bridge it."""
    one, other = quantity_name(source), quantity_name(target)
    need = _bridge(source, target)
    also = (
        Text(f"已给出的换算（{'、'.join(given)}）不能连接两者。", f" The ratios given ({', '.join(given)}) do not lead there.")
        if given
        else Text("", "")
    )
    return Text(
        f"“{head(source.text)}”是{one.zh}，需要的是{other.zh}（“{head(target.text)}”），不能直接换算。{also.zh}{need.zh}",
        f"'{head(source.text)}' is {one.en}, but {other.en} ('{head(target.text)}') is needed.{also.en} {need.en}",
    )


def _plain(powers: Powers) -> Powers:
    return times((), tuple((Base(base.dimension), exponent) for base, exponent in powers))


def _bridge(source: Unit, target: Unit) -> Text:
    """What to supply so that ``source`` becomes ``target``."""
    kinds = frozenset({source.dimension, target.dimension})
    bases = {source.basis, target.basis} - {None}
    volume = "Nm3" if "normal" in bases else "m3"
    ratios = {
        frozenset({"mass", "volume"}): Text(f"密度（kg/{volume}）", f"density (kg/{volume})"),
        frozenset({"mass", "energy"}): Text("热值（MJ/kg）", "heating value (MJ/kg)"),
        frozenset({"volume", "energy"}): Text(f"热值（MJ/{volume}）", f"heating value (MJ/{volume})"),
    }
    if _plain(source.powers) == _plain(target.powers) and not bases & {"normal", "life"}:
        over, under = (source, target) if source.basis else (target, source)
        ratio = f"{over.canonical_text}/{under.canonical_text}"
        return Text(f"请给出含量（{ratio}）及其来源。", f"Supply the content ({ratio}) with its source.")
    if kinds in ratios and not bases - {"normal"}:
        need = ratios[kinds]
        return Text(f"请给出{need.zh}及其来源。", f"Supply the {need.en} with its source.")
    return _restated(kinds, bases, target)


def _restated(kinds: AbstractSet[str], bases: AbstractSet[str | None], target: Unit) -> Text:
    """How the amount itself is to be stated where no ratio bridges."""
    if kinds == {"volume"}:
        return Text(
            "标准状态体积与实际体积不同：请按实测温度和压力折算后填写。",
            "A volume at normal state differs from a plain one: convert by temperature and pressure, then state it.",
        )
    if kinds == {"energy"} and "life" in bases:
        return Text(
            "寿命期总电量不是单次电量：请按寿命期总量填写。",
            "Energy over the whole life is not plain energy: state the amount over the life.",
        )
    if "mass*length" in kinds and kinds & {"mass", "length"}:
        return Text("请用 transport 给出质量与距离。", "Give mass and distance under transport.")
    if all(kind.startswith("currency:") for kind in kinds):
        return Text(
            "不同币种或不同价格年份不能换算：请按因子的币种和年份填写金额。",
            "Money of another currency or price year does not convert: state the amount in the factor's.",
        )
    return Text(
        f"请改用{quantity_name(target).zh}的单位，例如“{target.canonical_text}”。",
        f"State the amount in a unit of that dimension, such as '{target.canonical_text}'.",
    )
