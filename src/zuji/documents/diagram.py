"""The system diagram: unit processes within the dashed boundary, what comes in, what goes out, what is left out (ISO 14067:2018 6.3.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zuji.documents import theme
from zuji.documents.layers import Layers, layered
from zuji.documents.lettering import svg_text, text_width, wrapped
from zuji.documents.wording import BOUNDARIES, STAGES, formula_signs, term
from zuji.engine.study import Process, Study
from zuji.engine.text import Language, Text

WIDTH = 760
_BOX = 142.0
_GAP = 22.0
_BEND = 14.0
_ROW_GAP = 34.0
_FRAME_TOP = 70.0
_SIDE = 128.0
_FRAME_LEFT = 10.0

_UPSTREAM = Text(
    "外部供给：能源、材料、运输（以排放因子计入）", "Supplies from outside: energy, materials, transport (counted by emission factors)"
)
_AIR = Text("温室气体\n排入大气", "Greenhouse gases to the atmosphere")
_UPTAKE = Text("自大气\n吸收", "Uptake from the atmosphere")
_PRODUCT = Text("声明单位", "Declared unit")
_EXCLUDED = Text("未包括的阶段", "Stages not included")
_INPUTS = Text("外部输入 {count} 项", "{count} inputs from outside")
_ONE_INPUT = Text("外部输入 1 项", "1 input from outside")
_GAPS = Text("缺口 {count} 项", "{count} gap(s)")
_DIRECT = Text("直接排放 {gases}", "direct: {gases}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG, its size in CSS pixels, and the same in words."""

    svg: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class _Box:
    title: list[str]
    lines: list[str]
    stage: str

    @property
    def height(self) -> float:
        return 30 + 14 * len(self.title) + 12 * len(self.lines)


def system_diagram(study: Study, language: Language) -> Drawing:
    """The drawing of a study's product system. Names of any length are wrapped and cut; loops are drawn back, dashed."""
    links = [(line.process, p.id) for p in study.processes for line in p.inputs if line.process]
    layers = layered([p.id for p in study.processes], links, study.reference)
    boxes = {p.id: _box(p, language) for p in study.processes}
    heights = [max((boxes[n].height for n in row if n in boxes), default=40) for row in layers.rows]
    tops = [_FRAME_TOP + 34 + sum(heights[:k]) + _ROW_GAP * k for k in range(len(heights))]
    across = _across(layers, boxes, study.reference)
    inner = max(max((x + _width(n, boxes) / 2 for n, x in across.items()), default=0), WIDTH - _SIDE - 2 * _FRAME_LEFT - 36)
    frame_width = inner + 36
    frame_height = (tops[-1] + heights[-1] if tops else 0) - _FRAME_TOP + 26
    shift = _FRAME_LEFT + 18
    spots = {n: (x + shift, tops[k], heights[k]) for k, row in enumerate(layers.rows) for n in row for x in (across[n],)}
    body = [
        _frame(study, frame_width, frame_height, language),
        _arrows(layers, spots),
        *(_draw_box(boxes[n], *spots[n]) for row in layers.rows for n in row if n in boxes),
        _outside(study, frame_width, frame_height, language),
        _product(study, spots, boxes, _FRAME_TOP + frame_height, language),
    ]
    excluded, depth = _excluded(study, frame_width, _FRAME_TOP + frame_height + 14, language)
    width, height = round(frame_width + _SIDE + 2 * _FRAME_LEFT), round(_FRAME_TOP + frame_height + max(72, depth + 22))
    return Drawing(_document([*body, excluded], width, height), width, height, _alt(study, language))


def _width(node: str, boxes: Mapping[str, _Box]) -> float:
    return _BOX if node in boxes else _BEND


def _across(layers: Layers, boxes: Mapping[str, _Box], reference: str) -> dict[str, float]:
    """The middle of each node: rows centred, then drawn towards their neighbours as far as the row's order and spacing allow."""
    widths = [sum(_width(n, boxes) + _GAP for n in row) - _GAP for row in layers.rows]
    widest = max([*widths, WIDTH - _SIDE - 2 * _FRAME_LEFT - 36])
    at: dict[str, float] = {}
    for row, width in zip(layers.rows, widths, strict=True):
        x = (widest - width) / 2
        for node in row:
            at[node] = x + _width(node, boxes) / 2
            x += _width(node, boxes) + _GAP
    near: dict[str, list[str]] = {}
    for path in layers.paths:
        for upper, lower in pairwise(path):
            near.setdefault(upper, []).append(lower)
            near.setdefault(lower, []).append(upper)
    at[reference] = widest / 2
    for _ in range(8):
        for row in layers.rows:
            wanted = [sum(at[m] for m in near[n]) / len(near[n]) if n in near else at[n] for n in row]
            if row == (reference,):
                wanted = [widest / 2]
            at.update(_spaced(row, wanted, boxes, widest))
    return _centred(at, boxes, widest)


