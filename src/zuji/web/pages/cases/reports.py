from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.registry.footprints import reporting
from zuji.registry.refusals import Refused
from zuji.web.asking import viewer


def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Where the reports of a footprint stand: the part of its page that is asked for again until they are written. A failed one is retried."""
    who = viewer(request)
    if request.method == "POST":
        try:
            reporting.write_again(viewer=who, footprint=code)
        except Refused:
            pass  # somebody else did it first, or they are written by now: the page says where they stand
        return redirect("footprint", code)
    found = reporting.reports(code, viewer=who)
    return render(request, "cases/reports.html", {"code": code, "found": found})
