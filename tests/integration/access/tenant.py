"""An enterprise with a canary in every field that it can fill, everything it can have, and the people and programs who look at it.

A canary is a word or a number that stands nowhere else: wherever it is found, it says which field it came from. Every canary word is hostile
too: where it is shown to those who may see it, it has to be shown as text.
"""

import datetime
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.test import Client

from tests import cast
from tests.dossiers import MAP
from tests.integration.conftest import TODAY, World
from tests.integration.inventories import SOURCE, imported
from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.uscc import check_character
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.averages import operations as averages
from zuji.registry.electricity import operations as electricity
from zuji.registry.evidence import operations as evidence
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints import operations as footprints
from zuji.registry.governance import operations as governance
from zuji.registry.governance import sheets
from zuji.registry.inventory.operations import store
from zuji.registry.jobs.models import Job
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations as products
from zuji.registry.republication import operations as republication
from zuji.registry.republication import tasks
from zuji.registry.republication.previews import Proposed
from zuji.workflow.duties import SEPARATE, Duty

WORD = "QZILOWX7"  # begins every canary word; codes in addresses have no I, L or O, so that none of them holds it by chance
HOSTILE = "<img src=x onerror=zjx()>\"'{{7*7}}"
FORMULA = "=1+1"
NUMBER = "7310927"  # the digits of every canary number, wherever the point stands
MODEL = "map-fertiliser"
EVIDENCE_KEY = "ammonia"

ANYONE = "anyone"
OWNER, EDITOR, APPROVER, VIEWER = "owner", "editor", "approver", "viewer"
CONSULTANT, PARTNER, REMOVED = "consultant", "partner", "removed"
RIVAL, OPERATOR, STRANGER = "rival", "operator", "stranger"
OFFICIAL, AUDITOR = "official", "auditor"
PROGRAM, READER, FOREIGN = "program", "reader", "foreign"

PEOPLE: Mapping[str, str] = {
    ANYONE: "a visitor who has not signed in",
    OWNER: "a member: owner",
    EDITOR: "a member: editor",
    APPROVER: "a member: approver",
    VIEWER: "a member: viewer",
    CONSULTANT: "an outside consultant with a delegation (editor) for all products",
    PARTNER: "an outside consultant with a delegation (editor) for one other product",
    REMOVED: "somebody who was a member until their session's last request",
    RIVAL: "the owner of another enterprise",
    OPERATOR: "staff of the platform",
    OFFICIAL: "somebody with every duty but the auditor's",
    AUDITOR: "an auditor",
    STRANGER: "somebody with an account and nothing else",
}
PROGRAMS: Mapping[str, str] = {
    PROGRAM: "a program of the enterprise: editor",
    READER: "a program of the enterprise: viewer",
    FOREIGN: "a program of another enterprise: editor",
}
ROLES = (*PEOPLE, *PROGRAMS)
INSIDERS = frozenset({OWNER, EDITOR, APPROVER, VIEWER, CONSULTANT, PROGRAM, READER})
OUTSIDERS = frozenset(ROLES) - INSIDERS
_RIGHTS: Mapping[str, frozenset[str]] = {
    OWNER: frozenset({"view", "create", "edit", "sign_off", "manage"}),
    EDITOR: frozenset({"view", "create", "edit"}),
    APPROVER: frozenset({"view", "sign_off"}),
    VIEWER: frozenset({"view"}),
    CONSULTANT: frozenset({"view", "edit"}),
}


def may(role: str, permission: str) -> bool:
    """Who may do what, said here once more and apart from the product's own table: changing that one alone is noticed."""
    return permission in _RIGHTS.get(role, frozenset())


def word(place: str) -> str:
    """The canary word of a field, as an address takes it."""
    return f"{WORD}{place}"


def mark(place: str) -> str:
    """The canary word of a field, and what would come alive if it were not shown as text."""
    return word(place) + HOSTILE