def _centred(at: dict[str, float], boxes: Mapping[str, _Box], widest: float) -> dict[str, float]:
    left = min((x - _width(n, boxes) / 2 for n, x in at.items()), default=0.0)
    right = max((x + _width(n, boxes) / 2 for n, x in at.items()), default=0.0)
    shift = (widest - right - left) / 2
    return {n: x + shift for n, x in at.items()}


def _spaced(row: Sequence[str], wanted: Sequence[float], boxes: Mapping[str, _Box], widest: float) -> dict[str, float]:
    """The row at the places wanted, in order and apart: the mean of packing from the left and from the right, so that neither side wins."""
    half = [_width(n, boxes) / 2 for n in row]
    room = [0.0, *(half[k - 1] + _GAP + half[k] for k in range(1, len(row)))]
    left: list[float] = []
    for k, want in enumerate(wanted):
        left.append(max(want, left[-1] + room[k]) if left else want)
    right = list(wanted)
    for k in range(len(row) - 2, -1, -1):
        right[k] = min(right[k], right[k + 1] - room[k + 1])
    mean = [(a + b) / 2 for a, b in zip(left, right, strict=True)]
    shift = max(0.0, half[0] - mean[0]) if mean else 0.0
    shift = min(shift, max(0.0, widest - half[-1] - mean[-1])) if shift else min(0.0, widest - half[-1] - mean[-1])
    return {n: x + shift for n, x in zip(row, mean, strict=True)}


def _box(process: Process, language: Language) -> _Box:
    name = process.name.text.in_(language) if process.name else process.id
    outside = sum(1 for line in process.inputs if line.process is None)
    gaps = sum(1 for line in process.inputs if line.process is None and line.factor is None and line.cut_off is None)
    notes = []
    if outside:
        notes.append(_ONE_INPUT.in_(language) if outside == 1 else _INPUTS.in_(language).format(count=outside))
    if gaps:
        notes.append(_GAPS.in_(language).format(count=gaps))
    gases = list(dict.fromkeys(e.gas for e in process.emissions if e.kind != "biogenic_removal"))
    if gases:
        notes.append(_DIRECT.in_(language).format(gases=("、" if language == "zh" else ", ").join(formula_signs(g) for g in gases)))
    lines = [part for note in notes for part in wrapped(note, _BOX - 24, 9.5, 2)]
    return _Box(wrapped(name, _BOX - 24, 12, 3), lines[:4], process.stage)


def _draw_box(box: _Box, x: float, top: float, height: float) -> str:
    left = x - _BOX / 2
    colour = theme.STAGE_COLOURS[box.stage]
    y = top + (height - box.height) / 2 + 18
    parts = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{_BOX}" height="{height:.1f}" rx="3" fill="#ffffff" stroke="{theme.RULE}"/>',
        f'<rect x="{left:.1f}" y="{top:.1f}" width="5" height="{height:.1f}" rx="1.5" fill="{colour}"/>',
    ]
    for line in box.title:
        parts.append(_text(line, left + 14, y + 3, 12, theme.INK))
        y += 14
    for line in box.lines:
        parts.append(_text(line, left + 14, y + 5, 9.5, theme.GREY))
        y += 12
    return "".join(parts)


