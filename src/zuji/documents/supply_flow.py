"""The Sankey drawing of a solved database's product: every process's own emissions on the left, the product on the right, loops included.

What the processes emit comes out of one node, whose ribbons sum to the total, and goes through the processes that most of it passes to the
product. Processes that are not shown, or have less than one per cent of the total, are one node, 其余; a link below one per cent is led through
that node, which leaves every balance as it is. A loop is cut open as in :mod:`zuji.documents.sankey`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zuji.documents import theme
from zuji.documents.chart_tables import Figure, Table
from zuji.documents.charts import OTHER, UNIT, Option
from zuji.documents.numerals import MINUS, places_for, written
from zuji.documents.sankey import Ribbon, acyclic, columns, forward, rounded
from zuji.documents.wording import chart_name
from zuji.engine.quantities import exact_sum
from zuji.engine.text import Language, Text

REST = 0
OWN, REMOVED, PRODUCT = "own", "other:-", "product"
LEAST_SHARE = 0.01
_WIDTH, _RIGHT, _DIGITS = 880, 150, 12
_WORDS = {
    OWN: Text("各过程的直接排放", "direct emissions of the processes"),
    REMOVED: Text("去除或抵减", "removals and credits"),
}
_BACK, _FROM = Text("循环回到 ", "loops back to "), Text("循环来自 ", "loop from ")


@dataclass(frozen=True)
class Flow:
    """What is drawn: ``nodes`` (number, what it emits itself) and ``links`` (consumer, supplier, burden), conserved at every node.

    ``root`` is the number of the product's own process, 0 the rest; ``unit`` what the numbers are per; all in kgCO2e.
    """

    nodes: tuple[tuple[int, float], ...]
    links: tuple[tuple[int, int, float], ...]
    names: Mapping[int, Text]
    root: int
    total: float
    unit: str


def ribbons(flow: Flow) -> list[Ribbon]:
    """The ribbons from left to right, all of positive width, without loops; what enters a process leaves it."""
    least = LEAST_SHARE * abs(flow.total)
    own = dict(flow.nodes)
    links = flow.links
    gathered = {number for number in own if number not in {REST, flow.root} and _through(flow, number) < least}
    if gathered:
        own[REST] = own.get(REST, 0.0) + sum(own.pop(number) for number in gathered)
        ends = ((REST if c in gathered else c, REST if s in gathered else s, value) for c, s, value in links)
        links = tuple((c, s, value) for c, s, value in ends if not c == s == REST)
    sums: dict[tuple[int, int], float] = {}
    for consumer, supplier, value in links:
        small = abs(value) < least and REST not in {consumer, supplier}
        for end in ((consumer, REST), (REST, supplier)) if small else ((consumer, supplier),):
            sums[end] = sums.get(end, 0.0) + value
    for consumer, supplier in list(sums):
        if consumer == REST and supplier != REST and (supplier, REST) in sums:  # to and from the rest: only what is left between the two
            sums[supplier, REST] -= sums.pop((consumer, supplier))
    made = [(f"process:{supplier}", f"process:{consumer}", _decimal(value)) for (consumer, supplier), value in sums.items()]
    made += [(OWN if emitted > 0 else REMOVED, f"process:{number}", _decimal(emitted)) for number, emitted in own.items() if emitted]
    made.append((f"process:{flow.root}", PRODUCT, _decimal(flow.total)))
    return acyclic(forward(made))


def _through(flow: Flow, number: int) -> float:
    """The size of all that goes through a process."""
    return abs(dict(flow.nodes)[number]) + sum(abs(value) for consumer, _, value in flow.links if consumer == number)


def widths(flow: Flow, drawn: list[Ribbon]) -> tuple[list[Decimal], int]:
    """The widths as labels and table show them, and their decimals: parts as shown sum to what they are parts of."""
    places = places_for(_decimal(flow.total))
    return rounded(drawn, places, {}), places


def supply_sankey(flow: Flow, language: Language) -> Option:
    """The chart's option."""
    drawn = ribbons(flow)
    shown, places = widths(flow, drawn)
    nodes = list(dict.fromkeys(node for source, target, _ in drawn for node in (source, target)))
    labels = node_names(flow, language)
    room = (_WIDTH - _RIGHT) / max(1, columns(drawn) - 1) - 18
    data = []
    for node in nodes:
        side = 0 if any(source == node for source, _, _ in drawn) else 1
        through = exact_sum(width for ribbon, width in zip(drawn, shown, strict=True) if ribbon[side] == node)
        data.append(_node(node, labels[node], written(through, places) if through else f"<{Decimal(1).scaleb(-places):f}", flow, room))
    return {
        "animation": False,
        "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK},
        "series": [
            {
                "type": "sankey",
                "left": 4,
                "right": _RIGHT,
                "top": 8,
                "bottom": 26,
                "nodeWidth": 9,
                "nodeGap": 14,
                "layoutIterations": 64,
                "draggable": False,
                "emphasis": {"disabled": True},
                "label": {"color": theme.INK, "fontSize": 10.5, "textBorderWidth": 0, "distance": 4},
                "lineStyle": {"color": "source", "opacity": 0.28, "curveness": 0.5},
                "data": data,
                "links": [{"source": s, "target": t, "value": float(v)} for s, t, v in drawn],
            }
        ],
    }


