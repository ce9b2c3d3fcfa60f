"""Who supplies whom: by an explicit rule that is recorded with every link, and never silently.

The rules, from the strictest:

``none``                 no link at all.
``stated``               only suppliers that the file itself names.
``only-provider``        stated, and where the database has exactly one dataset for a product, that one.
``location-then-only``   stated, then the only dataset of the same place, else of the next larger place (SZ-JS-CN, JS-CN, CN, GLO).
``location-then-share``  the same, and where a place has several, all of them: by their production volumes, where all state one, else equally.

A supplier is always on the other side: what takes a flow in is supplied by a dataset that makes it, what hands a waste over by one that takes it
(:mod:`zuji.formats.gate.sides`); every link says which. A dataset whose reference is on the same side supplies nobody: ``direction``.

A dataset that was refused supplies nobody, and no other is put in its place: the input stays open, with that reason.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.sides import Side, side
from zuji.formats.gate.units import ratio

Rule = Literal["none", "stated", "only-provider", "location-then-only", "location-then-share"]
RULES: tuple[Rule, ...] = get_args(Rule)
How = Literal["stated", "only", "location", "share by volume", "share equally"]
Reason = Literal["rule", "none", "several", "refused", "unit", "direction"]
_WORLD = ("GLO", "RoW", "WLD")


@dataclass(frozen=True, slots=True)
class Link:
    """An exchange with the dataset that supplies ``share`` of it, by what it was chosen, and on which side it is."""

    dataset: str
    exchange: int
    provider: str
    share: Fraction
    how: How
    side: Side = "makes"


@dataclass(frozen=True, slots=True)
class OpenInput:
    """An exchange that nobody supplies: a gap. ``reason``: the rule makes no links, none is there, several are, refused, the unit, or
    all that there are stand on the same side.
    """

    dataset: str
    exchange: int
    reason: Reason


@dataclass(frozen=True)
class Linking:
    """The links of a database under one rule, and the inputs that stay open."""

    rule: Rule
    links: tuple[Link, ...]
    open: tuple[OpenInput, ...]


def link(case: Case, rule: Rule, admitted: Collection[str]) -> Linking:
    """Link every product input of the admitted datasets. The result depends on the database and the rule only, not on any order."""
    links: list[Link] = []
    left_open: list[OpenInput] = []
    for line in case.product_inputs:
        if line.dataset.id not in admitted:
            continue
        chosen = _choose(case, rule, line)
        number = line.exchange.number
        if isinstance(chosen, str):
            left_open.append(OpenInput(line.dataset.id, number, chosen))
        elif any(provider not in admitted for provider, _, _ in chosen):
            left_open.append(OpenInput(line.dataset.id, number, "refused"))
        elif any(coefficient_ratio(case, line, provider) is None for provider, _, _ in chosen):
            left_open.append(OpenInput(line.dataset.id, number, "unit"))
        else:
            links += [
                Link(line.dataset.id, number, provider, share, how, side(case.reference_of(provider, line)))
                for provider, share, how in chosen
            ]
    return Linking(rule, tuple(links), tuple(left_open))


def coefficient_ratio(case: Case, line: Line, provider: str) -> Fraction | None:
    """How many units of the supplier's reference one unit of the exchange is; None where they measure different things."""
    reference = next(
        (e for n in case.datasets[provider].references if (e := case.datasets[provider].exchange(n)) and e.flow == line.exchange.flow), None
    )
    return None if reference is None or not line.unit else ratio(line.unit, case.inventory.unit(reference))


def _choose(case: Case, rule: Rule, line: Line) -> list[tuple[str, Fraction, How]] | Reason:
    whole = Fraction(1)
    there = case.providers.get(line.exchange.flow, ())
    possible = case.suppliers(line)
    if rule == "none":
        return "rule"
    if line.exchange.provider:
        stated = line.exchange.provider
        return [(stated, whole, "stated")] if stated in possible else "direction" if stated in there else "none"
    if there and not possible:
        return "direction"
    if rule == "stated":
        return "rule" if possible else "none"
    # A dataset that consumes its own product (losses of a grid) is not its own supplier as long as there is another.
    candidates = tuple(p for p in possible if p != line.dataset.id) or possible
    if not candidates:
        return "none"
    if len(candidates) == 1:
        return [(candidates[0], whole, "only")]
    if rule == "only-provider":
        return "several"
    return _by_place(case, rule, line, candidates)


def _by_place(case: Case, rule: Rule, line: Line, candidates: tuple[str, ...]) -> list[tuple[str, Fraction, How]] | Reason:
    for place in _places(line.exchange.location or line.dataset.location):
        near = [p for p in candidates if case.datasets[p].location == place]
        if len(near) == 1:
            return [(near[0], Fraction(1), "location")]
        if near:
            return _shares(case, near) if rule == "location-then-share" else "several"
    return "several"


def _places(location: str) -> Iterator[str]:
    """From the place itself outward. ILCD writes the smaller first: SZ-JS-CN lies in JS-CN, and that in CN."""
    while location:
        yield location
        location = location.partition("-")[2]
    yield from _WORLD


def _shares(case: Case, providers: list[str]) -> list[tuple[str, Fraction, How]]:
    volumes = [case.datasets[p].volume for p in providers]
    if all(volume is not None and volume > 0 for volume in volumes):
        total = sum((Fraction(v) for v in volumes if v is not None), Fraction(0))
        return [(p, Fraction(v) / total, "share by volume") for p, v in zip(providers, volumes, strict=True) if v is not None]
    return [(p, Fraction(1, len(providers)), "share equally") for p in providers]
