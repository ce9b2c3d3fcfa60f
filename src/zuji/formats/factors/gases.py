"""The gases of a factor, written as ``CO2 fossil 2.03 kgCO2e; CH4 0.003 kg; rest``.

Each item is a gas, its emission kind where the source states one, an amount per unit of activity and ``kg`` (of the gas) or ``kgCO2e``
(as the publisher summed it). ``rest`` stands for what the named gases leave of the value, as CO2 equivalent of gases that are not stated.
An amount in kgCO2e is turned back into kilograms of gas with the publisher's own set; publishers that print such parts (DESNZ) sum all
methane with the one value of the set (AR5: 28), so the value for an unspecified origin is what divides it, whatever the origin.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast, get_args

from zuji.engine.errors import BadNumber, EngineError
from zuji.engine.factors import FactorPart
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.study import EmissionKind
from zuji.engine.text import Text

TOLERANCE = Fraction(2, 100)
KINDS: tuple[str, ...] = get_args(EmissionKind)


class BadGases(EngineError):
    """A gas list that cannot be read, or that does not fit the factor's value."""


def read_gases(
    text: str, *, total: Fraction, split: EmissionKind | None, names: GwpSet, publisher: GwpSet | None
) -> tuple[FactorPart, ...]:
    """The parts of a factor, kilograms of gas per unit of activity.

    ``total`` is the factor's value in kgCO2e, ``split`` the kind of what ``rest`` leaves, ``names`` a set whose spellings of gases
    hold, ``publisher`` the set of amounts in kgCO2e. Raises :class:`BadGases` or :class:`~zuji.engine.errors.UnknownGas`.
    """
    parts: list[FactorPart] = []
    for item in filter(None, (piece.strip() for piece in text.split(";"))):
        if item == "rest":
            left = total - sum((part.kg for part in parts if part.gas == "CO2"), Fraction(0))
            if left < 0 or any(part.gas != "CO2" for part in parts):
                raise BadGases(Text("“rest”只能跟在 CO2 之后，且不得为负。", "“rest” stands after CO2 alone and cannot be negative."))
            if left:
                parts.append(FactorPart(CO2E, split, left))
            continue
        parts.append(_part(item, names, publisher))
    return tuple(parts)


def check_sum(parts: tuple[FactorPart, ...], *, total: Fraction, sets: Sequence[GwpSet]) -> None:
    """The gases must come to the factor's value by one of the sets, within what GWP sets differ: a partial list would count too little.

    Raises :class:`BadGases`, or :class:`~zuji.engine.errors.UnknownGas` for a gas without a value.
    """
    sums = [sum((p.kg if p.gas == CO2E else p.kg * each.value(p.gas, p.kind) for p in parts), Fraction(0)) for each in sets]
    if all(abs(found - total) > abs(total) * TOLERANCE for found in sums):
        raise BadGases(
            Text(
                zh=f"各气体合计 {decimal_text(sums[-1], 6)} kgCO2e，而因子值为 {decimal_text(total, 6)} kgCO2e。请补全气体，或以“rest”写出其余部分。",
                en=f"The gases come to {decimal_text(sums[-1], 6)} kgCO2e, but the factor's value is {decimal_text(total, 6)} kgCO2e. "
                "List all gases, or write “rest” for what they leave.",
            )
        )


def _part(item: str, names: GwpSet, publisher: GwpSet | None) -> FactorPart:
    words = item.split()
    kind = words.pop(1) if len(words) == 4 else None
    if len(words) != 3 or (kind is not None and kind not in KINDS) or words[2] not in ("kg", "kgCO2e"):
        raise BadGases(
            Text(
                zh=f"“{item[:60]}”无法识别。请写成“CO2 fossil 2.03 kg”：气体、类别（可省）、数值、kg 或 kgCO2e，多项用“;”分隔。",
                en=f"“{item[:60]}” cannot be read. Write “CO2 fossil 2.03 kg”: gas, kind (may be left out), amount, kg or kgCO2e; items separated by “;”.",
            )
        )
    gas = names.gas(words[0])
    try:
        amount = parse_number(words[1])
    except BadNumber as error:
        raise BadGases(error.text) from error
    if amount < 0:
        raise BadGases(Text(f"“{item[:60]}”的数量不能为负。", f"The amount in “{item[:60]}” cannot be below zero."))
    if words[2] == "kgCO2e":
        if publisher is None:
            raise BadGases(
                Text(
                    zh=f"“{item[:60]}”以 kgCO2e 给出，须在 gwp 栏写明 AR5 或 AR6。",
                    en=f"“{item[:60]}” is in kgCO2e: state AR5 or AR6 in the column gwp.",
                )
            )
        amount /= publisher.value(gas, None)
    return FactorPart(gas, cast("EmissionKind | None", kind), amount)
