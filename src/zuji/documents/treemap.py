"""The treemap of a result: inputs by the size of their contribution, coloured by their data quality.

A treemap has no room for what is below zero: removals and credits are not drawn, and are named beside it. Tiles and these sum to the total.
"""

from dataclasses import dataclass
from decimal import Decimal

from zuji.documents import theme
from zuji.documents.charts import OTHER, Option
from zuji.documents.numerals import shown
from zuji.documents.parts import ranked, shares_of, values_of
from zuji.documents.wording import clipped
from zuji.engine.quantities import exact_sum
from zuji.engine.results import Contribution, Result
from zuji.engine.text import Language, Text

MOST_TILES = 24
LEAST_SHARE = Decimal("0.005")
NOT_RATED = Text("未评分", "not rated")
QUALITY = Text("质量", "quality")
OF_SEVERAL = Text("评分不一", "several ratings")
ROOM_FOR_ALL = Decimal("0.04")  # of the area: name, value and rating fit; a number that is cut off would be another number
ROOM_FOR_NAME = Decimal("0.015")


@dataclass(frozen=True, slots=True)
class Tile:
    """An input above zero; ``key`` is its id, empty for all small ones together, whose ``quality`` is then not one number."""

    key: str
    label: Text
    value: Decimal
    quality: Decimal | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """What is drawn, the largest first, and what lies below zero and is not."""

    drawn: tuple[Tile, ...]
    below_zero: tuple[Tile, ...]

    @property
    def all(self) -> tuple[Tile, ...]:
        return (*self.drawn, *self.below_zero)


def tiles(result: Result) -> Tiles:
    """The contributions as tiles: those below half a per cent of what is drawn, and all beyond the largest 24, are one."""
    ordered = [_tile(c) for c in ranked(result) if c.value]
    above = [tile for tile in ordered if tile.value > 0]
    least = LEAST_SHARE * exact_sum(tile.value for tile in above)
    small = [tile for place, tile in enumerate(above) if place >= MOST_TILES or tile.value < least]
    if len(small) < 2:
        small = []
    kept = [tile for tile in above if tile not in small]
    if small:
        kept.append(Tile("", OTHER, exact_sum(tile.value for tile in small), None, tuple(tile.key for tile in small)))
    return Tiles(tuple(kept), tuple(tile for tile in ordered if tile.value < 0))


def treemap(result: Result, language: Language) -> Option:
    """The option: every tile says its name, its value and its rating; colour and pattern repeat the rating."""
    found, shown_as = tiles(result), figures(result)
    whole = exact_sum(tile.value for tile in found.drawn) or Decimal(1)
    data = [_drawn(tile, shown_as[tile], tile.value / whole, language) for tile in found.drawn]
    return {
        "animation": False,
        "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK},
        "backgroundColor": "transparent",
        "graphic": _legend(language),
        "series": [
            {
                "type": "treemap",
                "left": 0,
                "right": 0,
                "top": 24,
                "bottom": 0,
                "roam": False,
                "nodeClick": False,
                "breadcrumb": {"show": False},
                "visibleMin": 0,
                "itemStyle": {"borderColor": "#ffffff", "borderWidth": 1, "gapWidth": 1},
                "label": {"show": True, "fontSize": 11, "lineHeight": 15, "overflow": "truncate", "textBorderWidth": 0},
                "data": data,
            }
        ],
    }


def figures(result: Result) -> dict[Tile, tuple[str, str | None]]:
    """The value and the share of every tile as shown: the numbers of the table of contributions."""
    column, shares = values_of(result), shares_of(result)
    return {tile: (column.together(tile.items), shares.together(tile.items)) for tile in tiles(result).all}


def band(quality: Decimal | None) -> str:
    """The whole rating nearest to a quality, from ``1`` (best) to ``5``; empty where there is none.

    >>> band(Decimal("1.4")), band(Decimal("2.5")), band(None)
    ('1', '3', '')
    """
    return "" if quality is None else str(int(quality + Decimal("0.5")))


def rating(tile: Tile, language: Language) -> str:
    """The quality of a tile: a number from 1 to 5, or why there is none."""
    if not tile.key:
        return OF_SEVERAL.in_(language)
    return NOT_RATED.in_(language) if tile.quality is None else shown(tile.quality, 2)


def _legend(language: Language) -> list[Option]:
    """The colours by whole rating, in the drawing itself: it is also a file."""
    words = Text("数据质量（1 最好）", "Data quality (1 best)").in_(language)
    made: list[Option] = [{"type": "text", "left": 0, "top": 3, "style": {"text": words, "fontSize": 11, "fill": theme.INK}}]
    left = 118
    for rated in ("1", "2", "3", "4", "5", ""):
        colour, ink = theme.QUALITY_COLOURS[rated]
        name = rated or NOT_RATED.in_(language)
        width = 26 if rated else 58
        made.append({"type": "rect", "left": left, "top": 1, "shape": {"width": width, "height": 16}, "style": {"fill": colour}})
        made.append({"type": "text", "left": left + (10 if rated else 8), "top": 3, "style": {"text": name, "fontSize": 11, "fill": ink}})
        left += width + 4
    return made


def _tile(c: Contribution) -> Tile:
    return Tile(c.item, c.label, c.value, c.quality, (c.item,))


def _drawn(tile: Tile, figure: tuple[str, str | None], share: Decimal, language: Language) -> Option:
    rated = band(tile.quality) if tile.key else "other"
    colour, ink = theme.QUALITY_COLOURS[rated]
    style: Option = {"color": colour}
    if rated in theme.QUALITY_PATTERNS:
        style["decal"] = theme.QUALITY_PATTERNS[rated]
    name = clipped(tile.label.in_(language), 60).replace("{", "｛").replace("}", "｝").replace("|", "｜")
    words = [name]
    if share >= ROOM_FOR_ALL:
        words.append("  ".join(part for part in figure if part))
        if tile.key:
            words.append(rating(tile, language) if tile.quality is None else f"{QUALITY.in_(language)} {rating(tile, language)}")
    label: Option = {"formatter": "\n".join(words), "color": ink, "show": share >= ROOM_FOR_NAME}
    return {"name": name, "value": float(tile.value), "itemStyle": style, "label": label}
