"""A page that lists takes as many questions to the database for a thousand rows as for ten."""

import datetime
import hashlib
from collections.abc import Callable, Mapping

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.integration.access.table import same_session, undone
from tests.integration.access.tenant import AUDITOR, MODEL, OFFICIAL, OPERATOR, OWNER, PARTNER, PROGRAM, SECRET, Tenant, uscc
from zuji.registry.accounts.models import ApiClient, Delegation, Enterprise, Invitation, Membership, Site, User
from zuji.registry.audit.models import Event
from zuji.registry.averages.models import Call, Contribution
from zuji.registry.averages.models import Release as Average
from zuji.registry.codes import new_code
from zuji.registry.electricity.models import Certificate, Claim, Conflict
from zuji.registry.electricity.models import Release as ClaimRelease
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.footprints.models import Footprint, Publication, Step, Submission
from zuji.registry.governance.models import Dossier
from zuji.registry.products.models import Attachment, Change, Product, Version

FEW, MANY = 10, 1000
_SOON = datetime.date(2099, 1, 1)


def _products(tenant: Tenant, count: int) -> None:
    made = Product.objects.bulk_create(
        Product(
            code=new_code(), enterprise_id=tenant.enterprise, name_zh=f"产品{n}", name_en=f"Product {n}", model=MODEL, created_by="user:1"
        )
        for n in range(count)
    )
    Version.objects.bulk_create(Version(product=product, number=1, model=f"{MODEL}@1.0.0", created_by="user:1") for product in made)


def _versions(tenant: Tenant, count: int) -> None:
    Version.objects.bulk_create(
        Version(product_id=tenant.submitted.code, number=n + 10, model=f"{MODEL}@1.0.0", state="withdrawn", created_by="user:1")
        for n in range(count)
    )


def _footprints(tenant: Tenant, count: int) -> None:
    """Results of one product, each of its own revision."""
    one = Footprint.objects.get(pk=tenant.submitted.footprint)
    Footprint.objects.bulk_create(_copies(one, count))


def _copies(one: Footprint, count: int) -> list[Footprint]:
    fields = {field.attname: getattr(one, field.attname) for field in Footprint._meta.concrete_fields if field.name != "created"}
    digest = (hashlib.sha256(str(n).encode()).hexdigest() for n in range(count))
    return [
        Footprint(**{**fields, "code": new_code(), "number": one.number + 100 + n, "revision": 100 + n, "study_digest": next(digest)})
        for n in range(count)
    ]


def _cases(tenant: Tenant, count: int) -> None:
    _products(tenant, count)
    one = Footprint.objects.get(pk=tenant.submitted.footprint)
    kept = Submission.objects.get(pk=tenant.submitted.case)
    versions = list(Version.objects.filter(product__enterprise_id=tenant.enterprise, state="draft", submission=None)[:count])
    footprints = _copies(one, len(versions))
    for footprint, version in zip(footprints, versions, strict=True):
        footprint.version = version
    Footprint.objects.bulk_create(footprints)
    Submission.objects.bulk_create(
        Submission(
            case_number=f"ZJ-2025-{n:06d}",
            version=version,
            footprint=footprint,
            prepared_by=f"user:{tenant.member}",
            signed_by=f"user:{tenant.member}",
            at=timezone.now(),
            snapshot=kept.snapshot,
            snapshot_hash=kept.snapshot_hash,
        )
        for n, (version, footprint) in enumerate(zip(versions, footprints, strict=True))
    )


def _awaiting(tenant: Tenant, count: int) -> None:
    _products(tenant, count)
    versions = list(Version.objects.filter(product__enterprise_id=tenant.enterprise, product__name_en__startswith="Product "))
    Version.objects.filter(pk__in=[version.pk for version in versions]).update(state="awaiting_sign_off")
    Step.objects.bulk_create(
        Step(version=version, act="ask_sign_off", at=timezone.now(), by=f"user:{tenant.member}", footprint_id=tenant.awaiting.footprint)
        for version in versions
    )


def _people(count: int) -> list[User]:
    return User.objects.bulk_create(User(email=f"p{n}@many.example", name=f"P {n}", password="!") for n in range(count))


