"""Every request that the site takes, generated from its own list of addresses, and the thing that stands in each place of an address.

To add a page or an endpoint, nothing is done here unless its address names a kind of thing that no address named before: that is one line of
``PLACES``. A form that has to be filled in to do something has its fields in ``SENT``. What comes of each request is in ``docs/access.md``.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver

from tests.integration.access.tenant import (
    EVIDENCE_KEY,
    MODEL,
    NOBODY,
    NUMBER,
    PUBLICATION,
    REPLACED,
    SECRET,
    TO_REVOKE,
    Tenant,
    Value,
    mark,
    uscc,
)
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.governance.models import Revocation
from zuji.registry.governance.revoking import standing_digest, version
from zuji.registry.republication import previews
from zuji.web.access import Access

_NO_CODE = "z" * 26
_NO_NUMBER = "987654321"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands there: the tenant's ``thing``; one that does not exist; and what another enterprise has of its own (by its name in ``rival``)."""

    thing: str | Value
    missing: str | None = None  # None: it is nobody's in particular
    own: str = ""


PLACES: Mapping[str, Place] = {
    "enterprises/<uscc>": Place(SECRET.uscc, NOBODY, "uscc"),
    "office/<uscc>": Place(SECRET.uscc, NOBODY),
    "dossiers/<dossier>": Place(lambda t: t.dossier, _NO_CODE),
    "letters/<step>": Place(lambda t: str(t.step), _NO_NUMBER),
    ".<letter_language>": Place("zh"),
    "documents/<file>": Place(lambda t: t.dossier_file, _NO_CODE),
    "dossiers/<dossier>/evidence/<file>": Place(lambda t: t.dossier_file, _NO_CODE),
    "spot-checks/<number>": Place(lambda t: t.round),
    "revocations/<revocation>": Place(lambda t: t.revocation),
    "duties/<appointment>": Place(lambda t: str(t.appointment), _NO_NUMBER),
    "members/<user>": Place(lambda t: str(t.member), _NO_NUMBER),
    "invitations/<invitation>": Place(lambda t: str(t.invitation), _NO_NUMBER),
    "sites/<site>": Place(lambda t: str(t.site), _NO_NUMBER),
    "delegations/<delegation>": Place(lambda t: str(t.delegation), _NO_NUMBER),
    "programs/<client>": Place(lambda t: t.own_program, _NO_CODE),
    "clients/<client>": Place(lambda t: t.client_id, _NO_CODE),
    "invitations/<token>": Place(lambda t: t.invitation_token, _NO_CODE),
    "register/complete/<token>": Place(lambda t: t.registration, _NO_CODE),
    "averages/<call>": Place(lambda t: t.call),
    "contribute/<uscc>": Place(SECRET.uscc, NOBODY, "uscc"),
    "contributions/<contribution>": Place(lambda t: t.contribution, _NO_CODE),
    "certificates/<certificate>": Place(lambda t: t.certificate, _NO_CODE),
    "claims/<claim>": Place(lambda t: t.claim, _NO_CODE),
    "electricity/<certificate>": Place(lambda t: t.certificate, _NO_CODE),
    "products/<code>": Place(lambda t: t.draft.code, _NO_CODE, "product"),
    "/v<number>": Place("1", "987", "version"),
    "versions/<number>": Place("1", "987", "version"),
    "g/<group>": Place("ammonia"),
    "pages/<group>": Place("ammonia"),
    "evidence/<code>": Place(lambda t: t.file, _NO_CODE),
    "evidence/<file>": Place(lambda t: t.file, _NO_CODE),
    "evidence/<field>": Place(EVIDENCE_KEY),
    "evidence/<field>/<file>": Place(lambda t: t.file, _NO_CODE),
    "footprints/<code>": Place(lambda t: t.submitted.footprint, _NO_CODE, "footprint"),
    "successors/<publication>": Place(PUBLICATION, "P-2026-987"),
    "publications/<publication>": Place(PUBLICATION, "P-2026-987"),
    "previews/<digest>": Place(lambda t: t.preview, "0" * 64),
    "compare/<before>": Place(lambda t: t.submitted.footprint, _NO_CODE, "footprint"),
    "compare/<before>/<after>": Place(lambda t: t.withdrawn.footprint, _NO_CODE, "footprint"),
    "cases/<number>": Place(lambda t: t.submitted.case, "ZJ-2026-987654"),
    "cases/<case>": Place(lambda t: t.submitted.case, "ZJ-2026-987654"),
    "report.<report_language>": Place("zh"),
    ".<form>": Place("pdf"),
    "reports/<language>": Place("zh"),
    "charts/<chart>": Place("stages"),
    "factors/<field>": Place(EVIDENCE_KEY),
    "factors/<factor>": Place("CN-EL-CF-2024-national"),
    "factors/<factor>@<version>": Place("1"),
    "factors/<factor>/<version>": Place("1"),
    "letters/<act>": Place("publish"),  # of a version that came with the product there is none
    "compare/<version>": Place("1"),
    "compare/<version>/<other>": Place("1"),
    "inventory/<code>": Place(lambda t: t.inventory),
    "inventory/<code>/<number>": Place("1"),
    "inventory/<code>/<number>/<gwp>": Place("AR6"),
    "<number>/<form>": Place("ilcd"),
    "<gwp>/<table>": Place("parts"),
    "analysis/<chart>": Place("paths"),
    "since/<earlier>": Place(lambda t: t.inventory),
    "models/<model>": Place("portland-cement"),
    "rules/<rule>": Place("cement"),
    "rules/<rule>@<version>": Place("1.0.0"),
    "key/<uidb36>": Place("1"),
    "-<key>": Place("abc-0123"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form or a program sends. ``act`` tells several forms of one address apart; ``places`` are other things than those of ``PLACES``."""

    act: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    content: Any = None
    places: Mapping[str, Value] = field(default_factory=dict)


def _day(days: int) -> str:
    return (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=days)).isoformat()


_SITE = {"name_zh": "一分厂", "name_en": "Works 1", "address": "江边 1 号", "division": "420203"}
_CALL = {
    "name_zh": "磷酸",
    "name_en": "Acid",
    "kind": "life-cycle",
    "category": "phosphorus",
    "unit": "kgCO2e/t",
    "boundary": "摇篮到大门",
    "geography": "CN-HB",
    "start": "2025-01-01",
    "end": "2025-12-31",
    "filters": "",
}
_CERTIFICATE: Mapping[str, Any] = {
    "number": "GEC-NEW-1",
    "volume": "10",
    "start": "2025-01-01",
    "end": "2025-12-31",
    "type": "wind",
    "issuer": "核发机构",
    "site": lambda t: str(t.site),
    "file": b"certificate\n",
}
_OUTSIDE = {"email": "outside@test.example", "role": "viewer", "expires": _day(30)}
_PASSWORD = "eleven purple elephants dance"  # of nobody
_REGISTRATION = {
    "email": "new@test.example",
    "name": "新人",
    "uscc": uscc("91420500MADEM9999"),
    "name_zh": "新企业",
    "name_en": "",
    "city": "荆门",
}
_ANSWER = {"ammonia": "57120"}
_DRAFTED: Mapping[str, Value] = {"dossiers/<dossier>": lambda t: t.dossier_draft}
_AWAITING: Mapping[str, Value] = {"products/<code>": lambda t: t.awaiting.code}
_READY: Mapping[str, Value] = {"products/<code>": lambda t: t.ready.code}
_REVOKING: Mapping[str, Any] = {
    "factor": TO_REVOKE,
    "reason_code": "method",
    "reason": "方法有误",
    "seen": lambda _: standing_digest(version(TO_REVOKE)),
    "preview": lambda _: previews.preview([previews.Proposed(TO_REVOKE, None)], viewer=SYSTEM).digest,
}
_SEEN_OF_REVOCATION: Mapping[str, Any] = {
    "seen": lambda t: Revocation.objects.get(pk=t.revocation).digest,
    "preview": lambda t: Revocation.objects.get(pk=t.revocation).preview,
}
_SUBMITTED: Mapping[str, Value] = {"products/<code>": lambda t: t.submitted.code}

SENT: Mapping[str, tuple[Sent, ...]] = {
    "POST dossier-new": (Sent(fields={"code": "a" * 26}),),
    "POST dossier": (
        Sent("withdraw", {"act": "withdraw", "reason": "另行提交"}),
        Sent("return_untraced", {"act": "return_untraced", "reason": "页码不符"}),
    ),
    "POST dossier-edit": (Sent(fields={"revision": "2", "name_zh": "改名", "act": "stay"}, places=_DRAFTED),),
    "GET revocation-letter": (Sent(places={"revocations/<revocation>": lambda t: t.revoked}),),
    "POST revocation-new": (Sent(fields=_REVOKING),),
    "POST revocation": (
        Sent("confirm", {"act": "confirm", **_SEEN_OF_REVOCATION}),
        Sent("drop", {"act": "drop", "reason": "数值无误"}),
    ),
    "POST spot-check-announce": (Sent(fields={"draw_at": "2099-01-01T00:00", "percent": "20", "seed": "", "origin": ""}),),
    "POST enterprise-data": (Sent(fields={"name_zh": "新名", "name_en": "New", "city": "荆门"}),),
    "POST members": (Sent(fields={"email": "new@test.example", "role": "viewer"}),),
    "POST member": (Sent(fields={"role": "editor"}),),
    "POST site-new": (Sent(fields=_SITE),),
    "POST site": (Sent(fields=_SITE),),
    "POST delegations": (Sent(fields=_OUTSIDE),),
    "POST own-programs": (Sent(fields={"name": "办公系统", "expires": _day(20)}),),
    "POST clients": (Sent(fields={"name": "ERP", "role": "viewer", "expires": _day(30)}),),
    "POST office-identity": (Sent("refuse", {"decision": "refuse", "evidence": "执照", "reason": "不符", "seen": SECRET.name.zh}),),
    "POST contribution": (
        Sent(fields={"value": "1300", "volume": "90", "group": "", "filter": "", "record": lambda t: f"evidence:{t.file}"}),
    ),
    "POST contribution-retract": (Sent(),),
    "POST contribution-read": (Sent(fields={"reason": "核对"}),),
    "POST authority-averages": (Sent(fields=_CALL),),
    "POST average-release": (Sent(fields={"quarter": "2026Q1"}),),
    "POST average-draft": (Sent(fields={"release": "2026Q1/", "enterprise": SECRET.uscc}),),
    "POST national-draft": (Sent(fields={"row": "G1@1", "enterprise": SECRET.uscc}),),
    "POST office-mix-draft": (Sent(fields={"year": "2024", "enterprise": SECRET.uscc}),),
    "POST authority-mix-draft": (Sent(fields={"year": "2024", "enterprise": SECRET.uscc}),),
    "POST certificate-new": (Sent(fields=_CERTIFICATE),),
    "POST certificate-claim": (
        Sent(
            fields={
                "version": lambda t: f"{t.ready.code}.1",
                "volume": NUMBER[:2],
                "start": "2025-01-01",
                "end": "2025-12-31",
            }
        ),
    ),
    "POST claim-release": (Sent(fields={"reason": "改用"}),),
    "POST certificate-void": (Sent(fields={"reason": "误登"}, places={"certificates/<certificate>": lambda t: t.unclaimed}),),
    "POST office-void": (Sent(fields={"reason": "误登"}, places={"electricity/<certificate>": lambda t: t.unclaimed}),),
    "POST office-generation": (Sent(fields={"year": "2024", "type": "wind", "mwh": "900", "source": "来源", "verified": "no"}),),
    "POST office-recompute": (Sent(fields={"year": "2024"}),),
    "POST account_signup": (Sent(fields=_REGISTRATION),),
    "POST register-complete": (Sent(fields={"password": _PASSWORD}),),
    "POST invitation": (
        Sent(
            fields={"name": "新人", "password": _PASSWORD},
            places={"invitations/<token>": lambda t: t.secrets["mailed token of an invitation"]},
        ),
    ),
    "POST profile": (Sent(fields={"name": "新名字"}),),
    "POST further-enterprise": (Sent(fields={"uscc": NOBODY, "name_zh": "又一家", "name_en": "", "city": "荆门"}),),
    "POST product-new": (Sent(fields={"name_zh": "新产品", "name_en": "", "specification": "", "site": "", "model": MODEL}),),
    "POST product-describe": (Sent(fields={"name_zh": "改名", "name_en": "", "specification": "", "site": ""}),),
    "POST product-archive": (Sent(fields={"archived": "yes"}),),
    "POST version-group-save": (Sent(fields={"base_revision": "2", "ammonia": "57120", "act": "list"}),),
    "POST version-answers": (Sent(content={"base_revision": 2, "changes": _ANSWER}),),
    "POST version-live": (Sent(content={"base_revision": 2, "changes": _ANSWER}),),
    "POST version-calculate": (Sent(places=_READY),),
    "POST version-restore-do": (Sent(fields={"revision": "1"}),),
    "POST version-new": (Sent(places=_SUBMITTED),),
    "POST version-submit": (
        Sent("ask_sign_off", {"act": "ask_sign_off", "responsible": "yes", "note": "", "revision": "1"}, places=_READY),
        Sent("take_back", {"act": "take_back"}, places=_AWAITING),
        Sent("sign", {"act": "sign", "seen": lambda t: t.awaiting.result_hash}, places=_AWAITING),
        Sent("return", {"act": "return", "reason": "核对", "seen": lambda t: t.awaiting.result_hash}, places=_AWAITING),
    ),
    "POST case": (Sent("withdraw", {"act": "withdraw", "reason": "重报"}), Sent("new_version", {"act": "new_version"})),
    "POST successor": (
        Sent("accepted", {"act": "accepted"}),
        Sent("dismissed", {"act": "dismissed", "reason": "下期再更新"}),
    ),
    "POST impact": (Sent(fields={"factor": REPLACED, "value": "0.6"}),),
    "POST api:match": (Sent(content={"lines": ["42.5普硅袋装"]}),),
    "POST api:products": (Sent(content={"name_zh": "新产品", "model": MODEL}),),
    "PATCH api:product": (Sent(content={"name_zh": "改名"}),),
    "POST api:versions": (Sent(content={"based_on": 1}, places=_SUBMITTED),),
    "PATCH api:answers": (Sent(content={"base_revision": 2, "changes": _ANSWER}),),
    "POST api:live": (Sent(content={"changes": _ANSWER}),),
    "POST api:restore": (Sent(content={"revision": 1}),),
    "PUT api:page": (Sent(content={"finished": True}),),
    "POST api:sign-off": (Sent(content={"note": mark("说明")}, places=_READY),),
    "DELETE api:sign-off": (Sent(places=_AWAITING),),
    "POST api:calculations": (Sent(places=_READY),),
    "POST api:evidence": (Sent(fields={"file": b"ledger of the year 2025\n"}),),
    "POST api:spot-check-announce": (Sent(content={"draw_at": "2099-01-01T00:00:00Z"}),),
    "POST api:certificates": (
        Sent(
            content={
                **{key: each for key, each in _CERTIFICATE.items() if key != "file"},
                "site": lambda t: t.site,
                "evidence": lambda t: t.file,
            }
        ),
    ),
    "POST api:claims": (
        Sent(content={"product": lambda t: t.ready.code, "version": 1, "volume": NUMBER[:2], "start": "2025-01-01", "end": "2025-12-31"}),
    ),
    "POST api:claim-release": (Sent(content={"reason": "改用"}),),
    "POST api:certificate-void": (Sent(content={"reason": "误登"}, places={"certificates/<certificate>": lambda t: t.unclaimed}),),
    "PUT api:contribution": (Sent(content={"value": "1300", "volume": "90", "record": lambda t: f"evidence:{t.file}"}),),
    "POST api:files": (Sent(fields={"file": b"certificate of the year 2025\n"}),),
    "POST api:dossiers": (Sent(content={"fields": {"name_zh": "新因子"}}),),
    "PUT api:dossier-fields": (Sent(content={"revision": 2, "fields": {"name_zh": "改名"}}, places=_DRAFTED),),
    "POST api:dossier-evidence": (Sent(content={"file": lambda t: t.dossier_file, "page": "2"}, places=_DRAFTED),),
    "DELETE api:dossier-document": (Sent(places=_DRAFTED),),
    "POST api:dossier-acts": (
        Sent("withdraw", content={"act": "withdraw", "reason": "另行提交"}),
        Sent("return", content={"act": "return", "seen": lambda t: t.dossier_digest, "reason": "页码不符"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the table: a request that the site takes. ``route`` has its parameters as ``<name>``."""

    method: str
    route: str
    name: str
    sent: Sent
    access: Access
    permission: str
    duties: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """As the table names it."""
        return f"{self.method} /{self.route}" + (f" ({self.sent.act})" if self.sent.act else "")

    @property
    def places(self) -> list[tuple[str, Place]]:
        """The things that the address names, in their order, each with the text of its parameter in the route."""
        return [(self.route[hit.start() : hit.end()], _place(self.route[: hit.end()])) for hit in re.finditer("<[^>]+>", self.route)]

    @property
    def of_something(self) -> bool:
        """Whether it names something that is somebody's."""
        return any(place.missing is not None for _, place in self.places)

    def address(self, tenant: Tenant, *, missing: int | None = None, own: Mapping[str, str] | None = None, language: str = "") -> str:
        """The address with the tenant's things in it; the ``missing``-th with one that does not exist, those named in ``own`` with these."""
        values = []
        for number, (_, place) in enumerate(self.places):
            key = next(key for key, found in PLACES.items() if found is place)
            thing = self.sent.places.get(key, place.thing)
            value = thing if isinstance(thing, str) else thing(tenant)
            if own is not None and place.own in own:
                value = own[place.own]
            if missing == number:
                assert place.missing is not None
                value = place.missing
            values.append(value)
        filled = iter(values)
        return f"{language}/" + re.sub("<[^>]+>", lambda _: next(filled), self.route)

    def ask(self, client: Client, tenant: Tenant, address: str = "") -> Any:
        """Send it."""
        headers = {"Idempotency-Key": "one-request-0001"} if self.route.startswith("v1/") else {}
        address = address or self.address(tenant)
        if self.sent.content is not None:
            body, kind = json.dumps(_filled(self.sent.content, tenant)).encode(), "application/json"
        elif self.method in {"GET", "HEAD"} or (not self.sent.fields and self.route.startswith("v1/")):
            return client.generic(self.method, address, headers=headers)
        else:
            body, kind = encode_multipart("BoUnDaRyStRiNg", _filled(self.sent.fields, tenant)), MULTIPART_CONTENT
        if self.name == "api:evidence":
            address += f"?field={EVIDENCE_KEY}"
        return client.generic(self.method, address, body, kind, headers=headers)


def _filled(fields: Mapping[str, Any], tenant: Tenant) -> dict[str, Any]:
    values = {name: value(tenant) if callable(value) else value for name, value in fields.items()}
    return {name: SimpleUploadedFile("ledger.txt", value) if isinstance(value, bytes) else value for name, value in values.items()}


def _place(route: str) -> Place:
    found = max((key for key in PLACES if route.endswith(key)), key=len, default=None)
    assert found is not None, f"places.py: say what stands at the end of {route}"
    return PLACES[found]


def addresses() -> Iterator[tuple[str, str, Any]]:
    """Every address with its route, its name and its view: also those of included lists, each once for all languages."""
    waiting: list[tuple[str, str, URLPattern | URLResolver]] = [("", "", each) for each in get_resolver().url_patterns]
    while waiting:
        before, namespace, found = waiting.pop(0)
        if isinstance(found, URLResolver):
            inside = f"{namespace}{found.namespace}:" if found.namespace else namespace
            prefix = "" if type(found.pattern).__name__ == "LocalePrefixPattern" else str(found.pattern)
            waiting = [(before + prefix, inside, each) for each in found.url_patterns] + waiting
        else:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", before + str(found.pattern)), f"{namespace}{found.name}", found.callback


OPEN = frozenset(
    {
        "api:api-root",
        "api:openapi-json",
        "api:token",
        "api:models",
        "api:model",
        "api:factors",
        "api:factor",
        "api:match",
        "api:changes",
        "api:spot-checks",
        "api:spot-check",
        "api:dossier-statistics",
        "api:residual-mixes",
        "api:averages",
        "api:average",
    }
)
"""What programs and everybody else ask without a token."""


def requests() -> list[Asked]:
    """Every request that the site takes, in the order of its addresses."""
    listed: dict[tuple[str, str, str], Asked] = {}
    for route, name, view in addresses():
        for method in view.methods:
            if method != "HEAD":
                permission = view.permission.value if view.permission else ""
                for sent in SENT.get(f"{method} {name}", (Sent(),)):
                    # The interface has an entry for each operation of an address, and each of them answers them all.
                    listed.setdefault(
                        (route, method, sent.act),
                        Asked(method, route, name, sent, view.access, permission, frozenset(getattr(view, "duties", ()))),
                    )
    return sorted(listed.values(), key=lambda asked: (asked.route.startswith("v1/"), asked.route, asked.method, asked.sent.act))
