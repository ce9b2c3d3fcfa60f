"""Looking into an ILCD tree by local names: files differ in prefixes and never in names."""

from collections.abc import Iterator

from zuji.formats.intake import Element, line_of
from zuji.formats.inventory import Name, Place

__all__ = ["LANGUAGE", "Element", "attribute", "children", "find", "name_of", "place_of", "text"]

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The child elements of a local name."""
    return iter(()) if element is None else element.iterchildren(f"{{*}}{name}")


def find(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def text(element: Element | None, *path: str) -> str:
    """The text at the end of a path, without surrounding white space; empty where there is none."""
    found = find(element, *path)
    return "" if found is None or found.text is None else found.text.strip()


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name; empty where there is none."""
    return "" if element is None else (element.get(name) or "").strip()


def name_of(element: Element | None, *parts: str) -> Name:
    """The multilingual text of child elements, several parts joined by ``;``. Without xml:lang a text is English (ILCD's default)."""
    found: dict[str, list[str]] = {}
    for part in parts:
        said: dict[str, str] = {}
        for child in children(element, part):
            language = (child.get(LANGUAGE) or "en").lower().partition("-")[0]
            written = " ".join((child.text or "").split())
            if written:
                said.setdefault(language, written)
        for language, written in said.items():
            found.setdefault(language, []).append(written)
    whole = {language: "; ".join(texts) for language, texts in found.items()}
    other = next((whole[language] for language in sorted(whole) if language not in {"zh", "en"}), "")
    zh, en = whole.get("zh", ""), whole.get("en", "")
    return Name(zh=zh, en=en, other="" if zh or en else other)


def place_of(element: Element, place: Place, path: str) -> Place:
    """The place of an element: its path in words of the format, and its line where the parser knows it."""
    line = line_of(element)
    return place.at(f"{path} ({line})" if line else path)