def canary_number(like: str) -> str:
    """A number with the canary's digits, about as large as ``like``."""
    before, _, _ = like.lstrip("-").partition(".")
    places = max(1, min(len(before.lstrip("0")), 7))
    return (NUMBER[:places] + "." + NUMBER[places:]).rstrip(".")


def uscc(seventeen: str) -> str:
    return seventeen + check_character(seventeen)


TOMORROW = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)).isoformat()
OFFICIALS_ADDRESS = "official@test.example"
PUBLICATION = "P-2026-1"
REPLACED, STANDS_IN = "CN-EL-CF-2024-national@1", "CN-EL-CF-2023-national@1"
TO_REVOKE = "CPCD-17100H3522023C@1"  # of nobody's use
SECRET = cast.Firm(uscc("91420800MADEM7777"), Text(mark("企业名"), mark("-enterprise-en")), Text(word("城市<b>"), word("-city<b>")))
NOBODY = uscc("91350100M0001FFFF")  # a well-formed code of no enterprise
MEMBERS = {role: f"{word('-' + role).lower()}@secret.example" for role in (OWNER, EDITOR, APPROVER, VIEWER, REMOVED)}


@dataclass(slots=True)
class Made:
    """A product of the tenant: its code and, where it has one, the footprint and the case of its first version."""

    code: str
    footprint: str = ""
    case: str = ""
    result_hash: str = ""


@dataclass(slots=True)
class Tenant:
    """What was made. ``names`` are the canaries that a bearer of a link, or an operator, is meant to see."""

    enterprise: int
    draft: Made  # with a canary in every question, and so with answers that cannot be calculated
    ready: Made  # a draft that can be laid before the approver
    awaiting: Made
    submitted: Made
    withdrawn: Made
    entrusted: Made  # the one product that PARTNER may edit
    file: str
    site: int
    member: int
    invitation: int
    invitation_token: str
    registration: str
    delegation: int
    client_id: str
    own_program: str  # that acts in the official's own name
    secrets: Mapping[str, str]  # what is shown once and never again
    rival: Mapping[str, str]  # the things of another enterprise, by the same names as in places.py
    clients: dict[str, Client] = field(default_factory=dict)
    desk: Client = field(default_factory=Client)  # a program in the official's own name
    public: str = ""
    appointment: int = 0
    preview: str = ""  # the digest of a dry run
    certificate: str = ""
    unclaimed: str = ""  # another certificate, of which nothing is claimed
    claim: str = ""
    call: str = ""  # for contributions to an average, which everybody may read
    contribution: str = ""
    dossier: str = ""
    dossier_file: str = ""
    dossier_draft: str = ""
    revocation: str = ""  # proposed, and waits for another publisher
    revoked: str = ""  # confirmed
    dossier_digest: str = ""
    step: int = 0
    round: str = ""
    inventory: str = ""  # the code of a basic database that everybody may read

    def sees(self, role: str) -> Client:
        return self.clients[role]


