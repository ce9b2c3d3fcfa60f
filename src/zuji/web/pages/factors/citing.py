"""How a version of a factor is cited."""

from django.utils.timezone import localdate

from zuji.engine.text import Text
from zuji.registry.governance.records import Record
from zuji.web.citations import Citation, bibtex


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
        bibtex=bibtex(
            factor.reference,
            title=f"{factor.name.en}: {value}",
            author=factor.publisher,
            address=address,
            today=today,
            fields={
                "year": year,
                "howpublished": factor.source,
                "number": record.document_number,
                "note": f"Zuji {factor.reference}, version {factor.version}"
                + (f", published {day}, {came.number}" if came is not None else ""),
            },
        ),
    )