def _members(tenant: Tenant, count: int) -> None:
    Membership.objects.bulk_create(Membership(user=user, enterprise_id=tenant.enterprise, role="viewer") for user in _people(count))


def _sites(tenant: Tenant, count: int) -> None:
    Site.objects.bulk_create(
        Site(enterprise_id=tenant.enterprise, name_zh=f"厂{n}", name_en=f"Works {n}", address="…", division="420203") for n in range(count)
    )


def _invitations(tenant: Tenant, count: int) -> None:
    inviters = _people(count)
    Invitation.objects.bulk_create(
        Invitation(
            enterprise_id=tenant.enterprise,
            email=f"i{n}@many.example",
            role="viewer",
            token_hash=f"a{n}",
            mailed_hash=f"b{n}",
            by=by,
            expires=timezone.now() + datetime.timedelta(days=9),
        )
        for n, by in enumerate(inviters)
    )


def _delegations(tenant: Tenant, count: int) -> None:
    products = [tenant.draft.code, tenant.submitted.code]
    Delegation.objects.bulk_create(
        Delegation(enterprise_id=tenant.enterprise, email=f"d{n}@many.example", role="viewer", expires=_SOON, by=by, products=products)
        for n, by in enumerate(_people(count))
    )


def _clients(tenant: Tenant, count: int) -> None:
    ApiClient.objects.bulk_create(
        ApiClient(
            client_id=new_code(),
            secret_hash="…",
            enterprise_id=tenant.enterprise,
            name=f"c{n}",
            role="viewer",
            created_by=by,
            expires=_SOON,
        )
        for n, by in enumerate(_people(count))
    )


def _events(tenant: Tenant, count: int) -> None:
    """As many people as there are events, and a program."""
    last = Event.objects.order_by("-number")[0]
    previous, rows = last.hash, []
    for n, user in enumerate(_people(count), start=1):
        this = hashlib.sha256(f"event {n}".encode()).hexdigest()
        rows.append(
            Event(
                number=last.number + n,
                at=timezone.now(),
                actor=f"user:{user.pk}" if n < count else f"client:{tenant.client_id}",
                enterprise=SECRET.uscc,
                action="site.added",
                subject=f"user:{user.pk - 1}",
                details="{}",
                previous=previous,
                hash=this,
            )
        )
        previous = this
    Event.objects.bulk_create(rows)


def _changes(tenant: Tenant, count: int) -> None:
    version = Version.objects.get(product=tenant.draft.code, number=1)
    Change.objects.bulk_create(
        Change(version=version, revision=100 + n, key="ammonia", before=str(n), after=str(n + 1), at=timezone.now(), by=f"user:{user.pk}")
        for n, user in enumerate(_people(count))
    )
    Version.objects.filter(pk=version.pk).update(revision=100 + count)


def _attachments(tenant: Tenant, count: int) -> None:
    version = Version.objects.get(product=tenant.draft.code, number=1)
    one = EvidenceFile.objects.get(pk=tenant.file)
    fields = {field.attname: getattr(one, field.attname) for field in EvidenceFile._meta.concrete_fields}
    files = EvidenceFile.objects.bulk_create(EvidenceFile(**{**fields, "code": new_code(), "name": f"{n}.txt"}) for n in range(count))
    Attachment.objects.bulk_create(Attachment(version=version, key="ammonia", file=file, at=timezone.now(), by="user:1") for file in files)


def _enterprises(tenant: Tenant, count: int) -> None:
    del tenant
    made = Enterprise.objects.bulk_create(
        Enterprise(uscc=uscc(f"91420100MADE{n:05d}"), name_zh=f"企{n}", name_en=f"E {n}", city_zh="武汉", city_en="Wuhan")
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, enterprise=one, role="owner") for user, one in zip(_people(count), made, strict=True)
    )


def _my_enterprises(tenant: Tenant, count: int) -> None:
    owner = Membership.objects.get(enterprise=tenant.enterprise, role="owner").user
    _enterprises(tenant, count)
    Membership.objects.bulk_create(
        Membership(user=owner, enterprise=one, role="viewer") for one in Enterprise.objects.filter(name_en__startswith="E ")
    )


