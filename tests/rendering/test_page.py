"""The HTML page: whole in itself, without script, with nothing of a user's text read as markup."""

import re
from html.parser import HTMLParser

from tests.unit.documents import sample
from zuji.documents import to_html
from zuji.documents.blocks import Figure, Table

ALLOWED = set(
    """html head meta title style body main header footer nav section h1 h2 h3 h4 p ol ul li a dl div dt dd
    span b br table caption thead tbody tr th td figure figcaption svg rect path text tspan g defs pattern clippath""".split()  # noqa: SIM905 - a list of names reads better as a line
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.found


def test_only_our_own_markup_is_in_the_page_whatever_the_names() -> None:
    for report in (sample.awkward_report("zh"), sample.example_report("map-fertiliser", "en")):
        found = tags(to_html(report))
        assert {tag for tag, _ in found} <= ALLOWED
        assert not [name for _, attributes in found for name in attributes if name.startswith("on") or name == "style"]


def test_nothing_is_fetched() -> None:
    page = to_html(sample.example_report("map-fertiliser", "zh"))
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "url(http" not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_tables_and_figures_are_all_there_with_words() -> None:
    report = sample.example_report("lfp-battery-pack", "zh")
    found = tags(to_html(report))
    assert sum(tag == "table" for tag, _ in found) == sum(isinstance(block, Table) for block in report.blocks)
    drawings = [attributes for tag, attributes in found if tag == "svg"]
    assert [a["aria-label"] for a in drawings] == [block.alt for block in report.blocks if isinstance(block, Figure)]
    assert all(a["role"] == "img" for a in drawings)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    found = tags(to_html(sample.example_report("lfp-battery-pack", "en")))
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for tag, a in found if tag == "a"} <= set(ids)
