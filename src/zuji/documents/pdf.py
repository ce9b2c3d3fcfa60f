"""The report as PDF/A-2a and PDF/UA-1, drawn by Typst. The same report gives the same bytes.

The template reads the report as JSON from ``sys.inputs``: every string is data there and stays text, whatever it holds.
"""

import datetime
import json
import re
from dataclasses import asdict
from functools import cache
from importlib import resources

import typst

from zuji.documents import theme
from zuji.documents.blocks import Block, Figure, Report
from zuji.documents.faces import covered, faces

STANDARDS: list["typst.PDFStandard"] = ["a-2a", "ua-1"]
_TOKEN = re.compile(r"[!-~]{22,}")
_PIECE = 11
_SHIFTED = re.compile(r"([₀-₉]+|[⁰¹²³⁴-⁹⁻]+)")
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "01234567890123456789−")


def to_pdf(report: Report) -> bytes:
    """The report as tagged, archivable PDF with its faces embedded.

    The date inside the file is that of the report; nothing else of the time or the machine enters it.
    """
    content = json.dumps(_content(report), ensure_ascii=False, sort_keys=True)
    made = typst.Compiler(_template(), font_paths=faces()).compile(
        format="pdf",
        sys_inputs={"report": content},
        pdf_standards=STANDARDS,
        timestamp=datetime.datetime.combine(report.issued, datetime.time(), datetime.UTC),
    )
    assert isinstance(made, bytes)
    return made


def to_png(svg: str, width: int, height: int, *, ppi: float = 220) -> bytes:
    """A drawing as PNG, for documents that take no SVG; ``width`` and ``height`` are the drawing's own in CSS pixels."""
    source = (
        '#set page(width: float(sys.inputs.at("width")) * 1pt, height: float(sys.inputs.at("height")) * 1pt, margin: 0pt)\n'
        '#image(bytes(sys.inputs.at("svg")), format: "svg", width: 100%)'
    )
    inputs = {"svg": drawable_svg(svg), "width": f"{width * 0.75}", "height": f"{height * 0.75}"}
    made = typst.Compiler(source.encode(), font_paths=faces()).compile(format="png", ppi=ppi, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def drawable_svg(svg: str) -> str:
    """The SVG with nothing in it that the face cannot draw: figures below and above the line are drawn as small ordinary ones."""
    return covered(re.sub(r">([^<>]*[₀-₉⁰¹²³⁴-⁹⁻][^<>]*)<", lambda found: f">{_shifted(found[1])}<", svg))


def _shifted(text: str) -> str:
    made, back = "", 0.0
    for part in _SHIFTED.split(text):
        if not part:
            continue
        shift = 0.0
        if _SHIFTED.fullmatch(part):
            shift = 2.2 if "₀" <= part[0] <= "₉" else -4.0
        size = ' font-size="75%"' if shift else ""
        place = f' dy="{shift - back:g}"' if shift != back else ""
        made += f"<tspan{place}{size}>{part.translate(_PLAIN)}</tspan>" if shift or back else part
        back = shift
    return made


@cache
def _template() -> bytes:
    return resources.files("zuji.documents").joinpath("report.typ").read_bytes()


def _content(report: Report) -> dict[str, object]:
    whole = asdict(report) | {"blocks": [_block(block) for block in report.blocks]}
    whole["issued"] = [report.issued.year, report.issued.month, report.issued.day]
    whole["colours"] = {name.lower(): value for name, value in vars(theme).items() if name.isupper() and isinstance(value, str)}
    return {key: plain_text(value) for key, value in whole.items()}


def _block(block: Block) -> dict[str, object]:
    made = asdict(block) | {"block": type(block).__name__.lower()}
    if isinstance(block, Figure):
        made["svg"] = drawable_svg(block.svg)
    return made


def plain_text(value: object, key: str = "") -> object:
    """Every string within, with what the face cannot draw marked and words too long for a column made breakable."""
    if isinstance(value, str):
        return value if key == "svg" else _TOKEN.sub(_breakable, covered(value))
    if isinstance(value, dict):
        return {name: plain_text(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain_text(each) for each in value]
    return value


def _breakable(found: re.Match[str]) -> str:
    """A long run of Latin letters with places to break (U+200B): after a mark, else after every few letters."""
    pieces = re.findall(rf"[^-_/.:@#,;&=?+]{{1,{_PIECE}}}[-_/.:@#,;&=?+]*|[-_/.:@#,;&=?+]{{1,{_PIECE}}}", found[0])
    return "\u200b".join(pieces)
