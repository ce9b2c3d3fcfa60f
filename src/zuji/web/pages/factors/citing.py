"""How a version of a factor is cited: as a sentence in both languages, by GB/T 7714-2015 and as BibTeX."""

import re
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.factors.queries import Sheet

_BRACED = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})


@dataclass(frozen=True, slots=True)
class Citation:
    """The ways to cite a version; each names the source of the number first, and this platform's permanent address last."""

    sentence: Text
    gbt7714: str
    bibtex: str


def citation(factor: Sheet, address: str, today: str) -> Citation:
    """How ``factor`` is cited. ``today`` is the day on which it was looked at, as 2026-11-27."""
    by = f"{factor.publisher}. " if factor.publisher else ""
    value = f"{factor.value} {factor.unit}"
    year = str(factor.year) if factor.year else ""
    kept = f"Zuji {factor.reference}, {address}"
    return Citation(
        sentence=Text(
            f"{factor.name.zh}{f'（{year}）' if year else ''}：{value}。{factor.source}。{by}{kept}",
            f"{factor.name.en}{f' ({year})' if year else ''}: {value}. {factor.source}. {by}{kept}",
        ),
        # GB/T 7714-2015 8.5: responsible. title[DB/OL]. (date of the data)[day of citation]. address.
        gbt7714=f"{factor.publisher or '佚名'}. {factor.name.zh}：{value}[DB/OL]. {f'({year})' if year else ''}[{today}]. {address}.",
        bibtex=_bibtex(factor, address, today, year),
    )


def _bibtex(factor: Sheet, address: str, today: str, year: str) -> str:
    key = re.sub(r"[^A-Za-z0-9]+", "-", factor.reference).strip("-")
    fields = {
        "title": f"{factor.name.en}: {factor.value} {factor.unit}",
        "author": f"{{{_plain(factor.publisher)}}}" if factor.publisher else "",
        "year": year,
        "howpublished": _plain(factor.source),
        "note": f"Zuji {_plain(factor.reference)}, version {_plain(factor.version)}",
        "url": address,
        "urldate": today,
    }
    fields["title"] = _plain(fields["title"])
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@misc{" + key + ",\n" + ",\n".join(lines) + "\n}"


def _plain(text: str) -> str:
    return " ".join(text.translate(_BRACED).split())
