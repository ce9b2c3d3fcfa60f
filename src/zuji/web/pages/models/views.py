from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.factors import queries as factors
from zuji.registry.models.queries import catalogue, rules
from zuji.web.pages.models import clauses


def models(request: HttpRequest) -> HttpResponse:
    """The product models, and the rules beside them."""
    return render(request, "models/list.html", {"section": "models", "models": catalogue(), "rules": rules().values()})


def model(request: HttpRequest, model: str) -> HttpResponse:
    """A product model: its questionnaire, read only."""
    found = next((each for each in catalogue() if each.id == model), None)
    if found is None:
        raise Http404
    wanted = [field.factor.id for field in found.model.fields.values() if field.factor and field.factor.id]
    shown = {
        "section": "models",
        "found": found,
        "model": found.model,
        "rule": rules().get(found.model.rule),
        "factors": {row.id: row for row in factors.rows(wanted)},
    }
    return render(request, "models/model.html", shown)


def rule(request: HttpRequest, rule: str, version: str) -> HttpResponse:
    """A product rule, clause by clause."""
    found = rules().get(f"{rule}@{version}")
    if found is None:
        raise Http404
    return render(request, "models/rule.html", {"section": "models", "rule": found, "clauses": clauses.shown(found)})
