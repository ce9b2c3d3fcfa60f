"""The report as one self-contained HTML page: no script, nothing fetched, charts as SVG within."""

from functools import cache
from html import escape
from importlib import resources

from zuji.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Contents,
    Cover,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Report,
    Row,
    Table,
    TableColumn,
)

_LANGUAGES = {"zh": "zh-Hans-CN", "en": "en-GB"}


def to_html(report: Report) -> str:
    """The page. Every text of the report is escaped; the only markup is this module's and that of the drawings."""
    anchors = {id(heading): f"s{k}" for k, heading in enumerate(report.headings(), 1)}
    blocks = (_contents(block, report, anchors) if isinstance(block, Contents) else _block(block, anchors) for block in report.blocks)
    body = [_cover(report.cover), *blocks]
    foot = f"{_text(report.running_title)} · {_text(report.running_mark)} · {report.issued.isoformat()}"
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[report.language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"<title>{_text(report.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + f"\n</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return resources.files("zuji.documents").joinpath("report.css").read_text(encoding="utf-8")


def _text(text: str) -> str:
    """Escaped text; lines stay lines, characters that HTML forbids are left out."""
    plain = "".join(c for c in text if c.isprintable() or c in "\n 　")
    return escape(plain, quote=True).replace("\n", "<br>")


def _cover(cover: Cover) -> str:
    mark = f'<p class="mark">{_text(cover.mark)}</p>' if cover.mark else ""
    product = f'<p class="product">{_text(cover.product)}</p>' if cover.product else ""
    return (
        f'<header class="cover"><p class="kicker">{_text(cover.kicker)}</p>{mark}<h1>{_text(cover.title)}</h1>{product}'
        f'<p class="producer">{_text(cover.producer)}</p><p class="headline"><span class="label">{_text(cover.headline_label)}</span>'
        f'<span class="number">{_text(cover.headline)}</span> <span class="unit">{_text(cover.headline_unit)}</span></p>'
        f'{_definitions(cover.facts)}<p class="statement">{_text(cover.statement)}</p></header>'
    )


def _contents(block: Contents, report: Report, anchors: dict[int, str]) -> str:
    entries = "".join(
        f'<li class="level{heading.level}"><a href="#{anchors[id(heading)]}">{_text(heading.full)}</a></li>'
        for heading in report.headings()
        if heading.level < 3
    )
    return f'<nav aria-label="{_text(block.title)}"><h2>{_text(block.title)}</h2><ol>{entries}</ol></nav>'


def _block(block: Block, anchors: dict[int, str]) -> str:
    if isinstance(block, Heading | Paragraph | Callout):
        return _worded(block, anchors)
    match block:
        case Bullets():
            return _list(block.items)
        case Definitions():
            return _definitions(block.rows)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case KeyFigures():
            return _key_figures(block)
    return ""


def _worded(block: Heading | Paragraph | Callout, anchors: dict[int, str]) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f'<h{level} id="{anchors[id(block)]}">{_text(block.full)}</h{level}>'
    if isinstance(block, Paragraph):
        return f'<p class="{block.tone}">{_text(block.text)}</p>'
    return f'<section class="callout {block.kind}"><h3>{_text(block.title)}</h3>{_list(block.items)}</section>'


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{_text(item)}</li>" for item in items) + "</ul>"


def _definitions(rows: tuple[tuple[str, str], ...]) -> str:
    return "<dl>" + "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in rows) + "</dl>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col" class="{c.align}">{_text(c.title)}</th>' for c in block.columns)
    rows = "".join(_row(row, block.columns) for row in block.rows)
    note = f'<p class="note">{_text(block.note)}</p>' if block.note else ""
    dense = " dense" if block.dense else ""
    return (
        f'<div class="wide"><table class="data{dense}"><caption><b>{_text(block.number)}</b> {_text(block.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _row(row: Row, columns: tuple[TableColumn, ...]) -> str:
    if row.kind == "group":
        return f'<tr class="group"><th scope="rowgroup" colspan="{len(columns)}">{_text(row.cells[0])}</th></tr>'
    cells = "".join(f'<td class="{c.align}">{_text(cell)}</td>' for cell, c in zip(row.cells, columns, strict=True))
    return f'<tr class="{row.kind}">{cells}</tr>'


def _figure(block: Figure) -> str:
    drawing = block.svg.replace("<svg ", f'<svg role="img" aria-label="{_text(block.alt)}" ', 1)
    return f"<figure>{drawing}<figcaption><b>{_text(block.number)}</b> {_text(block.caption)}</figcaption></figure>"


def _key_figures(block: KeyFigures) -> str:
    items = "".join(
        f'<div><dt>{_text(i.label)}</dt><dd><span class="number">{_text(i.value)}</span> <span class="unit">{_text(i.unit)}</span>'
        f'<span class="small">{_text(i.note)}</span></dd></div>'
        for i in block.items
    )
    return f'<dl class="keys">{items}</dl>'