def made(world: World) -> Tenant:
    """Everything, by the operations that people's clicks go through."""
    enterprise, people = _people()
    owner, editor, approver = (account_queries.viewer(people[role]) for role in (OWNER, EDITOR, APPROVER))
    last = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=200)).isoformat()
    site = accounts.add_site(
        viewer=owner,
        enterprise=enterprise,
        name_zh=mark("场所"),
        name_en=mark("-site-en"),
        address=mark("地址"),
        division="420804",
    )
    invited = accounts.invite(viewer=owner, enterprise=enterprise, email=f"{word('-invited').lower()}@secret.example", role="viewer")
    draft = _product(editor, enterprise, "draft", site)
    _fill_all(editor, draft.code)
    file = evidence.keep(
        viewer=editor,
        enterprise=enterprise,
        product=draft.code,
        name=f"{word('文件名')}<img>'.txt",
        chunks=[mark("内容").encode(), b" 7310927"],
    )
    products.attach(viewer=editor, product=draft.code, number=1, key=EVIDENCE_KEY, file=file)
    ready = _walked(editor, approver, enterprise, "ready", site)
    awaiting = _walked(editor, approver, enterprise, "awaiting", site)
    submitted = _walked(editor, approver, enterprise, "submitted", site)
    withdrawn = _withdrawn(editor, approver, submitted)
    entrusted = _product(editor, enterprise, "entrusted", site)
    delegate = partial(accounts.delegate, viewer=owner, enterprise=enterprise, expires=last)
    make_client = partial(accounts.make_client, viewer=owner, enterprise=enterprise, expires=last)
    delegate(email=cast.CONSULTANT.email, role="editor")
    delegate(email=cast.VERIFIER.email, role="editor", products=[entrusted.code])
    delegation = delegate(email=f"{word('-entrusted').lower()}@secret.example", role="viewer")
    program = make_client(name=mark("程序"), role="editor")
    reader = make_client(name=mark("-reader"), role="viewer")
    begun = accounts.begin_registration(
        email=f"{word('-registering').lower()}@secret.example",
        name=mark("注册人"),
        uscc=uscc("91420800MADEM8888"),
        name_zh=mark("注册企业"),
        name_en=mark("-registered"),
        city=word("注册城市<b>"),
    )
    rival, foreign = _rival(world, last)
    official, appointment = _official()
    own = accounts.make_own_client(viewer=account_queries.viewer(official), name="办公系统", expires=TOMORROW)
    tenant = Tenant(
        enterprise=enterprise,
        draft=draft,
        ready=ready,
        awaiting=awaiting,
        submitted=submitted,
        withdrawn=withdrawn,
        entrusted=entrusted,
        file=file,
        site=site,
        member=people[VIEWER],
        invitation=account_queries.invitations(viewer=owner, uscc=SECRET.uscc)[0].invitation,
        invitation_token=invited.token,
        registration=begun.token or "",
        delegation=delegation,
        client_id=program.client_id,
        own_program=own.client_id,
        secrets={
            "secret of a program": program.secret,
            "secret of a reading program": reader.secret,
            "secret of an official's own program": own.secret,
            "token of an invitation": invited.token,
            "mailed token of an invitation": invited.mailed,
            "token of a registration": begun.token or "",
            "password": cast.PASSWORD,
        },
        rival=rival,
        public=world.public,
        appointment=appointment,
        inventory=_inventory(),
        preview=_republished(),
    )
    tenant.certificate, tenant.unclaimed, tenant.claim = _certificates(editor, enterprise, site, ready.code)
    tenant.call, tenant.contribution = _contributed(editor, enterprise, file)
    tenant.dossier, tenant.dossier_file, tenant.dossier_draft = _dossier(editor, enterprise)
    handed_in = sheets.sheet(tenant.dossier, viewer=editor)
    tenant.step, tenant.dossier_digest = handed_in.steps[0].pk, handed_in.digest
    inspector = account_queries.viewer(world.people[cast.INSPECTOR.email])
    tenant.round = governance.announce_round(viewer=inspector, draw_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1))
    tenant.revocation, tenant.revoked = _revocations(world)
    tenant.clients = _clients(people, {PROGRAM: program, READER: reader, FOREIGN: foreign})
    tenant.desk = _program(own)
    accounts.remove_member(viewer=owner, enterprise=enterprise, user=people[REMOVED])
    return tenant


def _republished() -> str:
    """A publication that made a draft of every footprint on the electricity of 2024, and the digest of its dry run."""
    seen = republication.keep_preview([Proposed(REPLACED, versions_of([STANDS_IN.partition("@")[0]])[STANDS_IN])], viewer=SYSTEM)
    tasks.republish({"publication": PUBLICATION, "changes": json.dumps({REPLACED: STANDS_IN})})()
    tasks.drafts({"publication": PUBLICATION, "after": ""})()
    Job.objects.filter(kind__startswith="republication.").delete()
    return seen.digest


