"""Registering certificates, claiming them for a footprint, and giving a claim up. Each amount is counted by the database."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from zuji.engine.contracts import certificate_key
from zuji.engine.errors import BadNumber
from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import Enterprise, Site
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.electricity.energy import megawatt_hours, watt_hours
from zuji.registry.electricity.kinds import GREEN
from zuji.registry.electricity.models import LONGEST_REASON, Certificate, Claim, Conflict, Release, Standing, Voiding
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.products.models import Version
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.footprint import State
from zuji.workflow.permissions import Permission

_FIRST_DAY = datetime.date(2010, 1, 1)
_LAST_DAY = datetime.date(2100, 12, 31)
_RANGE = frozenset("~～至到、，,;；/")
ELSEWHERE = Text(
    "该证书编号已登记，不能再登记。如有异议，请联系平台管理员；本次登记已记录，供其核对。",
    "A certificate of this number is registered already. If you disagree, ask the operator of the platform; this attempt is recorded for them.",
)
OWN = Text("本企业已登记该证书。", "Your enterprise has registered this certificate already.")


@dataclass(frozen=True, slots=True)
class Written:
    """A certificate as somebody writes it into a form: ``volume`` in MWh, days as ISO dates, ``site`` the number of a site."""

    number: str
    volume: str
    start: str
    end: str
    type: str
    issuer: str
    site: str


def register(*, viewer: Viewer, enterprise: int, written: Written, evidence: str) -> str:
    """Register a certificate of the enterprise, its beneficiary; its code. ``evidence`` is the code of its file.

    A number that another enterprise has registered is refused without saying by whom; the attempt is kept for the operators.

    Raises:
        Unfit: see ``faults``.
        Refused: the number is registered already, or the platform has not confirmed who the enterprise is.
    """
    viewer.demand(Permission.EDIT, enterprise=enterprise)
    made = _read(enterprise, written)
    made.site = _site(enterprise, written.site)
    made.evidence = _evidence(enterprise, evidence)
    made.by = viewer.name
    stands = _registered(made)
    if stands is None:
        return made.code
    if stands.enterprise_id == enterprise:
        raise Refused(OWN)
    _note(made, stands)
    raise Refused(ELSEWHERE)


def _read(enterprise: int, written: Written) -> Certificate:
    owner = Enterprise.objects.filter(pk=enterprise).first()
    if owner is None:
        raise NotFound
    if not owner.identity_confirmed:
        raise Refused(
            Text("平台尚未确认企业身份，不能登记证书。", "The platform has not confirmed who the enterprise is: it cannot register yet.")
        )
    entries = Entries()
    number = entries.line("number", written.number, most=80)
    key = certificate_key(number)
    if "number" not in entries.faults and (not key or len(key) > 80 or _RANGE & set(number)):
        entries.fault("number", Text("每张证书各登记一次，不写编号区间。", "Register each certificate by itself, not a range of numbers."))
    first = entries.day("start", written.start, first=_FIRST_DAY, last=_LAST_DAY)
    last = entries.day("end", written.end, first=_FIRST_DAY, last=_LAST_DAY)
    if not {"start", "end"} & set(entries.faults) and first > last:
        entries.fault("end", Text("结束早于开始。", "It ends before it starts."))
    entries.chosen("type", written.type, frozenset(GREEN))
    issuer = entries.line("issuer", written.issuer, most=200)
    amount = _amount(entries, "volume", written.volume)
    entries.settle()
    return Certificate(
        code=new_code(),
        enterprise=owner,
        number=number,
        key=key,
        watt_hours=amount,
        period_start=first,
        period_end=last,
        type=written.type,
        issuer=issuer,
        at=datetime.datetime.now(datetime.UTC),
    )


def _amount(entries: Entries, field: str, text: str) -> int:
    try:
        return watt_hours(text[:80])
    except BadNumber as bad:
        entries.fault(field, bad.text)
        return 1


@transaction.atomic
def _registered(made: Certificate) -> Certificate | None:
    """None where the certificate was registered now; else the one that stands under its number."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        stands = Standing.objects.select_related("certificate").filter(key=made.key).first()
        if stands is None:
            raise
        return stands.certificate
    record(
        action=Action.CERTIFICATE_REGISTERED,
        actor=made.by,
        subject=f"certificate:{made.code}",
        enterprise=made.enterprise.uscc,
        details={"type": made.type, "evidence": made.evidence.sha256},
    )
    return None


