"""The interface itself: its description, its one error body, and where its endpoints are put together."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from zuji.engine.text import Text
from zuji.registry.refusals import NotFound, RegistryError
from zuji.web.api import (
    averages,
    catalogue,
    certificates,
    dossier_acts,
    dossiers,
    evidence,
    factors,
    products,
    results,
    spot_checks,
    submissions,
    token,
    versions,
)
from zuji.web.api.problem import Problem, of_refusal, problem
from zuji.web.api.reading import StrictParser
from zuji.web.api.signing_in import ProgramToken
from zuji.web.api.throttles import PerProgram

_log = logging.getLogger(__name__)
DESCRIPTION = """\
产品碳足迹公共服务平台的程序接口，与页面使用同一套操作。数值一律为十进制字符串；缺失为 null，从不为零。
The programming interface of the product carbon footprint service: the same operations as the pages. Numbers are decimal strings; what is missing is null,
never zero. Get a token at `/v1/token` with the id and secret that the enterprise's owner made for the program; send it as `Authorization: Bearer …`.
Requests that make something carry an `Idempotency-Key`. Every error has the body `Problem`.
"""


class Service(NinjaAPI):
    """Every operation names the errors that it can answer with."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for path in schema["paths"].values():
            for method, operation in path.items():
                _tell_errors(method, operation)
        schema["components"]["securitySchemes"].pop("Anybody", None)
        schema["components"]["schemas"].setdefault("Problem", Problem.model_json_schema(ref_template="#/components/schemas/{model}"))
        definitions = schema["components"]["schemas"]["Problem"].pop("$defs", {})
        schema["components"]["schemas"].update(definitions)
        return schema


api = Service(
    title="足迹 Zuji",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
    parser=StrictParser(),
    auth=ProgramToken(),
    throttle=[PerProgram("600/m")],
)
for prefix, router in (
    ("", token.router),
    ("", catalogue.router),
    ("", factors.router),
    ("", products.router),
    ("", versions.router),
    ("", evidence.router),
    ("", results.router),
    ("", submissions.router),
    ("", dossiers.router),
    ("", dossier_acts.router),
    ("", spot_checks.router),
    ("", certificates.router),
    ("", averages.router),
):
    api.add_router(prefix, router)


def _tell_errors(method: str, operation: dict[str, Any]) -> None:
    """Which errors an operation can answer with, as far as its description tells."""
    told = {"400": "the request cannot be read", "429": "too many requests; try again later"}
    optional = operation.get("security") == [{"Anybody": []}]
    if optional:
        operation["security"] = [{"ProgramToken": []}, {}]
    if operation.get("security") or operation["operationId"] == "token":
        told["401"] = "no token, or one that is no longer good"
    if any(each["in"] == "path" for each in operation.get("parameters", [])):
        told["404"] = "there is no such thing, or it is not open to this program"
    if operation.get("security") and not optional:
        told["403"] = "the program may look, and not do this"
        told["404"] = "there is no such thing, or it is not open to this program"
    if method != "get":
        told["409"] = "the state of things forbids it, or somebody else was faster"
    told["422"] = "what was sent has faults; each field says which"
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, description in told.items():
        operation["responses"].setdefault(status, {"description": description, "content": content})
    operation["responses"] = {str(key): value for key, value in operation["responses"].items()}


def _answer(made: Problem) -> HttpResponse:
    return HttpResponse(made.model_dump_json(), status=made.status, content_type="application/json; charset=utf-8")


@api.exception_handler(RegistryError)
def _refused(request: HttpRequest, refusal: RegistryError) -> HttpResponse:
    del request
    return _answer(of_refusal(refusal))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    del request
    fields = {}
    for fault in error.errors:
        where = ".".join(str(step) for step in fault["loc"][1:]) or str(fault["loc"][0])
        fields[where[:200]] = Text(f"不合要求：{fault['msg']}", str(fault["msg"]))
    return _answer(problem("invalid", 422, Text("请求有误，见各字段。", "The request has faults; see the fields."), fields))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del request, error
    said = Text("没有有效的访问令牌。请在 /v1/token 重新获取。", "There is no valid access token. Get one at /v1/token.")
    response = _answer(problem("unauthenticated", 401, said))
    response.headers["WWW-Authenticate"] = 'Bearer realm="zuji"'
    return response


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    del request
    response = _answer(problem("too-many-requests", 429, Text("请求过于频繁，请稍后再试。", "Too many requests. Try again later.")))
    response.headers["Retry-After"] = str(int(error.wait or 60))
    return response


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    del request
    said = Text(
        "请求体不是合规的 JSON（重复的名称、NaN、过深的嵌套与残缺字符也不接受）。",
        "The body is no sound JSON (a name twice, NaN, endless nesting and broken characters are not taken either).",
    )
    return _answer(problem("unreadable", error.status_code, said))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    del request, error
    return _answer(of_refusal(NotFound()))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("api: %s", type(error).__name__, exc_info=error)
    del request
    said = Text("服务器出错，已记录。请稍后再试。", "Something broke here, and it was noted. Try again later.")
    return _answer(problem("broken", 500, said))
