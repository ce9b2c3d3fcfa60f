import datetime
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.documents.inert_csv import csv_bytes
from zuji.engine.text import Text
from zuji.registry.accounts import operations
from zuji.registry.audit.chain import Entry
from zuji.registry.audit.operations import Action
from zuji.registry.audit.queries import Filters
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.footprints.files import download

MOST = 999_999_999
_COLUMNS = ("number", "at", "actor", "enterprise", "action", "subject", "details", "previous", "hash")


def reading(request: HttpRequest) -> HttpResponse:
    """The record, newest first, narrowed by actor, subject, action and period. That it was read is recorded."""
    before = whole_number(request.GET.get("before", ""), least=0, most=MOST)
    found = operations.read_record(viewer=viewer(request), filters=_filters(request), before=before or None)
    checked = json.loads(found.verified.details) if found.verified else None
    shown = {
        "section": "audit",
        "found": found,
        "first": not before,
        "actions": [action.value for action in Action],
        "asked": {name: request.GET.get(name, "") for name in ("actor", "subject", "action", "begins", "ends")},
        "checked": checked,
    }
    return render(request, "audit/record.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """What the filters leave as CSV or JSON, with the head of the chain: formula-safe, and recorded as taken out."""
    form = "json" if request.GET.get("form") == "json" else "csv"
    made = operations.export_record(viewer=viewer(request), filters=_filters(request), form=form)
    name = f"zuji-audit-{made.head.number if made.head else 0}.{form}"
    if form == "json":
        head = {"number": made.head.number, "at": made.head.at.isoformat(), "hash": made.head.hash} if made.head else None
        whole = {"head": head, "total": made.total, "events": [_fields(entry) for entry in made.entries]}
        return download(json.dumps(whole, ensure_ascii=False, indent=1).encode(), name, "application/json")
    rows = [_COLUMNS, *([str(value) for value in _fields(entry).values()] for entry in made.entries)]
    return download(csv_bytes(rows), name, "text/csv; charset=utf-8")


def verify(request: HttpRequest) -> HttpResponse:
    """The chain is recomputed from its first event."""
    found = operations.verify_record(viewer=viewer(request))
    if found.count:
        telling.refused(
            request,
            Text(f"记录链有 {found.count} 处错误：{found.faults[0]}", f"The chain has {found.count} faults, first: {found.faults[0]}"),
        )
    else:
        telling.done(
            request, Text(f"{found.events} 条记录首尾相接，没有错误。", f"{found.events} events, each naming the one before it: no fault.")
        )
    return redirect("audit")


def _filters(request: HttpRequest) -> Filters:
    asked = request.GET
    return Filters(
        actor=asked.get("actor", "").strip()[:120],
        subject=asked.get("subject", "").strip()[:300],
        action=asked.get("action", "") if asked.get("action", "") in list(Action) else "",
        begins=_day(asked.get("begins", "")),
        ends=_day(asked.get("ends", "")),
    )


def _day(text: str) -> datetime.date | None:
    """A day as the form sends it; what is none narrows nothing."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _fields(entry: Entry) -> dict[str, str | int]:
    values = (
        entry.number,
        entry.at.isoformat(),
        entry.actor,
        entry.enterprise,
        entry.action,
        entry.subject,
        entry.details,
        entry.previous,
        entry.hash,
    )
    return dict(zip(_COLUMNS, values, strict=True))
