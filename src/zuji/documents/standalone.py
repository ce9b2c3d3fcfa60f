"""A drawing as a file of its own: with its title, what it shows, and where its numbers come from, since no page stands around it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape  # writes only

from zuji.documents import theme

_LINE = 18
_MARGIN = 10


def described(drawing: str, title: str, description: str) -> str:
    """The SVG with ``<title>`` and ``<desc>``, which screen readers say and browsers show."""
    opening, end, rest = drawing.partition(">")
    words = f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>'
    return f'{opening} role="img" aria-labelledby="title desc"{end}{words}{rest}'


def standalone(drawing: str, size: tuple[int, int], title: str, footer: Sequence[str]) -> str:
    """The SVG with its title above and its provenance below, line by line."""
    width, height = size
    below = height + 34 + _MARGIN
    whole = below + _LINE * len(footer) + _MARGIN
    face = f'font-family="{theme.CHART_FACES}"'
    lines = "".join(
        f'<text x="12" y="{below + _LINE * (place + 1) - 6}" font-size="11" fill="{theme.GREY}" {face}>{escape(line)}</text>'
        for place, line in enumerate(footer)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{whole}" viewBox="0 0 {width} {whole}">'
        f'<rect width="{width}" height="{whole}" fill="#ffffff"/>'
        f'<text x="12" y="24" font-size="16" font-weight="600" fill="{theme.INK}" {face}>{escape(title)}</text>'
        f'<g transform="translate(0 34)">{drawing}</g>{lines}</svg>'
    )
