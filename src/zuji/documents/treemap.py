"""The treemap of a result: inputs by the size of their contribution, coloured by their data quality.

A treemap has no room for what is below zero: removals and credits are not drawn, and are named beside it. Tiles and these sum to the total.
"""

from dataclasses import dataclass
from decimal import Decimal

from zuji.documents import theme
from zuji.documents.charts import OTHER, Option
from zuji.documents.numerals import Column, Percentages, shown
from zuji.documents.wording import clipped
from zuji.engine.quantities import exact_sum
from zuji.engine.results import Contribution, Result
from zuji.engine.text import Language, Text

MOST_TILES = 24
LEAST_SHARE = Decimal("0.005")
NOT_RATED = Text("未评分", "not rated")
QUALITY = Text("质量", "quality")
OF_SEVERAL = Text("其余（评分不一）", "Other (of several ratings)")


@dataclass(frozen=True, slots=True)
class Tile:
    """An input above zero; ``key`` is its id, empty for all small ones together, whose ``quality`` is then not one number."""

    key: str
    label: Text
    stage: str
    value: Decimal
    quality: Decimal | None


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
    ordered = [_tile(c) for c in sorted(result.contributions, key=lambda c: (-abs(c.value), c.item)) if c.value]
    above = [tile for tile in ordered if tile.value > 0]
    least = LEAST_SHARE * exact_sum(tile.value for tile in above)
    small = [tile for place, tile in enumerate(above) if place >= MOST_TILES or tile.value < least]
    if len(small) < 2:
        small = []
    kept = [tile for tile in above if tile not in small]
    if small:
        kept.append(Tile("", OTHER, "", exact_sum(tile.value for tile in small), None))
    return Tiles(tuple(kept), tuple(tile for tile in ordered if tile.value < 0))


def treemap(result: Result, language: Language) -> Option:
    """The option: every tile says its name, its value and its rating; colour and pattern repeat the rating."""
    found = tiles(result)
    values = {str(place): tile.value for place, tile in enumerate(found.all)}
    column, shares = Column(values, result.total), Percentages(values, result.total)
    data = [_drawn(tile, column.text(str(place)), shares.text(str(place)) or "", language) for place, tile in enumerate(found.drawn)]
    return {
        "animation": False,
        "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK},
        "backgroundColor": "transparent",
        "series": [
            {
                "type": "treemap",
                "left": 0,
                "right": 0,
                "top": 0,
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


def band(quality: Decimal | None) -> str:
    """The whole rating nearest to a quality, from ``1`` (best) to ``5``; empty where there is none.

    >>> band(Decimal("1.4")), band(Decimal("2.5")), band(None)
    ('1', '3', '')
    """
    return "" if quality is None else str(int(quality + Decimal("0.5")))


def rating(tile: Tile, language: Language) -> str:
    """The quality of a tile in words."""
    if not tile.key:
        return OF_SEVERAL.in_(language)
    return NOT_RATED.in_(language) if tile.quality is None else f"{QUALITY.in_(language)} {shown(tile.quality, 2)}"


def _tile(c: Contribution) -> Tile:
    return Tile(c.item, c.label, c.stage, c.value, c.quality)


def _drawn(tile: Tile, value: str, share: str, language: Language) -> Option:
    colour, ink = theme.QUALITY_COLOURS[band(tile.quality) if tile.key else "other"]
    style: Option = {"color": colour}
    pattern = theme.QUALITY_PATTERNS.get(band(tile.quality) if tile.key else "other")
    if pattern is not None:
        style["decal"] = pattern
    name = clipped(tile.label.in_(language), 60).replace("{", "｛").replace("}", "｝")
    words = [name, f"{value}  {share}".rstrip()]
    if tile.key:
        words.append(rating(tile, language))
    return {"name": name, "value": float(tile.value), "itemStyle": style, "label": {"formatter": "\n".join(words), "color": ink}}