@transaction.atomic
def _note(tried: Certificate, stands: Certificate) -> None:
    kept = Conflict.objects.create(
        certificate=stands, enterprise=tried.enterprise, number=tried.number, evidence=tried.evidence, by=tried.by, at=tried.at
    )
    record(
        action=Action.CERTIFICATE_CONTESTED,
        actor=tried.by,
        subject=f"certificate-conflict:{kept.pk}",
        enterprise=tried.enterprise.uscc,
    )


@transaction.atomic
def claim(
    *, viewer: Viewer, certificate: str, product: str, number: int, volume: str, start: str, end: str, enterprise: int | None = None
) -> str:
    """Claim a part of an own certificate for the draft of a product version; the claim's code. ``volume`` is in MWh.

    Raises:
        NotFound: there is no such certificate or product, or not for this person, or (``enterprise``) not of that enterprise.
        Unfit: see ``faults``: a period outside the certificate's, or of two calendar years.
        Refused: the certificate has less left than is claimed, or the version is no draft, or of another enterprise or site.
    """
    held = _own(viewer, certificate, enterprise)
    version = _draft(viewer, held, product, number)
    entries = Entries()
    amount = _amount(entries, "volume", volume)
    first = entries.day("start", start, first=_FIRST_DAY, last=_LAST_DAY)
    last = entries.day("end", end, first=_FIRST_DAY, last=_LAST_DAY)
    if not entries.faults:
        entries.fault("end", _period_fault(held, first, last))
    entries.settle()
    made = Claim(
        code=new_code(),
        certificate=held,
        version=version,
        site=held.site,
        watt_hours=amount,
        period_start=first,
        period_end=last,
        year=first.year,
        by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        left = Standing.objects.filter(certificate=held, key__isnull=False).values_list("volume", "claimed").first()
        if left is None:
            raise Refused(Text("该证书的登记已作废。", "The registration of this certificate is void.")) from None
        raise _too_much(left[0] - left[1]) from None
    record(
        action=Action.CERTIFICATE_CLAIMED,
        actor=viewer.name,
        subject=f"certificate:{certificate}",
        enterprise=held.enterprise.uscc,
        details={"claim": made.code, "product": product, "version": number},
    )
    return made.code


def _period_fault(held: Certificate, first: datetime.date, last: datetime.date) -> Text | None:
    if first > last:
        return Text("结束早于开始。", "It ends before it starts.")
    if first.year != last.year:
        return Text("一次认领限于一个自然年，跨年请分次认领。", "A claim is of one calendar year: make one for each year.")
    if last < held.period_start or held.period_end < first:
        return Text(
            f"认领时段与证书时段 {held.period_start} 至 {held.period_end} 不相交。",
            f"The period does not overlap the certificate's, {held.period_start} to {held.period_end}.",
        )
    return None


def _too_much(left: int) -> Refused:
    return Refused(
        Text(
            f"证书尚余 {megawatt_hours(left)} MWh，不足认领。",
            f"The certificate has {megawatt_hours(left)} MWh left, less than is claimed.",
        )
    )


@transaction.atomic
def release(*, viewer: Viewer, claim: str, reason: str, certificate: str | None = None) -> None:
    """Give a claim up, with the reason; what it claimed can be claimed again. Withdrawing a footprint alone does not free it.

    Raises:
        NotFound: there is no such claim, or not for this person.
        Refused: its footprint awaits sign-off or is submitted, or it was given up already, or no reason is given.
    """
    found = Claim.objects.select_related("certificate__enterprise", "version__product").filter(pk=claim).first()
    if found is None or (certificate is not None and found.certificate_id != certificate):
        raise NotFound
    viewer.demand(Permission.EDIT, enterprise=found.certificate.enterprise_id)
    version = Version.objects.select_for_update(of=("self",)).get(pk=found.version_id)
    if version.state not in {State.DRAFT.value, State.WITHDRAWN.value}:
        raise Refused(
            Text(
                "所属碳足迹待签核或已提交，不能释放。请先收回或撤回该碳足迹。",
                "Its footprint awaits sign-off or is submitted. Take it back or withdraw it first.",
            )
        )
    why = _reason(reason)
    if Release.objects.filter(claim=found).exists():
        raise Refused(Text("该认领已释放。", "The claim was given up already."))
    Release.objects.create(claim=found, reason=why, by=viewer.name, at=datetime.datetime.now(datetime.UTC))
    record(
        action=Action.CERTIFICATE_CLAIM_RELEASED,
        actor=viewer.name,
        subject=f"certificate:{found.certificate_id}",
        enterprise=found.certificate.enterprise.uscc,
        details={"claim": claim, "product": version.product_id, "version": version.number},
    )


@transaction.atomic
def void(*, viewer: Viewer, certificate: str, reason: str, enterprise: int | None = None) -> None:
    """Make a wrong registration void, with the reason; its number is free again. By the enterprise itself or by an operator.

    Raises:
        NotFound: there is no such certificate, or not for this person, or (``enterprise``) not of that enterprise.
        Refused: something of it is claimed, or it is void already, or no reason is given.
    """
    held = _own(viewer, certificate, enterprise)
    why = _reason(reason)
    if Voiding.objects.filter(certificate=held).exists():
        raise Refused(Text("该登记已作废。", "The registration is void already."))
    try:
        with transaction.atomic():
            Voiding.objects.create(certificate=held, reason=why, by=viewer.name, at=datetime.datetime.now(datetime.UTC))
    except IntegrityError:
        raise Refused(
            Text("证书有未释放的认领，不能作废。", "Something of the certificate is claimed: give the claims up first.")
        ) from None
    record(
        action=Action.CERTIFICATE_VOIDED,
        actor=viewer.name,
        subject=f"certificate:{certificate}",
        enterprise=held.enterprise.uscc,
    )


def _reason(reason: str) -> str:
    entries = Entries()
    why = entries.line("reason", reason, most=LONGEST_REASON)
    entries.settle()
    return why


def _own(viewer: Viewer, certificate: str, enterprise: int | None) -> Certificate:
    """A certificate that the viewer may change: of an enterprise of theirs, or, for an operator, any."""
    held = Certificate.objects.select_related("enterprise", "site").filter(pk=certificate).first()
    if held is None or (enterprise is not None and held.enterprise_id != enterprise):
        raise NotFound
    if not viewer.operator or enterprise is not None:
        viewer.demand(Permission.EDIT, enterprise=held.enterprise_id)
    return held


def _draft(viewer: Viewer, held: Certificate, product: str, number: int) -> Version:
    """The version, locked, of the certificate's enterprise and site."""
    rows = Version.objects.select_for_update(of=("self",)).select_related("product")
    version = rows.filter(product=product, number=number).first()
    if version is None or version.product.enterprise_id != held.enterprise_id:
        raise NotFound
    viewer.demand(Permission.EDIT, enterprise=held.enterprise_id, product=product)
    if version.state != State.DRAFT.value:
        raise Refused(Text("只能为填报中的版本认领。", "Only the draft of a version can claim."))
    if version.product.site_id is not None and version.product.site_id != held.site_id:
        raise Refused(Text("证书登记的场所不是该产品的场所。", "The certificate was registered for another site than the product's."))
    return version


def _site(enterprise: int, written: str) -> Site:
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else 0
    site = Site.objects.filter(pk=number, enterprise=enterprise, closed=False).first()
    if site is None:
        entries = Entries()
        entries.fault("site", Text("请选择本企业在用的场所。", "Choose a site of the enterprise that is in use."))
        entries.settle()
        raise NotFound
    return site


def _evidence(enterprise: int, code: str) -> EvidenceFile:
    file = EvidenceFile.objects.filter(pk=code, enterprise=enterprise).first()
    if file is None:
        raise Refused(Text("请附上证书文件。", "Attach the file of the certificate."))
    return file
