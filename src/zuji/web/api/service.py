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
from zuji.web.api.throttles import EVERYTHING, PROGRAM, STRANGER, TOKENS

_log = logging.getLogger(__name__)
DESCRIPTION = f"""\
产品碳足迹公共服务平台的程序接口，与页面使用同一套操作。数值一律为十进制字符串；缺失为 null，从不为零。
The programming interface of the product carbon footprint service: the same operations as the pages. Numbers are decimal strings; what is missing is null,
never zero. Get a token at `/v1/token` with the id and secret that the enterprise's owner made for the program; send it as `Authorization: Bearer …`.
Requests that make something carry an `Idempotency-Key`. Every error has the body `Problem`.

读取公开的因子无须令牌，每个 IP 地址每分钟 {STRANGER} 次；带令牌的程序每分钟 {PROGRAM} 次；换取令牌每分钟 {TOKENS} 次。
超过时返回 429，`Retry-After` 说明多少秒后再试。每个服务进程各自计数。
Public factors are read without a token, {STRANGER} requests a minute by one address; a program with a token has {PROGRAM} a minute; {TOKENS} tokens a minute are
given to one address. Beyond that the answer is 429, and `Retry-After` says after how many seconds to try again. Each worker process counts by itself.
"""
_HEADERS: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"description": "how to show a token (RFC 6750)", "schema": {"type": "string"}}},
    "429": {
        "Retry-After": {"description": "seconds until the next request is taken (RFC 9110)", "schema": {"type": "integer", "minimum": 0}}
    },
}


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
    throttle=[EVERYTHING],
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
    optional = operation.get("security") == [{"Anybody": []}]
    told = {"400": "the request cannot be read", "429": f"too many requests: {_limit(operation, optional)}; try again later"}
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
        answer = {"description": description, "content": content}
        operation["responses"].setdefault(status, answer | ({"headers": _HEADERS[status]} if status in _HEADERS else {}))
    operation["responses"] = {str(key): value for key, value in operation["responses"].items()}


def _limit(operation: dict[str, Any], optional: bool) -> str:
    if operation["operationId"] == "token":
        return f"{TOKENS} a minute from one address"
    if optional:
        return f"{STRANGER} a minute from one address without a token, {PROGRAM} for a program with one"
    return f"{PROGRAM} a minute for one program, or for one address where no program shows itself"


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