def _published(tenant: Tenant, count: int) -> None:
    before = set(Footprint.objects.values_list("pk", flat=True))
    one = Footprint.objects.get(pk=tenant.public)
    fields = {field.attname: getattr(one, field.attname) for field in Footprint._meta.concrete_fields if field.name != "created"}
    Footprint.objects.bulk_create(Footprint(**{**fields, "code": new_code(), "study_id": f"study-{n}", "number": 1}) for n in range(count))
    Publication.objects.bulk_create(
        Publication(footprint_id=code, by="system") for code in Footprint.objects.exclude(pk__in=before).values_list("pk", flat=True)
    )


Fill = Callable[[Tenant, int], None]


def _like(one: Model, **changes: object) -> dict[str, object]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields} | changes


def _certificates(tenant: Tenant, count: int) -> None:
    one = Certificate.objects.get(pk=tenant.certificate)
    Certificate.objects.bulk_create(Certificate(**_like(one, code=new_code(), key=f"K{n}")) for n in range(count))


def _claims(tenant: Tenant, count: int) -> None:
    one = Claim.objects.get(pk=tenant.claim)
    # One row a statement: PostgreSQL counts after a statement, and refuses a sum that runs ahead of it.
    made = Claim.objects.bulk_create((Claim(**_like(one, code=new_code(), watt_hours=1)) for _ in range(count)), batch_size=1)
    ClaimRelease.objects.bulk_create(
        (ClaimRelease(claim=claim, reason="…", by="user:1", at=timezone.now()) for claim in made[::2]), batch_size=1
    )


def _conflicts(tenant: Tenant, count: int) -> None:
    held = Certificate.objects.get(pk=tenant.certificate)
    Conflict.objects.bulk_create(
        Conflict(certificate=held, enterprise_id=held.enterprise_id, number="…", evidence_id=tenant.file, by="user:1", at=timezone.now())
        for _ in range(count)
    )


def _calls(tenant: Tenant, count: int) -> None:
    one, theirs = Call.objects.get(pk=tenant.call), Contribution.objects.get(pk=tenant.contribution)
    made = Call.objects.bulk_create(Call(**_like(one, code=new_code())) for _ in range(count))
    Contribution.objects.bulk_create(
        Contribution(**_like(theirs, code=new_code(), call_id=call.pk, commitment=f"sha256:{n}")) for n, call in enumerate(made)
    )
    Average.objects.bulk_create(Average(call=call, quarter="2026Q1", published=True, value="1", by="x", at=timezone.now()) for call in made)


def _contributions(tenant: Tenant, count: int) -> None:
    one = Contribution.objects.get(pk=tenant.contribution)
    Contribution.objects.bulk_create(
        Contribution(**_like(one, code=new_code(), number=n + 2, commitment=f"sha256:{n}")) for n in range(count)
    )


def _own_programs(tenant: Tenant, count: int) -> None:
    one = ApiClient.objects.get(client_id=tenant.own_program)
    ApiClient.objects.bulk_create(ApiClient(**_like(one, id=None, client_id=new_code())) for _ in range(count))


def _dossiers(tenant: Tenant, count: int) -> None:
    one = Dossier.objects.get(pk=tenant.dossier_draft)
    returned = {"state": "returned", "cycle": 1}
    Dossier.objects.bulk_create(Dossier(**_like(one, code=new_code(), number=f"YZ-2099-{n:06d}", **returned)) for n in range(count))