def _dossier(editor: Viewer, enterprise: int) -> tuple[str, str, str]:
    """A factor that was handed in and waits for its checkers, with canaries in every text; its document; and a draft."""
    file = evidence.keep(viewer=editor, enterprise=enterprise, name=f"{word('-factor-file')}.txt", chunks=[mark("因子").encode()])
    fields = {key: value for key, value in MAP.items() if key not in {"id", "version", "supersedes", "reason"}}
    fields |= {"id": "SECRET-MAP", "version": "1", "technology": word("技术"), "note": FORMULA + word("因子说明")}
    code = governance.open_dossier(viewer=editor, enterprise=enterprise, fields=fields)
    governance.attach(viewer=editor, dossier=code, file=file, page="1")
    assert governance.submit(viewer=editor, dossier=code).passed
    draft = governance.open_dossier(viewer=editor, enterprise=enterprise, fields={"name_zh": mark("草稿")})
    governance.attach(viewer=editor, dossier=draft, file=file, page="1")
    return code, file, draft


def _revocations(world: World) -> tuple[str, str]:
    """Two proposed revocations of factors on which nothing rests; the second is confirmed."""
    first, second = (account_queries.viewer(world.people[person.email]) for person in (cast.PUBLISHER, cast.SECOND_PUBLISHER))
    codes, preview = [], ""
    for reference in ("CPCD-17100H3502023C@1", "CPCD-17100H3512023C@1"):
        preview = republication.keep_preview([Proposed(reference, None)], viewer=first).digest
        codes.append(
            governance.propose_revocation(viewer=first, reference=reference, reason_code="method", reason="方法有误", preview=preview)
        )
    governance.confirm_revocation(viewer=second, code=codes[1], preview=preview)
    Job.objects.filter(kind__startswith="republication.").delete()
    return codes[0], codes[1]


def _certificates(editor: Viewer, enterprise: int, site: int, product: str) -> tuple[str, str, str]:
    """Two certificates with canaries in every field, and a claim of one."""
    made = []
    for number in ("1", "2"):
        file = evidence.keep(viewer=editor, enterprise=enterprise, name=f"{word('证书')}{number}.txt", chunks=[mark(number).encode()])
        written = electricity.Written(
            number=word(f"GEC{number}"),
            volume=f"{NUMBER}.5",
            start="2025-01-01",
            end="2025-12-31",
            type="wind",
            issuer=mark("核发"),
            site=str(site),
        )
        made.append(electricity.register(viewer=editor, enterprise=enterprise, written=written, evidence=file))
    claim = electricity.claim(
        viewer=editor, certificate=made[0], product=product, number=1, volume=NUMBER[:3], start="2025-01-01", end="2025-12-31"
    )
    return made[0], made[1], claim


def _contributed(editor: Viewer, enterprise: int, file: str) -> tuple[str, str]:
    """A call of the platform's, and the tenant's contribution to it."""
    written = averages.Written("磷酸一铵", "MAP", "life-cycle", "phosphorus", "kgCO2e/t", "摇篮到大门", "CN-HB", "2025-01-01", "2025-12-31")
    call = averages.call(viewer=SYSTEM, written=written)
    offered = averages.Offered(value=f"{NUMBER}.1", volume=f"{NUMBER}.2", group="", record=f"evidence:{file}")
    return call, averages.contribute(viewer=editor, enterprise=enterprise, call=call, offered=offered)


def _inventory() -> str:
    """A basic database whose licence lets everybody read it."""
    with tempfile.TemporaryDirectory() as folder:
        return store(viewer=SYSTEM, imported=imported(Path(folder)), source=SOURCE).code


