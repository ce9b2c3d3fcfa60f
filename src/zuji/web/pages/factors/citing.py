"""How a version of a factor is cited: as a sentence in both languages, by GB/T 7714-2015 and as BibTeX."""

import re
from dataclasses import dataclass

from django.utils.timezone import localdate

from zuji.engine.text import Text
from zuji.registry.governance.records import Record

_BRACED = str.maketrans({"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})


@dataclass(frozen=True, slots=True)
class Citation:
    """The ways to cite a version; each names the source of the number first, and this platform's permanent address last."""

    sentence: Text
    gbt7714: str
    bibtex: str


def citation(record: Record, address: str, today: str) -> Citation:
    """How a version is cited. ``today`` is the day on which it was looked at, as 2026-11-27.

    A version that passed review here is cited with the number of its source document, the day of its publication and its dossier.
    """
    factor, came = record.sheet, record.came
    by = f"{factor.publisher}. " if factor.publisher else ""
    number = f"{record.document_number}. " if record.document_number else ""
    day = localdate(came.published).isoformat() if came is not None else ""
    here = Text(f"{day} 公布，{came.number}。", f"Published {day}, {came.number}. ") if came is not None else Text("", "")
    value = f"{factor.value} {factor.unit}"
    year = str(factor.year) if factor.year else ""
    kept = f"Zuji {factor.reference}, {address}"
    return Citation(
        sentence=Text(
            f"{factor.name.zh}{f'（{year}）' if year else ''}：{value}。{factor.source}。{by}{number}{here.zh}{kept}",
            f"{factor.name.en}{f' ({year})' if year else ''}: {value}. {factor.source}. {by}{number}{here.en}{kept}",
        ),
        # GB/T 7714-2015 8.5: responsible. title[DB/OL]. (date of the data)[day of citation]. address.
        gbt7714=f"{factor.publisher or '佚名'}. {factor.name.zh}：{value}[DB/OL]. {f'({day or year})' if day or year else ''}[{today}]. {address}.",
        bibtex=_bibtex(record, address, today, year),
    )


def _bibtex(record: Record, address: str, today: str, year: str) -> str:
    factor, came = record.sheet, record.came
    key = re.sub(r"[^A-Za-z0-9]+", "-", factor.reference).strip("-")
    fields = {
        "title": f"{factor.name.en}: {factor.value} {factor.unit}",
        "author": f"{{{_plain(factor.publisher)}}}" if factor.publisher else "",
        "year": year,
        "howpublished": _plain(factor.source),
        "number": _plain(record.document_number),
        "note": f"Zuji {_plain(factor.reference)}, version {_plain(factor.version)}"
        + (f", published {localdate(came.published).isoformat()}, {_plain(came.number)}" if came is not None else ""),
        "url": address,
        "urldate": today,
    }
    fields["title"] = _plain(fields["title"])
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@misc{" + key + ",\n" + ",\n".join(lines) + "\n}"


def _plain(text: str) -> str:
    return " ".join(text.translate(_BRACED).split())
