"""How things of the platform are cited: as a sentence in both languages, by GB/T 7714-2015, and as BibTeX."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.text import Text

_BRACED = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})


@dataclass(frozen=True, slots=True)
class Citation:
    """The ways to cite a thing; each names the source of the number first, and this platform's permanent address last."""

    sentence: Text
    gbt7714: str
    bibtex: str


def bibtex(key: str, *, title: str, author: str, address: str, today: str, fields: Mapping[str, str]) -> str:
    """An entry of BibTeX; fields without a text are left out. ``address`` and ``today`` stand as they are."""
    named = {"title": escaped(title), "author": f"{{{escaped(author)}}}" if author else ""}
    named |= {name: escaped(text) for name, text in fields.items()} | {"url": address, "urldate": today}
    lines = [f"  {name} = {{{value}}}" for name, value in named.items() if value]
    name = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")
    return "@misc{" + name + ",\n" + ",\n".join(lines) + "\n}"


def escaped(text: str) -> str:
    """A text as BibTeX takes it, on one line."""
    return " ".join(text.translate(_BRACED).split())
