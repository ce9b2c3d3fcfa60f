from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.codes import new_code
from zuji.registry.footprints import cases
from zuji.registry.footprints import queries as footprints
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations, queries
from zuji.registry.refusals import Refused
from zuji.registry.republication import queries as republication
from zuji.rules.models import ProductModel
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line
from zuji.web.pages.products.questions import own
from zuji.workflow.permissions import Permission

NAME_ZH = Line(
    "name_zh",
    Text("产品名称", "Name in Chinese"),
    Text("按出厂标识或合同上的名称，如：磷酸一铵。", "As on the label or in contracts, such as 磷酸一铵."),
    most=200,
)
NAME_EN = Line(
    "name_en",
    Text("英文名称", "Name in English"),
    Text("不填时英文页面显示中文名称。", "Left out, the Chinese name is shown on English pages."),
    needed=False,
    most=200,
)
SPECIFICATION = Line(
    "specification",
    Text("规格型号", "Specification"),
    Text(
        "规格不同，碳足迹不同，须分别建立产品，如：粉状 11-53-0。",
        "Another specification has another footprint and is a product of its own.",
    ),
    needed=False,
    most=200,
)
_FORM_SALT = "zuji.new-product"


def new(request: HttpRequest, uscc: str) -> HttpResponse:
    """A new product: first the model is chosen from the gallery, then the product is named."""
    who = viewer(request)
    owner = accounts.enterprise(viewer=who, uscc=uscc)
    chosen = catalogue.newest(request.GET.get("model", "")) if request.method == "GET" else catalogue.newest(request.POST.get("model", ""))
    shown = {"owner": owner, "models": catalogue.catalogue(), "chosen": chosen, "primary": _primary(chosen) if chosen else ()}
    if chosen is None:
        examples = {row.study_id: row.code for row in footprints.demonstrations()}
        return render(request, "products/gallery.html", {**shown, "examples": examples})
    form = Form((NAME_ZH, NAME_EN, SPECIFICATION, _site_line(who, uscc)))
    if request.method == "POST":
        taken = form.take(request)
        try:
            code = operations.create_product(
                viewer=who,
                enterprise=owner.enterprise,
                name=Text(taken["name_zh"], taken["name_en"]),
                specification=taken["specification"],
                site=_site(taken["site"]),
                model=chosen.id,
                code=_code_of_the_form(request.POST.get("once", "")),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("version", code, 1)
    once = request.POST.get("once") or signing.dumps(new_code(), salt=_FORM_SALT)
    return render(request, "products/new.html", {**shown, "form": form, "once": once})


def product(request: HttpRequest, code: str) -> HttpResponse:
    """A product: its versions with their states and results."""
    who = viewer(request)
    found = queries.product(code, viewer=who)
    rows = footprints.of_product(code, viewer=who)
    results: dict[int, footprints.VersionRow] = {}
    for row in rows:
        results.setdefault(row.number, row)
    drafts = any(version.state in {"draft", "awaiting_sign_off"} for version in found.versions)
    shown = {
        "found": found,
        "model": catalogue.newest(found.row.model),
        "versions": [(version, results.get(version.number)) for version in found.versions],
        "results": rows,
        "cases": {case.version: case.number for case in cases.of_product(code, viewer=who)},
        "may_edit": Permission.EDIT in found.may,
        "newest": found.versions[0].number,
        "drafts": [row for row in republication.of_product(code, viewer=who) if row.open and row.current],
        "open_draft": drafts,
        "entrusted": found.row.enterprise not in who.enterprises,
    }
    return render(request, "products/product.html", shown)


def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Other names, specification and site."""
    who = viewer(request)
    found = queries.product(code, viewer=who)
    who.demand(Permission.EDIT, enterprise=found.row.enterprise, product=code)
    kept = {
        "name_zh": found.row.name.zh,
        "name_en": found.row.name.en if found.row.name.en != found.row.name.zh else "",
        "specification": found.row.specification,
        "site": str(found.site_id or ""),
    }
    sites = () if found.row.enterprise not in who.enterprises else (_site_line(who, found.row.uscc),)
    form = Form((NAME_ZH, NAME_EN, SPECIFICATION, *sites), values=kept)
    if request.method == "POST":
        taken = {**kept, **form.take(request)}
        try:
            operations.describe_product(
                viewer=who,
                product=code,
                name=Text(taken["name_zh"], taken["name_en"]),
                specification=taken["specification"],
                site=_site(taken["site"]),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("产品名称已保存。", "The product's names were saved."))
            return redirect("product", code)
    return render(request, "products/describe.html", {"found": found, "form": form})


def archive(request: HttpRequest, code: str) -> HttpResponse:
    """Out of the lists, or back."""
    archived = request.POST.get("archived", "") == "yes"
    operations.archive_product(viewer=viewer(request), product=code, archived=archived)
    done = Text("产品已归档：不再列出，数据都还在。", "The product is archived: it is not listed, and all of it is kept.")
    telling.done(request, done if archived else Text("产品已恢复。", "The product is listed again."))
    return redirect("product", code)


def new_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A further version with the answers of this one. Sent twice, it is made once."""
    try:
        made = operations.new_version(viewer=viewer(request), product=code, base=number)
    except Refused as refused:
        telling.refused(request, refused.text)
        return redirect("product", code)
    telling.done(
        request, Text(f"已建立第 {made} 版，带有第 {number} 版的数据。", f"Version {made} was made with the answers of version {number}.")
    )
    return redirect("version", code, made)


def move_model(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version whose model is no longer on offer: its answers are all shown, and it can take the newest model."""
    who = viewer(request)
    draft = queries.version(code, number, viewer=who)
    newest = catalogue.newest(draft.model.partition("@")[0])
    shown = {
        "draft": draft,
        "newest": newest,
        "answers": sorted(draft.answers.items()),
        "dropped": _dropped(draft, newest),
        "may_edit": Permission.EDIT in draft.may and draft.state == "draft",
        "current": catalogue.pinned(draft.model) is not None and newest is not None and newest.reference == draft.model,
    }
    return render(request, "products/move_model.html", shown)


def move(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take the newest version of the model."""
    try:
        reference = operations.move_to_newest_model(viewer=viewer(request), product=code, number=number)
    except Refused as refused:
        telling.refused(request, refused.text)
        return redirect("move-model", code, number)
    telling.done(request, Text(f"本版本现在采用 {reference}。", f"This version now uses {reference}."))
    return redirect("version", code, number)


def _dropped(draft: queries.Draft, newest: ProductModel | None) -> list[str]:
    fields = newest.model.fields if newest else {}
    return sorted(key for key in draft.answers if key.partition(".")[0] not in {*fields, "declared_unit"})


def _primary(model: ProductModel) -> list[Text]:
    """What a model wants measured by the plant: the data to have at hand before beginning."""
    return [field.label.text for field in own(model.model.fields.values()) if field.primary and not field.when]


def _site_line(who: Viewer, uscc: str) -> Line:
    sites = [site for site in accounts.sites(viewer=who, uscc=uscc) if not site.closed]
    options = (("", Text("未指定", "not stated")), *((str(site.site), site.name) for site in sites))
    return Line(
        "site",
        Text("生产场所", "Site"),
        Text(
            "碳足迹按生产地点核算；场所在企业页面登记。",
            "A footprint is for one place of production; sites are registered on the enterprise's page.",
        ),
        kind="select",
        needed=False,
        options=options,
    )


def _site(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _code_of_the_form(once: str) -> str:
    """The code that this form was given when it was shown; a form without one makes a product of its own."""
    try:
        return str(signing.loads(once, salt=_FORM_SALT))
    except signing.BadSignature:
        return ""