LISTS: Mapping[str, tuple[str, str, Fill]] = {
    "an enterprise's products": ("/enterprises/{uscc}/", OWNER, _products),
    "a program's products": ("/v1/products", PROGRAM, _products),
    "a product's versions": ("/products/{submitted}/", OWNER, _versions),
    "a program's versions": ("/v1/products/{submitted}", PROGRAM, _versions),
    "a product's results": ("/products/{submitted}/", OWNER, _footprints),
    "results to compare": ("/products/{submitted}/compare/", OWNER, _footprints),
    "results beside one": ("/footprints/{footprint}/compare/", OWNER, _footprints),
    "a result among many": ("/footprints/{footprint}/", OWNER, _footprints),
    "a version's results": ("/products/{submitted}/v1/", OWNER, _footprints),
    "cases": ("/enterprises/{uscc}/cases/", OWNER, _cases),
    "a program's cases": ("/v1/cases", PROGRAM, _cases),
    "a case among many": ("/cases/{case}/", OWNER, _cases),
    "what awaits sign-off": ("/account/", OWNER, _awaiting),
    "what awaits sign-off at home": ("/enterprises/{uscc}/", OWNER, _awaiting),
    "members": ("/enterprises/{uscc}/members/", OWNER, _members),
    "sites": ("/enterprises/{uscc}/sites/", OWNER, _sites),
    "sites to choose from": ("/products/{draft}/describe/", OWNER, _sites),
    "invitations": ("/enterprises/{uscc}/members/", OWNER, _invitations),
    "delegations": ("/enterprises/{uscc}/delegations/", OWNER, _delegations),
    "products to delegate": ("/enterprises/{uscc}/delegations/", OWNER, _products),
    "programs": ("/enterprises/{uscc}/clients/", OWNER, _clients),
    "green certificates": ("/enterprises/{uscc}/certificates/", OWNER, _certificates),
    "one's own programs": ("/account/programs/", OFFICIAL, _own_programs),
    "a program's dossiers": ("/v1/dossiers", PROGRAM, _dossiers),
    "what waits for a program": ("/v1/dossiers/tasks", PROGRAM, _dossiers),
    "a program's certificates": ("/v1/certificates", PROGRAM, _certificates),
    "a program's claims": ("/v1/certificates/{certificate}", PROGRAM, _claims),
    "a program's calls": ("/v1/averages", PROGRAM, _calls),
    "claims of a certificate": ("/enterprises/{uscc}/certificates/{certificate}/", OWNER, _claims),
    "drafts that may claim": ("/enterprises/{uscc}/certificates/{certificate}/claim/", OWNER, _products),
    "certificates and conflicts": ("/office/electricity/", OPERATOR, _conflicts),
    "calls for contributions": ("/enterprises/{uscc}/contributions/", OWNER, _calls),
    "averages": ("/averages/", OWNER, _calls),
    "contributions to audit": ("/authority/averages/{call}/contributions/", AUDITOR, _contributions),
    "the audit trail": ("/enterprises/{uscc}/history/", OWNER, _events),
    "the record": ("/audit/", AUDITOR, _events),
    "an export of the record": ("/audit/export/", AUDITOR, _events),
    "a version's history": ("/products/{draft}/v1/history/", OWNER, _changes),
    "a program's history": ("/v1/products/{draft}/versions/1/history", PROGRAM, _changes),
    "evidence of a version": ("/products/{draft}/v1/g/ammonia/", OWNER, _attachments),
    "evidence of all answers": ("/products/{draft}/v1/check/", OWNER, _attachments),
    "a program's evidence": ("/v1/products/{draft}/versions/1", PROGRAM, _attachments),
    "identities to confirm": ("/office/", OPERATOR, _enterprises),
    "one's enterprises": ("/account/", OWNER, _my_enterprises),
    "one's results": ("/account/", OWNER, _footprints),
    "a consultant's account": ("/account/", PARTNER, _products),
    "published results": ("/footprints/", OWNER, _published),
    "the first page": ("/", OWNER, _published),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_thousand_rows_take_no_more_questions_than_ten(tenant: Tenant, name: str) -> None:
    address, role, fill = LISTS[name]
    place = address.format(
        uscc=SECRET.uscc,
        draft=tenant.draft.code,
        submitted=tenant.submitted.code,
        footprint=tenant.submitted.footprint,
        case=tenant.submitted.case,
        certificate=tenant.certificate,
        call=tenant.call,
    )
    counts, seen = [], []
    for rows in (FEW, MANY):
        with undone(), same_session(tenant.sees(role)) as client:
            fill(tenant, rows)
            client.get(place)  # what is kept in memory after the first time is no question of the second
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = client.get(place)
            assert answer.status_code == 200, (name, answer.status_code)
            counts.append(len(asked))
            seen.append(asked.captured_queries)
    assert counts[0] == counts[1], [[each["sql"][:160] for each in one] for one in seen]