def _people() -> tuple[int, dict[str, int]]:
    enterprise = accounts.register_enterprise(actor="system", uscc=SECRET.uscc, name=SECRET.name, city=SECRET.city)
    people = {}
    for role, email in MEMBERS.items():
        people[role] = accounts.create_user(actor="system", email=email, name=mark(f"人{role}"), password=cast.PASSWORD)
        accounts.add_member(actor="system", enterprise=enterprise, user=people[role], role=EDITOR if role == REMOVED else role)
    accounts.confirm_identity(viewer=SYSTEM, enterprise=enterprise, name=SECRET.name.zh, evidence=mark("执照"))
    return enterprise, people


def _official() -> tuple[int, int]:
    """Somebody who holds every duty that goes with others; the number of one of the appointments."""
    official = accounts.create_user(actor="system", email=OFFICIALS_ADDRESS, name="钱多职", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=official, document="E99999999")
    appointments = [
        accounts.appoint(viewer=SYSTEM, user=official, duty=duty.value, organisation="省生态环境厅")
        for duty in Duty
        if duty not in SEPARATE
    ]
    return official, appointments[0]


def _product(editor: Viewer, enterprise: int, called: str, site: int) -> Made:
    return Made(
        products.create_product(
            viewer=editor,
            enterprise=enterprise,
            name=Text(mark(f"产品{called}"), mark(f"-product-{called}")),
            specification=mark(f"规格{called}"),
            model=MODEL,
            site=site,
        )
    )


def _fill_all(editor: Viewer, code: str) -> None:
    """A canary in every question, whatever it asks, and in everything that can be said beside a number."""
    model = catalogue.newest(MODEL)
    assert model is not None
    answers: dict[str, str | None] = {}
    for key, asked in model.model.fields.items():
        like = model.example.get(key)
        if asked.kind == "number":
            answers[key] = canary_number(like or "100")
            answers[f"{key}.source"] = FORMULA + mark(f"来源{key}")
            answers[f"{key}.factor"] = canary_number("0.5")
        elif asked.kind == "text":
            answers[key] = mark(f"答{key}")
        elif like is not None:
            answers[key] = like
    products.save_answers(viewer=editor, product=code, number=1, base_revision=0, changes=answers)
    products.save_answers(viewer=editor, product=code, number=1, base_revision=1, changes={EVIDENCE_KEY: canary_number("9000")})
    products.see_group(viewer=editor, product=code, number=1, group=model.groups[0].id)


def _walked(editor: Viewer, approver: Viewer, enterprise: int, called: str, site: int) -> Made:
    """A product whose answers can be calculated, on its way to submission as far as it is called."""
    made = _product(editor, enterprise, called, site)
    model = catalogue.newest(MODEL)
    assert model is not None
    answers: dict[str, str | None] = {key: value for key, value in model.example.items() if key not in {"study_id", "demonstration"}}
    answers |= {"ammonia": canary_number(model.example["ammonia"]), "ammonia.source": FORMULA + mark(f"台账{called}")}
    words = (key for key, asked in model.model.fields.items() if asked.kind == "text" and not (answers.get(key) or "0").isdigit())
    answers |= {key: mark(f"答{key}") for key in words}
    products.save_answers(viewer=editor, product=made.code, number=1, base_revision=0, changes=answers)
    _finish(editor, made.code, 1)
    if called != "ready":
        _asked(editor, approver, made, 1)
    if called == "submitted":
        made.case = submitting.sign(viewer=approver, product=made.code, number=1, result_hash=made.result_hash)
    return made


def _withdrawn(editor: Viewer, approver: Viewer, submitted: Made) -> Made:
    """The next version of a submitted product, submitted and withdrawn."""
    made = Made(submitted.code)
    products.new_version(viewer=editor, product=made.code, base=1)
    products.save_answers(viewer=editor, product=made.code, number=2, base_revision=1, changes={"coal": "10800"})
    _finish(editor, made.code, 2)
    _asked(editor, approver, made, 2)
    made.case = submitting.sign(viewer=approver, product=made.code, number=2, result_hash=made.result_hash)
    submitting.withdraw(viewer=approver, product=made.code, number=2, reason=mark("撤回原因"))
    return made


