"""How a release of a basic database, and a dataset in it, are cited: by the database's own name and edition, and by the code of the release here."""

from django.utils.timezone import localdate

from zuji.engine.text import Text
from zuji.registry.inventory.queries import DatasetSheet, ReleaseRow
from zuji.web.citations import Citation, bibtex


def of_release(release: ReleaseRow, address: str, today: str) -> Citation:
    """How a release is cited. ``today`` is the day on which it was looked at, as 2026-11-27."""
    named = f"{release.name} {release.edition}".strip()
    kept = f"Zuji {release.code}, {address}"
    return Citation(
        sentence=Text(
            f"{named}。{release.publisher}。许可：{release.licence}。{kept}", f"{named}. {release.publisher}. {release.licence}. {kept}"
        ),
        gbt7714=f"{release.publisher}. {named}[DB/OL]. [{today}]. {address}.",
        bibtex=bibtex(
            f"zuji-{release.code}", title=named, author=release.publisher, address=address, today=today, fields=_fields(release, "")
        ),
    )


def of_dataset(dataset: DatasetSheet, address: str, today: str) -> Citation:
    """How a dataset is cited: its name, its identifier with its own version, then its release."""
    release, year = dataset.release, str(dataset.year or "")
    named = f"{release.name} {release.edition}".strip()
    identifier = f"{dataset.uuid}{f'@{dataset.version}' if dataset.version else ''}"
    kept = f"Zuji {release.code}/{dataset.number}, {address}"
    return Citation(
        sentence=Text(
            f"{dataset.name.zh or dataset.uuid}{f'（{year}）' if year else ''}。{identifier}。{named}，{release.publisher}。{kept}",
            f"{dataset.name.en or dataset.uuid}{f' ({year})' if year else ''}. {identifier}. {named}, {release.publisher}. {kept}",
        ),
        gbt7714=f"{release.publisher}. {dataset.name.zh or dataset.uuid}[DB/OL]//{named}. {f'({year})' if year else ''}[{today}]. {address}.",
        bibtex=bibtex(
            f"zuji-{release.code}-{dataset.number}",
            title=dataset.name.en or dataset.uuid,
            author=release.publisher,
            address=address,
            today=today,
            fields={"year": year, **_fields(release, f"{identifier}, ")},
        ),
    )


def _fields(release: ReleaseRow, first: str) -> dict[str, str]:
    named = f"{release.name} {release.edition}".strip()
    return {
        "howpublished": named,
        "note": f"{first}Zuji release {release.code}, imported {localdate(release.at).isoformat()}, {release.licence}",
    }
