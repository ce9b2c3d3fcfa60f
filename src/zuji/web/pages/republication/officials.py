from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.refusals import Refused
from zuji.registry.republication import operations, queries
from zuji.registry.republication.previews import kept_preview, what_if
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line
from zuji.web.pages.republication import presenting

LINES = (
    Line(
        "factor",
        Text("现行因子版本", "Published version"),
        Text("编号@版本，如：CN-EL-CF-2024-national@1。", "As id@version, such as CN-EL-CF-2024-national@1."),
        most=161,
    ),
    Line(
        "value",
        Text("拟更新的数值", "Value that would replace it"),
        Text(
            "单位不变，各气体按原比例；留空表示撤销该因子。",
            "In the unit it has, its gases in the same proportions; empty: the factor is withdrawn.",
        ),
        needed=False,
        most=60,
    ),
)


def overview(request: HttpRequest) -> HttpResponse:
    """What publications do to the footprints of the province: a dry run of one's own, and those that were carried out."""
    who = viewer(request)
    form = Form(LINES, values={"factor": request.GET.get("factor", "")[:161]})
    if request.method == "POST":
        taken = form.take(request)
        try:
            made = operations.keep_preview([what_if(taken["factor"].strip(), taken["value"])], viewer=who)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("impact-preview", made.digest)
    shown = {"section": "factors", "form": form, "rows": queries.publications(viewer=who)}
    return render(request, "republication/overview.html", shown)


def kept(request: HttpRequest, digest: str) -> HttpResponse:
    """A dry run that was kept: what it counts, and the digest that a signature is bound to."""
    found = kept_preview(digest, viewer=viewer(request))
    return render(request, "republication/preview.html", {"section": "factors", "digest": found.digest, **shown_preview(found.shown)})


def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """How far a publication is."""
    found = queries.progress(publication, viewer=viewer(request))
    return render(request, "republication/publication.html", {"section": "factors", "found": found})


def shown_preview(content: dict[str, Any]) -> dict[str, object]:
    """What ``republication/preview_body.html`` shows of a dry run; pages of the governed process include it too."""
    classes = content["histogram"]
    return {
        "preview": content,
        "bars": presenting.histogram(classes) if classes is not None else None,
        "movers": presenting.movers(content["movers"]),
    }