def _arrows(layers: Layers, spots: Mapping[str, tuple[float, float, float]]) -> str:
    parts = []
    leaving: dict[str, list[tuple[str, ...]]] = {}
    arriving: dict[str, list[tuple[str, ...]]] = {}
    for path in layers.paths:
        leaving.setdefault(path[0], []).append(path)
        arriving.setdefault(path[-1], []).append(path)
    for path in layers.paths:
        start = _port(path, leaving[path[0]], spots, 0)
        end = _port(path, arriving[path[-1]], spots, -1)
        d = f"M{start[0]:.1f} {start[1]:.1f}"
        x, y = start
        for node in path[1:-1]:
            bend, top, height = spots[node]
            middle = (y + top) / 2
            d += f"C{x:.1f} {middle:.1f} {bend:.1f} {middle:.1f} {bend:.1f} {top:.1f}V{top + height:.1f}"
            x, y = bend, top + height
        middle = (y + end[1]) / 2
        d += f"C{x:.1f} {middle:.1f} {end[0]:.1f} {middle:.1f} {end[0]:.1f} {end[1] - 6:.1f}"
        parts.append(f'<path d="{d}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.3"/>{_head(*end)}')
    for supplier, consumer in layers.back:
        parts.append(_back_arrow(spots[supplier], spots[consumer]))
    return "".join(parts)


def _port(
    path: tuple[str, ...], siblings: list[tuple[str, ...]], spots: Mapping[str, tuple[float, float, float]], end: int
) -> tuple[float, float]:
    """Where an arrow leaves (end 0) or meets (end -1) a box: siblings share its edge from left to right."""
    x, top, height = spots[path[end]]
    order = sorted(siblings, key=lambda p: spots[p[1 if end == 0 else -2]][0])
    step = min(22.0, (_BOX - 30) / max(1, len(order)))
    return x + (order.index(path) - (len(order) - 1) / 2) * step, top + height if end == 0 else top


def _back_arrow(supplier: tuple[float, float, float], consumer: tuple[float, float, float]) -> str:
    x1, y1 = supplier[0] + _BOX / 2, supplier[1] + supplier[2] / 2
    x2, y2 = consumer[0] + _BOX / 2, consumer[1] + consumer[2] / 2
    out = max(x1, x2) + 16
    d = f"M{x1:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x2 + 7:.1f} {y2:.1f}"
    head = f'<path d="M{x2:.1f} {y2:.1f}l7 -3.4v6.8z" fill="{theme.AMBER}"/>'
    return f'<path d="{d}" fill="none" stroke="{theme.AMBER}" stroke-width="1.3" stroke-dasharray="5 3"/>{head}'


def _head(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f}l-3.6 -7h7.2z" fill="{theme.ACCENT}"/>'


def _frame(study: Study, width: float, height: float, language: Language) -> str:
    title = term(BOUNDARIES, study.boundary, language)
    return (
        f'<rect x="{_FRAME_LEFT}" y="{_FRAME_TOP}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="{theme.PALE}"'
        f' stroke="{theme.ACCENT}" stroke-width="1.4" stroke-dasharray="7 4"/>'
        + _text(title, _FRAME_LEFT + 14, _FRAME_TOP + 20, 11, theme.ACCENT)
        + _legend(study, _FRAME_LEFT + width - 12, _FRAME_TOP + 20, _FRAME_LEFT + 14 + text_width(title, 11), language)
    )


def _legend(study: Study, right: float, y: float, left: float, language: Language) -> str:
    stages = [s for s in theme.STAGE_COLOURS if any(p.stage == s for p in study.processes)]
    entries = [(s, term(STAGES, s, language)) for s in stages]
    x = right - sum(22 + text_width(name, 9.5) for _, name in entries)
    if x < left + 20:
        return ""
    parts = []
    for stage, name in entries:
        parts.append(f'<rect x="{x:.1f}" y="{y - 8:.1f}" width="8" height="8" fill="{theme.STAGE_COLOURS[stage]}"/>')
        parts.append(_text(name, x + 12, y, 9.5, theme.GREY))
        x += 22 + text_width(name, 9.5)
    return "".join(parts)


def _outside(study: Study, width: float, height: float, language: Language) -> str:
    middle = _FRAME_LEFT + width / 2
    supply = _panel(_UPSTREAM.in_(language), middle, 12, min(460, width - 40), 30)
    arrow = f'<path d="M{middle:.1f} 43V{_FRAME_TOP - 7:.1f}" stroke="{theme.GREY}" stroke-width="1.3"/>'
    arrow += f'<path d="M{middle:.1f} {_FRAME_TOP:.1f}l-3.6 -7h7.2z" fill="{theme.GREY}"/>'
    edge, y = _FRAME_LEFT + width, _FRAME_TOP + height / 2
    air = _panel(_AIR.in_(language), edge + 40 + (_SIDE - 44) / 2, y - 34, _SIDE - 44, 68)
    out = f'<path d="M{edge:.1f} {y:.1f}H{edge + 32:.1f}" stroke="{theme.GREY}" stroke-width="1.3"/>'
    out += f'<path d="M{edge + 39:.1f} {y:.1f}l-7 -3.6v7.2z" fill="{theme.GREY}"/>'
    if any(e.kind == "biogenic_removal" for p in study.processes for e in p.emissions):
        low = y + 64
        out += _panel(_UPTAKE.in_(language), edge + 40 + (_SIDE - 44) / 2, low - 20, _SIDE - 44, 40)
        out += f'<path d="M{edge + 40:.1f} {low:.1f}H{edge + 7:.1f}" stroke="{theme.GREY}" stroke-width="1.3"/>'
        out += f'<path d="M{edge:.1f} {low:.1f}l7 -3.6v7.2z" fill="{theme.GREY}"/>'
    return supply + arrow + air + out


