"""A release of a basic database, and a dataset in it, as data. What is not known is null, never zero."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from zuji.registry.inventory import queries as inventory
from zuji.registry.inventory.queries import DatasetSheet, ReleaseRow, ReleaseSheet
from zuji.registry.refusals import Refused
from zuji.web.asking import viewer
from zuji.web.pages.inventory.views import known_number


def release(request: HttpRequest, code: str) -> JsonResponse:
    """A release: where it comes from, what the gate said, how it was solved."""
    return _answer("inventory-release/1", of_release(inventory.release(code, viewer=viewer(request))))


def dataset(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """A dataset: its numbers under every GWP set and part, its exchanges as they were read, and what the gate found."""
    asking = viewer(request)
    sheet = inventory.dataset(code, known_number(number), viewer=asking)
    try:
        solved = inventory.intensities(code, sheet.uuid, viewer=asking) if sheet.value is not None else None
    except Refused:
        solved = None  # kept out, or its files are not what they were: no number is better than a wrong one
    return _answer("inventory-dataset/1", of_dataset(sheet, solved))


def of_release(sheet: ReleaseSheet) -> dict[str, Any]:
    """A release as text, numbers that count, and lists."""
    return {
        **_source(sheet),
        "package": sheet.package,
        "package_sha256": sheet.package_sha256,
        "judged_as_of": sheet.year,
        "summary_sha256": sheet.summary_hash,
        "background": sheet.background or None,
        "counts": {"read": sheet.datasets, "admitted": sheet.admitted, "complete": sheet.complete, "usable": sheet.usable},
        "standings": dict(sheet.standings),
        "solution": {name: _number(value) for name, value in sheet.solution.items()} or None,
        "summary": dict(sheet.summary),
        "faults": [dict(each) for each in sheet.faults],
        "releases": [each.code for each in sheet.others],
    }


def of_dataset(sheet: DatasetSheet, solved: inventory.Intensities | None) -> dict[str, Any]:
    """A dataset as text and lists. ``values`` are kgCO2e per unit of its product by set and part; null where there is no number."""
    return {
        "release": _source(sheet.release),
        "number": sheet.number,
        "uuid": sheet.uuid,
        "version": sheet.version or None,
        "name": _both(sheet.name),
        "location": sheet.location or None,
        "year": sheet.year,
        "kind": sheet.kind,
        "product": _both(sheet.product),
        "amount": sheet.amount or None,
        "unit": sheet.unit or None,
        "standing": sheet.standing,
        "inputs": sheet.inputs,
        "inputs_supplied": sheet.supplied,
        "lacks": sheet.lacks,
        "reasons": list(sheet.reasons),
        "values": None if solved is None else {name: _number(value) for name, value in solved.values.items()},
        "direct": None if solved is None else {name: _number(value) for name, value in solved.direct.items()},
        "complete": None if solved is None else solved.complete,
        "exchanges": [{name: value for name, value in line.items() if name != "name"} for line in sheet.exchanges],
        "findings": [dict(each) for each in sheet.findings],
        "digest": sheet.digest,
    }


def _source(row: ReleaseRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "edition": row.edition or None,
        "publisher": row.publisher,
        "licence": row.licence,
        "address": row.address or None,
        "format": row.format,
        "linking_rule": row.rule,
        "imported": row.at.isoformat(),
    }


def _both(text: Any) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}


def _number(value: float) -> str | int:
    """A binary number as the shortest decimal text that gives it again; a count as it is."""
    return value if isinstance(value, int) else repr(float(value))


def _answer(form: str, content: Mapping[str, Any]) -> JsonResponse:
    response = JsonResponse({"zuji": form, **content}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = "attachment"
    return response
