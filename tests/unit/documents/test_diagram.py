"""The system diagram: every process within the frame, apart from the others, whatever it is called and however it loops."""

import re
from xml.etree import ElementTree as ET  # reads only what this program drew

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.documents import sample
from zuji.documents.diagram import system_diagram
from zuji.documents.layers import MOST_IN_A_LAYER, layered
from zuji.documents.lettering import text_width, wrapped

links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)
Box = tuple[float, float, float, float]


def boxes(drawing: str) -> list[Box]:
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    found = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("width") == "142.0"]
    return [(float(r.attrib["x"]), float(r.attrib["y"]), float(r.attrib["width"]), float(r.attrib["height"])) for r in found]


def apart(a: Box, b: Box) -> bool:
    return a[0] + a[2] <= b[0] + 0.2 or b[0] + b[2] <= a[0] + 0.2 or a[1] + a[3] <= b[1] + 0.2 or b[1] + b[3] <= a[1] + 0.2


@pytest.mark.parametrize("name", sample.EXAMPLES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_process_has_its_box_apart_and_within_the_drawing(name: str, language: str) -> None:
    study = sample.study(name)
    drawing = system_diagram(study, "zh" if language == "zh" else "en")
    found = boxes(drawing.svg)
    assert len(found) == len(study.processes)
    assert all(apart(a, b) for k, a in enumerate(found) for b in found[:k])
    assert all(x >= 0 and y >= 0 and x + w <= drawing.width and y + h <= drawing.height for x, y, w, h in found)


def test_the_words_beside_the_drawing_name_every_link() -> None:
    study = sample.study("portland-cement")
    said = system_diagram(study, "zh").alt
    for process in study.processes:
        assert process.name is not None
        assert process.name.zh in said


def test_a_loop_is_drawn_back() -> None:
    assert 'stroke-dasharray="5 3"' in system_diagram(sample.awkward(), "zh").svg
    assert 'stroke-dasharray="5 3"' not in system_diagram(sample.study("portland-cement"), "zh").svg


@pytest.mark.parametrize("name", [sample.HOSTILE, "长" * 10_000, "x" * 10_000, "\u202e\x07 "])
def test_a_name_of_any_kind_stays_in_its_box(name: str) -> None:
    drawing = system_diagram(sample.awkward(name), "zh")
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own drawing
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "rect", "path", "text"}
    assert len(boxes(drawing.svg)) == 2
    assert drawing.height < 900


@given(links)
def test_suppliers_stand_above_what_they_supply(pairs: list[tuple[int, int]]) -> None:
    names = [f"p{k}" for k in range(12)]
    layers = layered(names, [(f"p{a}", f"p{b}") for a, b in pairs], "p0")
    rows = {node: k for k, row in enumerate(layers.rows) for node in row}
    assert sorted(node for node in rows if node in names) == sorted(names)
    assert max(sum(node in names for node in row) for row in layers.rows) <= MOST_IN_A_LAYER
    for path in layers.paths:
        assert [rows[node] for node in path] == list(range(rows[path[0]], rows[path[-1]] + 1))
        assert len(path) > 1
    drawn = {(path[0], path[-1]) for path in layers.paths} | set(layers.back)
    assert drawn == {(f"p{a}", f"p{b}") for a, b in pairs if a != b}


@given(st.text(max_size=80), st.integers(min_value=20, max_value=200))
def test_wrapped_lines_keep_to_their_width(text: str, width: int) -> None:
    lines = wrapped(text, width, 12, 3)
    assert len(lines) <= 3
    # a closing mark may hang over the end of a line, as Chinese setting allows
    assert all(text_width(line, 12) <= width + 12 for line in lines)
    if len(lines) < 3:
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
