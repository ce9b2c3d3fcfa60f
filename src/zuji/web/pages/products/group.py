"""One page of the questionnaire: shown, and saved without a script."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.footprints.answering import answers_findings
from zuji.registry.footprints.live import live
from zuji.registry.products import operations, queries
from zuji.registry.products.conflict import BadAnswers, Conflict
from zuji.registry.refusals import NotFound, Refused
from zuji.rules.model_schema import Group
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.pages.products import taking
from zuji.web.pages.products.clashes import Clashing, clashing
from zuji.web.pages.products.places import anchor
from zuji.web.pages.products.questions import own, questions
from zuji.web.pages.products.version import Asked, asked, not_saved, twins
from zuji.web.sessions import prolong
from zuji.web.uploads import keep_upload

OPENED = "open"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why what was sent is shown again instead of kept."""

    typed: Mapping[str, str | None] = field(default_factory=dict)
    refusal: Text | None = None
    faults: Mapping[str, Text] = field(default_factory=dict)
    clashes: tuple[Clashing, ...] = ()
    revision: int | None = None
    status: int = 200


def show(request: HttpRequest, code: str, number: int, group: str) -> HttpResponse:
    """The page of a group."""
    found = asked(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    operations.see_group(viewer=viewer(request), product=code, number=number, group=_group(found, group).id)
    return _page(request, found, _group(found, group), Trouble())


def save(request: HttpRequest, code: str, number: int, group: str) -> HttpResponse:
    """Keep what the form of a group sent, and go on: to the next page, or back to this one where something is wrong."""
    who = viewer(request)
    uploaded = request.FILES  # reads the request, so that what stands before a file that is too large is known
    del uploaded
    found = asked(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    here = _group(found, group)
    typed = taking.typed(request.POST, here)
    base = taking.base_revision(request.POST, found.draft.revision)
    seen = found.draft.answers if base == found.draft.revision else queries.answers_at(code, number, base, viewer=who)
    changes = taking.differing(typed, seen, found.model)
    try:
        saved = operations.save_answers(viewer=who, product=code, number=number, base_revision=base, changes=changes)
    except Conflict as conflict:
        # Read again: what stands beside the clashes has to be as new as the revision that the form is sent from next.
        now = Asked(queries.version(code, number, viewer=who), found.model)
        trouble = Trouble(changes, conflict.text, clashes=clashing(conflict, found.model), revision=conflict.revision, status=409)
        return _page(request, now, here, trouble)
    except BadAnswers as bad:
        return _page(request, found, here, Trouble(changes, not_saved(bad), faults=bad.fields, revision=base, status=422))
    except Refused as refused:
        return _page(request, found, here, Trouble(changes, not_saved(refused), revision=base, status=409))
    if saved.read_as:
        telling.done(request, _read_otherwise(found, saved.read_as))
    act, _, rest = request.POST.get("act", "").partition(":")
    if act in {"attach", "detach"}:
        return _evidence(request, found, here, act, rest)
    finished = {"yes": True, "no": False}.get(request.POST.get("finished", ""))
    if finished is not None:
        operations.see_group(viewer=who, product=code, number=number, group=here.id, finished=finished)
    return HttpResponseRedirect(_onward(request, found, here, finished=bool(finished)))


def _group(found: Asked, group: str) -> Group:
    here = next((each for each in found.model.groups if each.id == group and own(each.fields)), None)
    if here is None:
        raise NotFound
    return here


def _page(request: HttpRequest, found: Asked, group: Group, trouble: Trouble) -> HttpResponse:
    draft, model = found.draft, found.model
    answers = {key: value for key, value in {**draft.answers, **trouble.typed}.items() if value is not None}
    findings = answers_findings(draft, answers)
    listed = questions(draft, model, group, answers, findings=findings, faults=trouble.faults, opened=request.GET.get(OPENED, ""))
    groups = [each for each in model.groups if own(each.fields)]
    place = groups.index(group)
    here = reverse("version-group", args=(draft.product, draft.number, group.id))
    shown = {
        "draft": draft,
        "model": model,
        "group": group,
        "questions": listed,
        "wrong": [question for question in listed if question.wrong],
        "trouble": trouble,
        "revision": draft.revision if trouble.revision is None else trouble.revision,
        "finished": draft.seen.get(group.id, False),
        "may_edit": found.may_edit,
        "place": place + 1,
        "groups": groups,
        "before": groups[place - 1] if place else None,
        "after": groups[place + 1] if place + 1 < len(groups) else None,
        "live": live(viewer=viewer(request), product=draft.product, number=draft.number, changes={}),
        "session": prolong(request),
        "scripts": found.may_edit and not trouble.clashes,
        **twins(here),
    }
    return render(request, "products/group.html", shown, status=trouble.status)


def _evidence(request: HttpRequest, found: Asked, group: Group, act: str, rest: str) -> HttpResponse:
    """Put a file behind an answer, or take one away, and show the page again at that field."""
    draft = found.draft
    key, _, file = rest.partition(":")
    if key not in {each.key for each in own(group.fields)}:
        raise NotFound
    who = viewer(request)
    try:
        if act == "attach":
            kept = keep_upload(request, enterprise=draft.enterprise, product=draft.product, field=f"file:{key}")
            operations.attach(viewer=who, product=draft.product, number=draft.number, key=key, file=kept)
            telling.done(request, Text("佐证文件已保存。", "The evidence file was kept."))
        else:
            operations.detach(viewer=who, product=draft.product, number=draft.number, key=key, file=file)
            telling.done(
                request,
                Text(
                    "佐证文件已从这一项取下；文件本身保留在记录中。",
                    "The file no longer stands behind this field; it stays in the records.",
                ),
            )
    except Refused as refused:
        telling.refused(request, Text(f"佐证文件没有保存：{refused.text.zh}", f"The evidence file was not kept: {refused.text.en}"))
    here = reverse("version-group", args=(draft.product, draft.number, group.id))
    return HttpResponseRedirect(f"{here}?{OPENED}={key}#{anchor(key)}")


def _onward(request: HttpRequest, found: Asked, group: Group, *, finished: bool) -> str:
    """Back to this page where an answer is wrong, or missing although the page was said to be filled in; else on to the next."""
    draft, model = found.draft, found.model
    now = queries.version(draft.product, draft.number, viewer=viewer(request))
    here = reverse("version-group", args=(draft.product, draft.number, group.id))
    findings = answers_findings(now, now.answers)
    wrong = [each for each in findings if each.group == group.id and each.severity == "error"]
    if any(finished or each.code != "model.required" for each in wrong):
        telling.refused(
            request, Text("已保存。本页还有须改正之处，见下。", "Saved. Some things on this page have to be put right; see below.")
        )
        return here
    if {each.key for each in own(group.fields)} & (model.asked(now.answers) - model.asked(draft.answers)):
        telling.done(
            request, Text("已保存。您的选择带出了新的问题，请在本页继续。", "Saved. Your choice brings up more questions on this page.")
        )
        return here
    groups = [each for each in model.groups if own(each.fields)]
    following = groups[groups.index(group) + 1 :]
    telling.done(request, Text(f"“{group.title.zh}”已保存。", f"“{group.title.en}” was saved."))
    if following and request.POST.get("act") != "list":
        return reverse("version-group", args=(draft.product, draft.number, following[0].id))
    return reverse("version", args=(draft.product, draft.number))


def _read_otherwise(found: Asked, read_as: Mapping[str, str]) -> Text:
    fields = found.model.model.fields
    named = [(fields[key.partition(".")[0]].label, value) for key, value in read_as.items()]
    zh = "；".join(f"“{label.zh}”读作 {value}" for label, value in named)
    en = "; ".join(f"“{label.en}” was read as {value}" for label, value in named)
    return Text(f"{zh}。", f"{en}.")
