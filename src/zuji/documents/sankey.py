"""The Sankey drawing of a result: ribbons from inputs through the processes to the product, widths closed in every node.

Small inputs are gathered into one. A negative ribbon (a removal, a credit) is drawn the other way round with its size, so
that what enters a process still equals what leaves it. A loop between processes is cut open: its way back ends in one node
and begins in another of the same width, because the drawing needs a direction.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from zuji.documents import theme
from zuji.documents.charts import OTHER, UNIT, Option
from zuji.documents.numerals import MINUS, written
from zuji.documents.parts import values_of
from zuji.documents.wording import chart_name
from zuji.engine.quantities import apportion, exact_sum, round_half_even
from zuji.engine.results import Result
from zuji.engine.text import Language, Text

MOST_ITEMS = 10
LEAST_SHARE = Decimal("0.01")
PRODUCT = "product"
_WIDTH, _RIGHT = 760, 140
_BACK = Text("回用至 ", "back to ")
_FROM = Text("回用自 ", "back from ")
_REMOVAL = Text("（去除或抵减）", " (removal or credit)")
Ribbon = tuple[str, str, Decimal]


def sankey(result: Result, names: dict[str, str], language: Language, most: int = MOST_ITEMS) -> Option:
    """The option. ``names`` maps a process id to what it is called in ``language``."""
    ribbons = drawn(result, most)
    places = values_of(result).places
    sizes = _sizes(ribbons, widths(result, ribbons))
    labels = node_names(result, names, language)
    stages = _stages(result)
    nodes = list(dict.fromkeys(node for source, target, _ in ribbons for node in (source, target)))
    room = (_WIDTH - _RIGHT) / max(1, columns(ribbons) - 1) - 52
    return {
        "animation": False,
        "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK},
        "series": [
            {
                "type": "sankey",
                "left": 4,
                "right": _RIGHT,
                "top": 8,
                "bottom": 8,
                "nodeWidth": 9,
                "nodeGap": 11,
                "layoutIterations": 64,
                "draggable": False,
                "emphasis": {"disabled": True},
                "label": {"color": theme.INK, "fontSize": 10.5, "textBorderWidth": 0, "distance": 4},
                "lineStyle": {"color": "source", "opacity": 0.28, "curveness": 0.5},
                "data": [_node(node, labels, stages, ribbons, room, _figure(*sizes[node], places)) for node in nodes],
                "links": [{"source": s, "target": t, "value": float(v)} for s, t, v in ribbons],
            }
        ],
    }


def drawn(result: Result, most: int = MOST_ITEMS) -> list[Ribbon]:
    """The ribbons as they are drawn: small ones gathered, all of positive width, loops cut open. What enters a process leaves it."""
    return acyclic(forward(gathered([(f.source, f.target, f.value) for f in result.flows], most)))


def widths(result: Result, ribbons: Sequence[Ribbon]) -> list[Decimal]:
    """The widths of the drawn ribbons as labels and table show them."""
    column = values_of(result)
    return rounded(ribbons, column.places, {c.item: column.rounded(c.item) for c in result.contributions})


def rounded(ribbons: Sequence[Ribbon], places: int, parts: Mapping[str, Decimal]) -> list[Decimal]:
    """The widths of acyclic ribbons with ``places`` decimals: what enters a process still equals what leaves it.

    ``parts`` are the contributions as shown, by item: an input is as wide as its number in every other table, what is gathered as wide as its
    parts together. From there the widths follow the ribbons; what rounding leaves in a node goes to the widest that leaves it.
    """
    quantum = Fraction(1, 10**places)
    known = {k: _end(ribbon, quantum, parts) for k, ribbon in enumerate(ribbons) if _is_end(ribbon)}
    found = dict(known)
    drawn_items = {end.removeprefix("item:") for source, target, _ in ribbons for end in (source, target) if end.startswith("item:")}
    removed = sum((width for k, width in known.items() if ribbons[k][1] == "other:-"), Decimal(0))
    gathered_sum = sum((part for item, part in parts.items() if item not in drawn_items), removed)
    waiting = {source for k, (source, _, _) in enumerate(ribbons) if k not in known or source.startswith(("process:", "other:+"))}
    while waiting:
        ready = sorted(n for n in waiting if all(k in found for k, (_, target, _) in enumerate(ribbons) if target == n))
        for node in ready:
            leaving = [k for k, (source, _, _) in enumerate(ribbons) if source == node]
            entering = [k for k, (_, target, _) in enumerate(ribbons) if target == node]
            if entering or (node == "other:+" and parts):
                through = gathered_sum if node == "other:+" else sum((found[k] for k in entering), Decimal(0))
                free = [k for k in leaving if k not in known] or [max(leaving, key=lambda k: (ribbons[k][2], -k))]
                through -= sum((found[k] for k in leaving if k not in free), Decimal(0))
            else:
                free, through = leaving, round_half_even(Fraction(exact_sum(ribbons[k][2] for k in leaving)), quantum)
            found |= _shared(through, [(k, ribbons[k][2]) for k in free], quantum)
        waiting -= set(ready)
    return [found[k] for k in range(len(ribbons))]


def _is_end(ribbon: Ribbon) -> bool:
    source, target, _ = ribbon
    return source.startswith(("item:", "from:")) or target.startswith(("item:", "back:")) or target == "other:-"


def _end(ribbon: Ribbon, quantum: Fraction, parts: Mapping[str, Decimal]) -> Decimal:
    source, target, value = ribbon
    item = (source if source.startswith("item:") else target).removeprefix("item:")
    return abs(parts[item]) if item in parts else round_half_even(Fraction(value), quantum)


def _shared(whole: Decimal, widths: Sequence[tuple[int, Decimal]], quantum: Fraction) -> dict[int, Decimal]:
    """The widths rounded so that they sum to ``whole``."""
    over = Fraction(whole) - sum((Fraction(value) for _, value in widths), Fraction(0))
    widest = max(widths, key=lambda width: (width[1], -width[0]))[0]
    _, shown = apportion([(k, Fraction(value) + (over if k == widest else 0)) for k, value in widths], quantum)
    return {k: width for (k, _), width in zip(widths, shown, strict=True)}


def _sizes(ribbons: Sequence[Ribbon], shown: Sequence[Decimal]) -> dict[str, tuple[Decimal, Decimal]]:
    """Of each node: what passes through it, exact and as shown."""
    sizes: dict[str, tuple[Decimal, Decimal]] = {}
    for node in {node for source, target, _ in ribbons for node in (source, target)}:
        side = 0 if any(source == node for source, _, _ in ribbons) else 1
        through = [(ribbon[2], width) for ribbon, width in zip(ribbons, shown, strict=True) if ribbon[side] == node]
        sizes[node] = (exact_sum(exact for exact, _ in through), exact_sum(width for _, width in through))
    return sizes


def _figure(exact: Decimal, width: Decimal, places: int) -> str:
    return written(width, places) if width or not exact else f"<{Decimal(1).scaleb(-places):f}"


def gathered(ribbons: Sequence[Ribbon], most: int) -> list[Ribbon]:
    """The ribbons with all but the ``most`` widest inputs drawn as one, positive and negative ones apart.

    An input below one per cent of the product is small too, and so is a process below it that nothing but small inputs feeds.
    """
    least = LEAST_SHARE * max((abs(v) for _, target, v in ribbons if target == PRODUCT), default=Decimal(0))
    sizes: dict[str, Decimal] = {}
    for source, _, value in ribbons:
        sizes[source] = sizes.get(source, Decimal(0)) + abs(value)
    items = sorted((s for s in sizes if s.startswith("item:")), key=lambda s: (-sizes[s], s))
    small = {s for k, s in enumerate(items) if k >= most or sizes[s] < least}
    if len(small) < 2:
        small = set()
    small |= _small_processes(ribbons, sizes, small, least)
    made: dict[tuple[str, str], Decimal] = {}
    for source, target, value in ribbons:
        if target not in small:
            shown_source = ("other:-" if value < 0 else "other:+") if source in small else source
            made[shown_source, target] = made.get((shown_source, target), Decimal(0)) + value
    return [(source, target, value) for (source, target), value in made.items()]


def _small_processes(ribbons: Sequence[Ribbon], sizes: dict[str, Decimal], small: set[str], least: Decimal) -> set[str]:
    found: set[str] = set()
    candidates = {t for _, t, _ in ribbons if t.startswith("process:") and Decimal(0) < sizes.get(t, Decimal(0)) < least}
    while True:
        feeds: dict[str, set[str]] = {c: {s for s, t, _ in ribbons if t == c} for c in candidates - found}
        more = {c for c, sources in feeds.items() if sources <= small | found}
        if not more:
            return found
        found |= more


def forward(ribbons: Sequence[Ribbon]) -> list[Ribbon]:
    """Every ribbon with a positive width: a negative one runs the other way."""
    return [(s, t, v) if v > 0 else (t, s, -v) for s, t, v in ribbons if v]


def acyclic(ribbons: Sequence[Ribbon]) -> list[Ribbon]:
    """The ribbons without loops: one that leads back is cut into one that ends and one that begins, both of its width."""
    kept: list[Ribbon] = []
    onward: dict[str, set[str]] = {}
    for source, target, value in sorted(ribbons, key=lambda r: (-r[2], r[0], r[1])):
        if source == target or _reaches(onward, target, source):
            kept += [(source, f"back:{target}", value), (f"from:{source}", target, value)]
        else:
            onward.setdefault(source, set()).add(target)
            kept.append((source, target, value))
    return kept


def _reaches(onward: dict[str, set[str]], start: str, end: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(onward.get(node, ()))
    return False


def columns(ribbons: Sequence[Ribbon]) -> int:
    """The number of columns that the drawing has: the nodes on the longest way."""
    column: dict[str, int] = {}
    for _ in range(len(ribbons)):
        before = dict(column)
        for source, target, _value in ribbons:
            column[target] = max(column.get(target, 1), column.setdefault(source, 0) + 1)
        if column == before:
            break
    return max(column.values(), default=0) + 1


def node_names(result: Result, names: dict[str, str], language: Language) -> dict[str, str]:
    """What every node is called: processes by ``names``, inputs by their labels, and both ends of a loop that was cut open."""
    labels = {f"process:{key}": name for key, name in names.items()}
    labels |= {f"item:{c.item}": c.label.in_(language) for c in result.contributions}
    labels |= {
        "other:+": OTHER.in_(language),
        "other:-": OTHER.in_(language) + _REMOVAL.in_(language),
        PRODUCT: f"{result.declared_amount} {result.declared_unit}",
    }
    ends = (("back", _BACK), ("from", _FROM))
    return labels | {f"{end}:{node}": words.in_(language) + name for end, words in ends for node, name in labels.items()}


def _stages(result: Result) -> dict[str, str]:
    stages = {f"item:{c.item}": c.stage for c in result.contributions}
    weights: dict[str, dict[str, Decimal]] = {}
    for c in result.contributions:
        of = weights.setdefault(f"process:{c.process}", {})
        of[c.stage] = of.get(c.stage, Decimal(0)) + abs(c.value)
    return stages | {node: max(sorted(of), key=lambda stage: of[stage]) for node, of in weights.items()}


def _node(node: str, labels: dict[str, str], stages: dict[str, str], ribbons: Sequence[Ribbon], room: float, figure: str) -> Option:
    removal = node == "other:-" or (node.startswith("item:") and any(t == node for _, t, _ in ribbons))
    text = chart_name(labels.get(node, node), min(122.0, room), 10.5) + "  " + (MINUS if removal else "") + figure
    if node == PRODUCT:
        text += f" {UNIT}"
    colour = theme.ACCENT if node == PRODUCT else theme.STAGE_COLOURS.get(stages.get(node, ""), theme.OTHER)
    return {"name": node, "itemStyle": {"color": colour, "borderWidth": 0}, "label": {"formatter": text}}
