"""Formulas over the parameters of a study, with units. The grammar is in :mod:`zuji.engine.reckoning`."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from zuji.engine.errors import BadFormula, EngineError
from zuji.engine.excerpt import head
from zuji.engine.quantities import parse_number
from zuji.engine.reckoning import FUNCTIONS, NAME, Measure, Reckoner, tokens_of
from zuji.engine.text import Text
from zuji.engine.units import Unit, parse_unit

__all__ = ["Measure", "ParameterText", "evaluate", "resolve_parameters"]

ParameterText = str | tuple[str, str]


def evaluate(text: str, measures: Mapping[str, Measure], unit: Unit) -> Fraction:
    """The amount, in ``unit``, of a formula over ``measures``. A leading ``=`` may stand before it.

    A bare or dimensionless result takes ``unit``; any other must convert to it. Raises :class:`BadFormula`, naming the place in the
    text, DimensionMismatch or UnknownUnit.

    >>> from zuji.engine.units import parse_unit
    >>> yields = resolve_parameters({"热值": ("26.7", "GJ/t"), "share": "0.15"})
    >>> evaluate("share * 2 [t] * 热值", yields, parse_unit("GJ"))
    Fraction(801, 100)
    """
    alone = measures.get(text.removeprefix("=").strip())  # most formulas are the name of one parameter
    return (alone or Reckoner(text, measures).whole()).amount_in(unit)


def resolve_parameters(parameters: Mapping[str, ParameterText]) -> dict[str, Measure]:
    """The value of every parameter: a decimal, or ``=`` and a formula over others, each with a unit or without.

    Raises :class:`BadFormula` for parameters that need one another in a circle (naming it), an unknown or unusable name, and whatever
    is wrong in a formula; BadNumber and UnknownUnit likewise. The order in which parameters are written does not matter.

    >>> resolve_parameters({"a": "=b * 2", "b": "0.35"})["a"].value
    Fraction(7, 10)
    """
    for name in parameters:
        _check_name(name)
    needs = {name: _needs(name, _text(written), parameters) for name, written in parameters.items()}
    measures: dict[str, Measure] = {}
    for name in _in_order(needs):
        written = parameters[name]
        try:
            measures[name] = _parameter(written, measures)
        except EngineError as error:
            raise type(error)(Text(f"参数“{head(name)}”：{error.text.zh}", f"Parameter '{head(name)}': {error.text.en}")) from error
    return {name: measures[name] for name in parameters}


def _text(written: ParameterText) -> str:
    return written if isinstance(written, str) else written[0]


def _parameter(written: ParameterText, measures: Mapping[str, Measure]) -> Measure:
    text = _text(written).strip()
    unit = None if isinstance(written, str) else parse_unit(written[1])
    if text.startswith("="):
        if unit is None:
            return Reckoner(text, measures).whole()
        return Measure.of(evaluate(text, measures, unit), unit)
    value = parse_number(_text(written))
    return Measure(value, bare=True) if unit is None else Measure.of(value, unit)


def _check_name(name: str) -> None:
    if name in FUNCTIONS or not NAME.fullmatch(name):
        raise BadFormula(
            Text(
                f"参数名“{head(name)}”不能使用。请用汉字、英文字母、数字和下划线，不以数字开头，也不要用 min、max、abs。",
                f"The parameter name '{head(name)}' cannot be used. Take Chinese characters, ASCII letters, digits and underscores, "
                "not a digit first, and none of min, max, abs.",
            )
        )


def _needs(name: str, text: str, known: Mapping[str, ParameterText]) -> list[str]:
    """The parameters that a parameter's formula names, in alphabetical order."""
    if not text.strip().startswith("="):
        return []
    try:
        found = {token.text for token in tokens_of(text) if token.kind == "name" and token.text not in FUNCTIONS}
    except BadFormula as error:
        raise BadFormula(Text(f"参数“{head(name)}”：{error.text.zh}", f"Parameter '{head(name)}': {error.text.en}")) from error
    return sorted(n for n in found if n in known)


def _in_order(needs: Mapping[str, list[str]]) -> list[str]:
    """Names such that each follows all that it needs; a circle is refused and named from its smallest member."""
    done: dict[str, None] = {}
    for root in sorted(needs):
        path: dict[str, Iterator[str]] = {}
        following: str | None = root
        while following is not None or path:
            if following is not None and following not in done:
                if following in path:
                    raise _circle([*list(path)[list(path).index(following) :]])
                path[following] = iter(needs[following])
            last = next(reversed(path), None)
            if last is None:
                break
            following = next(path[last], None)
            if following is None:
                done[last] = None
                del path[last]
    return list(done)


def _circle(ring: list[str]) -> BadFormula:
    first = ring.index(min(ring))
    turned = [*ring[first:], *ring[:first], ring[first]]
    shown = " → ".join(head(name) for name in turned)
    return BadFormula(
        Text(
            f"参数相互引用成环：{shown}。请给其中一个参数填写数值。",
            f"Parameters need one another in a circle: {shown}. Give one of them a value.",
        )
    )