def _panel(text: str, x: float, top: float, width: float, height: float) -> str:
    lines = [line for part in text.split("\n") for line in wrapped(part, width - 10, 10, 5)]
    y = top + height / 2 - (len(lines) - 1) * 6.5 + 3.5
    drawn = "".join(_text(line, x, y + 13 * k, 10, theme.GREY, "middle") for k, line in enumerate(lines))
    box = f'<rect x="{x - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3" fill="#ffffff" stroke="{theme.RULE}"/>'
    return box + drawn


def _product(
    study: Study, spots: Mapping[str, tuple[float, float, float]], boxes: Mapping[str, _Box], bottom: float, language: Language
) -> str:
    if study.reference not in boxes:
        return ""
    x, top, height = spots[study.reference]
    name = study.about.product.text.in_(language) if study.about and study.about.product else ""
    unit = f"{_PRODUCT.in_(language)}  {study.declared_unit.amount} {study.declared_unit.unit}"
    lines = [*wrapped(unit, 196, 11, 1), *wrapped(name, 196, 10, 2)]
    box_height = 14.0 * len(lines) + 10
    parts = [
        f'<path d="M{x:.1f} {top + height:.1f}V{bottom + 16:.1f}" stroke="{theme.ACCENT}" stroke-width="1.6"/>',
        _head(x, bottom + 22),
        f'<rect x="{x - 105:.1f}" y="{bottom + 22:.1f}" width="210" height="{box_height:.1f}" rx="3" fill="{theme.ACCENT}"/>',
    ]
    parts += [_text(line, x, bottom + 38 + 14 * k, 11 if k == 0 else 10, "#ffffff", "middle") for k, line in enumerate(lines)]
    return "".join(parts)


def _excluded(study: Study, width: float, top: float, language: Language) -> tuple[str, float]:
    """The stages left out, as a list beside the product, and how deep it goes below the frame."""
    if not study.excluded_stages:
        return "", 0.0
    right = _FRAME_LEFT + width + _SIDE - 4
    lines = [term(STAGES, e.stage, language) for e in study.excluded_stages]
    box_width = max(text_width(line, 10) for line in [*lines, _EXCLUDED.in_(language)]) + 28
    height = 22 + 13.0 * len(lines)
    left = right - box_width
    parts = [
        (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{box_width:.1f}" height="{height:.1f}" rx="3" fill="none"'
            f' stroke="{theme.GREY}" stroke-dasharray="3 3"/>'
        ),
        _text(_EXCLUDED.in_(language), left + 10, top + 15, 9.5, theme.GREY),
    ]
    parts += [_text(line, left + 10, top + 29 + 13 * k, 10, theme.INK) for k, line in enumerate(lines)]
    return "".join(parts), height


def _text(text: str, x: float, y: float, size: float, colour: str, anchor: str = "start") -> str:
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{place}>{svg_text(text)}</text>'


def _document(parts: Sequence[str], width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="{theme.CHART_FACES}">{"".join(parts)}</svg>'
    )


def _alt(study: Study, language: Language) -> str:
    names = {p.id: p.name.text.in_(language) if p.name else p.id for p in study.processes}
    links = [(names.get(line.process, line.process), names[p.id]) for p in study.processes for line in p.inputs if line.process]
    arrows = ("；" if language == "zh" else "; ").join(f"{supplier} → {consumer}" for supplier, consumer in dict.fromkeys(links))
    start = Text("产品系统图。单元过程之间的供给关系：", "Diagram of the product system. What supplies what: ").in_(language)
    alone = ("、" if language == "zh" else ", ").join(names.values())
    return (start + (arrows or alone))[:2000]
