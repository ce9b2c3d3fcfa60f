"""Green-power certificates of the enterprise, and the residual mix for everybody."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from zuji.registry.accounts import queries as accounts
from zuji.registry.electricity import operations, queries
from zuji.web.api.acting import enterprise_of, program
from zuji.web.api.public_shapes import (
    CertificateIn,
    CertificateList,
    CertificateOut,
    CertificateRow,
    ClaimIn,
    ClaimOut,
    MixOut,
    ReasonIn,
    SiteOut,
)
from zuji.web.api.repeating import Key, answer_once
from zuji.web.api.shapes import Both, Code, Made
from zuji.web.api.signing_in import ANYBODY
from zuji.web.api.throttles import READING

router = Router(tags=["electricity"])
HERE = "/certificates/{certificate}"


@router.get(
    "/electricity/residual-mixes",
    response=list[MixOut],
    auth=ANYBODY,
    throttle=list(READING),
    operation_id="residual_mixes",
    url_name="residual-mixes",
)
def mixes(request: HttpRequest) -> list[MixOut]:
    """The residual mixes, the newest first: what is left of a year's generation without what this platform's footprints have claimed."""
    del request
    return [
        MixOut(year=row.year, number=row.number, value=row.value, commitment=row.commitment, verified=row.verified, at=row.at)
        for row in queries.mixes()
    ]


@router.get("/sites", response=list[SiteOut], operation_id="sites", url_name="sites")
def sites(request: HttpRequest) -> list[SiteOut]:
    """Where the enterprise produces, closed ones last."""
    viewer = program(request)
    uscc = accounts.enterprise_of_program(viewer=viewer).uscc
    return [
        SiteOut(site=row.site, name=Both.of(row.name), address=row.address, division=row.division, closed=row.closed)
        for row in accounts.sites(viewer=viewer, uscc=uscc)
    ]


@router.get("/certificates", response=CertificateList, operation_id="certificates", url_name="certificates")
def certificates(request: HttpRequest, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> CertificateList:
    """The enterprise's certificates, newest first, 50 a page."""
    viewer = program(request)
    rows, total = queries.of_enterprise(accounts.enterprise_of_program(viewer=viewer).uscc, viewer=viewer, page=page)
    return CertificateList(certificates=[_row(row) for row in rows], total=total, page=page, pages=max(1, -(-total // queries.PAGE)))


@router.post("/certificates", response={201: Made}, operation_id="register_certificate", url_name="certificates")
def register(request: HttpRequest, sent: CertificateIn) -> Status[Made]:
    """Register a certificate. A number is registered once in the province: sent again, or by another enterprise, the answer is 409."""
    viewer = program(request)
    written = operations.Written(**{**sent.model_dump(exclude={"evidence"}), "site": str(sent.site)})
    # Under no key: that somebody tried a number of another's has to outlive the refusal, and a number is done once by itself.
    return Status(
        201, Made(code=operations.register(viewer=viewer, enterprise=enterprise_of(viewer), written=written, evidence=sent.evidence))
    )


@router.get(HERE, response=CertificateOut, operation_id="certificate", url_name="certificate")
def one(request: HttpRequest, certificate: Code) -> CertificateOut:
    """A certificate with what is claimed of it."""
    viewer = program(request)
    found = queries.certificate(certificate, viewer=viewer, uscc=accounts.enterprise_of_program(viewer=viewer).uscc)
    return CertificateOut(
        row=_row(found.row),
        evidence=found.evidence,
        evidence_name=found.evidence_name,
        at=found.at,
        claims=[
            ClaimOut(
                code=each.code,
                product=each.product,
                version=each.number,
                volume=each.volume,
                start=each.start,
                end=each.end,
                at=each.at,
                released=each.released,
                reason=each.reason,
            )
            for each in found.claims
        ],
        void_reason=found.void_reason,
    )


@router.post(f"{HERE}/claims", response={201: Made}, operation_id="claim", url_name="claims")
def claim(request: HttpRequest, certificate: Code, sent: ClaimIn, key: Key) -> HttpResponse:
    """Claim a part of a certificate for the draft of a product version. More than is left of it is 409: the database counts."""
    viewer = program(request)

    def work() -> tuple[int, Made]:
        code = operations.claim(
            viewer=viewer,
            certificate=certificate,
            enterprise=enterprise_of(viewer),
            product=sent.product,
            number=sent.version,
            volume=sent.volume,
            start=sent.start,
            end=sent.end,
        )
        return 201, Made(code=code)

    return answer_once(request, viewer, key, work)


@router.post(f"{HERE}/claims/{{claim}}/release", response=CertificateOut, operation_id="release_claim", url_name="claim-release")
def release(request: HttpRequest, certificate: Code, claim: Code, sent: ReasonIn) -> CertificateOut:
    """Give a claim up, while its version is a draft or withdrawn; what it claimed can be claimed again."""
    operations.release(viewer=program(request), claim=claim, certificate=certificate, reason=sent.reason)
    return one(request, certificate)


@router.post(f"{HERE}/void", response=CertificateOut, operation_id="void_certificate", url_name="certificate-void")
def void(request: HttpRequest, certificate: Code, sent: ReasonIn) -> CertificateOut:
    """Make a wrong registration void, of which nothing is claimed; its number is free again."""
    viewer = program(request)
    operations.void(viewer=viewer, certificate=certificate, enterprise=enterprise_of(viewer), reason=sent.reason)
    return one(request, certificate)


def _row(row: queries.Row) -> CertificateRow:
    return CertificateRow(
        code=row.code,
        number=row.number,
        type=row.type,
        volume=row.volume,
        claimed=row.claimed,
        left=row.left,
        start=row.start,
        end=row.end,
        issuer=row.issuer,
        site=Both.of(row.site),
        state=row.state,
    )