def _finish(editor: Viewer, code: str, number: int) -> None:
    model = catalogue.newest(MODEL)
    assert model is not None
    for group in model.groups:
        products.see_group(viewer=editor, product=code, number=number, group=group.id, finished=True)


def _asked(editor: Viewer, approver: Viewer, made: Made, number: int) -> None:
    made.footprint = submitting.ask_sign_off(viewer=editor, product=made.code, number=number, note=mark("请签"), today=TODAY)
    documents = [
        footprints.WrittenDocument(format=form, language=language, content=f"{form} {mark('报告')}".encode())
        for form in ("pdf", "docx")
        for language in ("zh", "en")
    ]
    footprints.keep_reports(footprint=made.footprint, documents=documents)
    waiting = cases.awaited(made.code, number, viewer=approver)
    assert waiting is not None
    made.result_hash = waiting.result_hash


def _rival(world: World, last: str) -> tuple[dict[str, str], accounts.MadeClient]:
    """Another enterprise's own things, with which it tries to get at the tenant's."""
    enterprise = world.firms[cast.RIVAL.uscc]
    owner = account_queries.viewer(world.people[cast.RIVAL_OWNER.email])
    product = products.create_product(viewer=owner, enterprise=enterprise, name=Text("对手产品", "Rival product"), model=MODEL)
    model = catalogue.newest(MODEL)
    assert model is not None
    answers: dict[str, str | None] = {key: value for key, value in model.example.items() if key not in {"study_id", "demonstration"}}
    products.save_answers(viewer=owner, product=product, number=1, base_revision=0, changes=answers)
    footprint = footprints.calculate(viewer=owner, product=product, number=1, today=TODAY)
    foreign = accounts.make_client(viewer=owner, enterprise=enterprise, name="Rival ERP", role="editor", expires=last)
    return {"uscc": cast.RIVAL.uscc, "product": product, "footprint": footprint}, foreign


def _clients(people: Mapping[str, int], programs: Mapping[str, accounts.MadeClient]) -> dict[str, Client]:
    """A browser or a program for each role, signed in as people and programs do."""
    addresses = MEMBERS | {
        CONSULTANT: cast.CONSULTANT.email,
        PARTNER: cast.VERIFIER.email,
        RIVAL: cast.RIVAL_OWNER.email,
        OPERATOR: cast.OPERATOR.email,
        OFFICIAL: OFFICIALS_ADDRESS,
        AUDITOR: cast.AUDITOR.email,
        STRANGER: cast.STRANGER.email,
    }
    clients = {ANYONE: Client()}
    for role, email in addresses.items():
        clients[role] = Client()
        answer = clients[role].post("/account/login/", {"login": email, "password": cast.PASSWORD})
        assert answer.status_code == 302, role
    for role, program in programs.items():
        clients[role] = _program(program)
    return clients


def _program(made: accounts.MadeClient) -> Client:
    sent = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.secret}
    answer = Client().post("/v1/token", sent)
    if answer.status_code == 404:  # this version has no programming interface
        return Client(headers={"Authorization": f"Bearer {made.secret}"})
    return Client(headers={"Authorization": f"Bearer {json.loads(answer.content)['access_token']}"})


def digits(text: str) -> str:
    """A page with everything taken out that may stand between the digits of a number."""
    return re.sub(r"(?<=\d)[\s.,'\u2009\u202f\u00a0\u3000]+(?=\d)|(?<=\d)&#?\w+;(?=\d)", "", text)


def leaks(text: str) -> list[str]:
    """The canaries in a text, each with what stands around it."""
    found = [text[max(0, hit.start() - 40) : hit.end() + 40] for hit in re.finditer(WORD, text, re.IGNORECASE)]
    if NUMBER in text or NUMBER in digits(text):
        found.append(f"the digits {NUMBER}")
    return found


Value = Callable[[Tenant], str]
