"""Whether text that people typed stayed text: in pages, drawings, tables, data and letters."""

import csv
import io
import json
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import yaml

from tests.integration.access.tenant import WORD

_TAG = "zjx"  # what every payload would call


class _Page(HTMLParser):
    """Looks at elements and attributes as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or (name in {"href", "src", "action", "formaction"} and text.startswith(("javascript:", "data:"))):
                self.alive.append(f"<{tag} {name}={value}>")
            if _TAG in name or (name in {"id", "class", "src"} and _TAG in text):
                self.alive.append(f"<{tag} {name}={value}>")
            if tag in {"img", "iframe", "object", "embed", "base", "meta"} and text == "x":
                self.alive.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            self.alive.append(f"a script in the page: {data[:80]}")


def alive(answer: Any) -> list[str]:
    """What of an answer would do something, or cannot be read as what it says it is."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Disposition", "").startswith("attachment") and kind not in {"text/csv", "application/json"}:
        return [] if answer.headers["X-Content-Type-Options"] == "nosniff" else ["a file whose kind a browser guesses"]
    text = body.decode("utf-8-sig")
    match kind:
        case "text/html":
            page = _Page()
            page.feed(text)
            page.close()
            return page.alive + [
                f"a template in a template: {text[at - 40 : at + 10]}" for at in [text.find(WORD) if "}49" in text else -1] if at >= 0
            ]
        case "image/svg+xml" | "application/atom+xml":
            return _of_drawing(text) if kind == "image/svg+xml" else _of_feed(text)
        case "application/json":
            json.loads(text)
            return []
        case "text/csv":
            return [cell for line in csv.reader(io.StringIO(text)) for cell in line if cell[:1] in tuple("=@\t\r") or _formula(cell)]
        case "application/yaml" | "text/yaml" | "text/x-yaml":
            yaml.safe_load(text)
            return []
        case "":
            return []
    return [f"{kind} is not known here"] if "zjx" in text else []


def _of_drawing(text: str) -> list[str]:
    found = []
    for element in ElementTree.fromstring(text).iter():  # noqa: S314  # our own drawing
        name = str(element.tag).rpartition("}")[2]
        if name in {"script", "foreignObject", "image", "a", "use", "animate", "set", "img"}:
            found.append(f"<{name}>")
        found += [f"<{name} {key}>" for key in element.attrib if key.rpartition("}")[2].lower().startswith(("on", "href"))]
    return found


def _of_feed(text: str) -> list[str]:
    """Elements of other languages than Atom, and texts that a reader would take for markup."""
    elements = list(ElementTree.fromstring(text).iter())  # noqa: S314  # our own feed
    foreign = [str(each.tag) for each in elements if not str(each.tag).startswith("{http://www.w3.org/2005/Atom}")]
    return foreign + [f"{each.tag} as {each.attrib['type']}" for each in elements if each.get("type", "text") in {"html", "xhtml"}]


def _formula(cell: str) -> bool:
    """A minus or plus begins a number or a formula."""
    return cell[:1] in {"+", "-"} and not cell[1:].replace(".", "", 1).replace("e-", "", 1).replace("e+", "", 1).isdigit() and len(cell) > 1
