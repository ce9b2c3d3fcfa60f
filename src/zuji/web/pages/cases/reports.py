import contextlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.registry.footprints import reporting
from zuji.registry.refusals import Refused
from zuji.web.asking import viewer


def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Where the reports of a footprint stand: the part of its page that is asked for again until they are written. A failed one is retried."""
    who = viewer(request)
    if request.method == "POST":
        with contextlib.suppress(Refused):  # somebody else did it first, or they are written by now: the page says where they stand
            reporting.write_again(viewer=who, footprint=code)
        return redirect("footprint", code)
    return render(request, "cases/reports.html", {"code": code, "written": reporting.reports(code, viewer=who)})