def supply_table(flow: Flow, language: Language) -> Table:
    """Every ribbon of the drawing, those into the product first."""
    drawn = ribbons(flow)
    shown, places = widths(flow, drawn)
    labels = node_names(flow, language)
    order = sorted(range(len(drawn)), key=lambda k: (drawn[k][1] != PRODUCT, drawn[k][1], -drawn[k][2], drawn[k][0]))
    least = f"<{Decimal(1).scaleb(-places):f}"
    rows = tuple(
        (labels[drawn[k][0]], labels[drawn[k][1]], Figure(written(shown[k], places) if shown[k] else least, drawn[k][2])) for k in order
    )
    return Table((Text("自", "From").in_(language), Text("至", "To").in_(language), f"{UNIT}/{flow.unit}"), rows)


def loops_cut(flow: Flow) -> int:
    """How many ways back were cut open for the drawing."""
    return sum(target.startswith("back:") for _, target, _ in ribbons(flow))


def node_names(flow: Flow, language: Language) -> dict[str, str]:
    """What every node is called, both ends of a loop that was cut open among them."""
    names = {f"process:{number}": name.in_(language) for number, name in flow.names.items()}
    names |= {f"process:{REST}": OTHER.in_(language), **{node: words.in_(language) for node, words in _WORDS.items()}}
    names[PRODUCT] = f"1 {flow.unit}"
    ends = (("back", _BACK), ("from", _FROM))
    return names | {f"{end}:{node}": words.in_(language) + name for end, words in ends for node, name in names.items()}


def _decimal(value: float) -> Decimal:
    """A float with the digits it has; those of rounding would only make the balances look unequal."""
    return Decimal(f"{value:.{_DIGITS}e}")


def _node(node: str, name: str, figure: str, flow: Flow, room: float) -> Option:
    text = f"{chart_name(name, min(132.0, room), 10.5)}\n{MINUS if node == REMOVED else ''}{figure}"
    if node == PRODUCT:
        text += f" {UNIT}"
    colour = theme.STAGE_COLOURS["production"]
    if node in {PRODUCT, f"process:{flow.root}"}:
        colour = theme.ACCENT
    elif node in {OWN, REMOVED}:
        colour = theme.GREY
    elif node.endswith(f"process:{REST}") or node.startswith(("back:", "from:")):
        colour = theme.OTHER
    return {"name": node, "itemStyle": {"color": colour, "borderWidth": 0}, "label": {"formatter": text}}
