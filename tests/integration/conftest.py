"""The world of these tests: the shipped library, the cast, a published footprint of theirs and a private one."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests import cast
from tests.questionnaires import filled_product
from zuji.config.demo import examples_folder, load_factors
from zuji.engine.analyses import analyse
from zuji.engine.results import Result
from zuji.engine.text import Text
from zuji.formats.study import read_study
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.evidence.operations import keep
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation, WrittenDocument
from zuji.registry.jobs.models import Job
from zuji.registry.products import operations as products
from zuji.rules import assess

TODAY = datetime.date(2026, 11, 1)
MARK = "CANARY-7F3A"  # stands in every text of the private study: it may show on no page of anybody else


@dataclass(frozen=True, slots=True)
class World:
    """Numbers and codes of what was made before the first test."""

    firms: dict[str, int]
    people: dict[str, int]
    public: str
    private: str
    evidence: str
    product: str
    case: str
    signed: str  # the footprint of the case
    result: Result
    invitation: str  # the tokens of the links, and the number of the invitation
    invitation_number: int
    registration: str
    site: int
    delegation: int
    client: str


@pytest.fixture(scope="session", autouse=True)
def _plain_files_and_fast_passwords() -> None:
    """Static files as they lie in the source, and a password hash that costs nothing: neither is what these tests are about."""
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _files_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    django_settings.FILES = tmp_path_factory.mktemp("files")
    django_settings.BACKGROUND = tmp_path_factory.mktemp("background")


@pytest.fixture(scope="session")
def method() -> Method:
    return Method.shipped()


@pytest.fixture(scope="session")
def calculated(method: Method) -> Callable[..., Calculation]:
    """Calculates the cement example, with some of its text replaced."""

    def calculate(replaced: Mapping[str, str] | None = None) -> Calculation:
        source = (examples_folder() / "portland-cement.yaml").read_text(encoding="utf-8")
        for old, new in (replaced or {}).items():
            assert old in source, old
            source = source.replace(old, new)
        study = read_study(source.encode(), "portland-cement.yaml")
        result = assess(study, method.library, method.rulebook, method.gwp, today=TODAY)
        explored = analyse(study, method.library, method.gwp[study.gwp], today=TODAY)
        return Calculation(source=source, study=study, result=result, on=TODAY, analyses=explored)

    return calculate


def give_duties(people: Mapping[str, int]) -> None:
    """Whoever of the cast submits factors or decides on them showed a document; those with a duty are appointed to it."""
    for number, person in enumerate(cast.EVERYBODY):
        if person.duty is None and person is not cast.ASSOCIATION:
            continue
        accounts.confirm_person(viewer=SYSTEM, user=people[person.email], document=f"E{10_000_000 + number}")
        if person.duty is not None:
            accounts.appoint(viewer=SYSTEM, user=people[person.email], duty=person.duty, organisation=f"单位 {number}")


@pytest.fixture(scope="session")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, method: Method, calculated: Callable[..., Calculation]) -> World:
    with django_db_blocker.unblock():
        load_factors(method, lambda _: None)
        firms = {
            firm.uscc: accounts.register_enterprise(actor="system", uscc=firm.uscc, name=firm.name, city=firm.city, demonstration=True)
            for firm in cast.FIRMS
        }
        people = {}
        for person in cast.EVERYBODY:
            people[person.email] = accounts.create_user(actor="system", email=person.email, name=person.name, password=cast.PASSWORD)
            if person.firm is not None and person.role is not None:
                accounts.add_member(actor="system", enterprise=firms[person.firm.uscc], user=people[person.email], role=person.role)
        accounts.appoint_operator(actor="system", user=people[cast.OPERATOR.email])
        give_duties(people)
        documents = [
            WrittenDocument(format=form, language=language, content=b"%PDF-1.7 " + form.encode())
            for form in ("pdf", "docx")
            for language in ("zh", "en")
        ]
        shown = calculated()
        public = footprints.store(viewer=SYSTEM, enterprise=firms[cast.CEMENT.uscc], calculation=shown, documents=documents, public=True)
        hidden = calculated({"portland-cement": "private-cement", "普通硅酸盐水泥": MARK, "黄石西塞水泥": MARK})
        private = footprints.store(viewer=SYSTEM, enterprise=firms[cast.CEMENT.uscc], calculation=hidden, documents=documents)
        evidence = keep(viewer=SYSTEM, enterprise=firms[cast.CEMENT.uscc], name=f"{MARK}.txt", chunks=[MARK.encode()])
        submitted = _submitted(firms[cast.CEMENT.uscc], people)
        organised = _organised(firms[cast.CEMENT.uscc], people[cast.OWNER.email])
    return World(
        firms=firms, people=people, public=public, private=private, evidence=evidence, result=shown.result, **submitted, **organised
    )


def _submitted(enterprise: int, people: Mapping[str, int]) -> dict[str, Any]:
    """A product that was submitted, with evidence behind an answer and the mark in every text of it; its reports are written."""
    editor, approver = (account_queries.viewer(people[person.email]) for person in (cast.EDITOR, cast.APPROVER))
    code = filled_product(editor, enterprise, name=Text(MARK, MARK), producer=MARK, site=MARK)
    file = keep(viewer=editor, enterprise=enterprise, product=code, name=f"{MARK} 台账.txt", chunks=[b"57,121 t"])
    products.attach(viewer=editor, product=code, number=1, key="ammonia", file=file)
    footprint = submitting.ask_sign_off(viewer=editor, product=code, number=1, note=MARK, today=TODAY)
    waiting = cases.awaited(code, 1, viewer=approver)
    assert waiting is not None
    case = submitting.sign(viewer=approver, product=code, number=1, result_hash=waiting.result_hash)
    footprints.keep_reports(footprint=footprint, documents=[WrittenDocument("pdf", "zh", b"%PDF-1.7")])
    Job.objects.all().delete()  # what the queue holds is what a test puts there
    return {"product": code, "case": case, "signed": footprint}


def _organised(enterprise: int, owner: int) -> dict[str, Any]:
    """A site, an invitation, a delegation, a program and a registration, none of which concerns anybody of the cast."""
    by = account_queries.viewer(owner)
    last = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=200)).isoformat()
    address = {"name_zh": f"{MARK} 厂区", "name_en": "", "address": f"{MARK} 1 号", "division": "420203"}
    site = accounts.add_site(viewer=by, enterprise=enterprise, **address)
    invited = accounts.invite(viewer=by, enterprise=enterprise, email="invited@test.example", role="viewer")
    delegation = accounts.delegate(viewer=by, enterprise=enterprise, email="entrusted@test.example", role="viewer", expires=last)
    client = accounts.make_client(viewer=by, enterprise=enterprise, name=f"{MARK} ERP", role="viewer", expires=last)
    begun = accounts.begin_registration(
        email="registering@test.example", name="新人", uscc="91350100M000100Y43", name_zh="新厂", name_en="", city="黄石"
    )
    assert begun.token
    return {
        "invitation": invited.token,
        "invitation_number": account_queries.invitations(viewer=by, uscc=cast.CEMENT.uscc)[0].invitation,
        "registration": begun.token,
        "site": site,
        "delegation": delegation,
        "client": client.client_id,
    }


@pytest.fixture
def world(_world: World, db: None) -> World:
    """What was made before the first test; a test's own changes are undone after it."""
    cache.clear()  # the counters of tried passwords belong to the test before
    return _world


@pytest.fixture
def as_(world: World) -> Callable[[cast.Person], Viewer]:
    """Somebody of the cast, as queries and operations are told who asks: looked up anew each time, as every request does."""
    return lambda person: account_queries.viewer(world.people[person.email])


@pytest.fixture
def signed_in(world: World) -> Callable[[cast.Person], Client]:
    """A browser in which somebody of the cast has signed in through the form."""

    def sign_in(person: cast.Person) -> Client:
        client = Client()
        answer = client.post("/account/login/", {"login": person.email, "password": cast.PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in
