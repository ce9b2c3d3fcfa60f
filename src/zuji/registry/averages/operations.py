"""Calling for contributions, contributing, taking back, and the one read of a single contribution that is recorded."""

import datetime
import json
import secrets
from dataclasses import dataclass

from django.db import transaction

from zuji.engine.averages import SALT_BYTES, commitment
from zuji.engine.canonical import canonical_json
from zuji.engine.errors import EngineError
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.text import Text
from zuji.engine.units import parse_factor_unit
from zuji.registry.accounts import uscc
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.averages.models import KINDS, LONGEST_REASON, Call, Contribution, Retraction
from zuji.registry.codes import new_code
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.footprints.models import Submission
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.workflow.duties import Duty
from zuji.workflow.footprint import State
from zuji.workflow.permissions import Permission

_FIRST_DAY, _LAST_DAY = datetime.date(2010, 1, 1), datetime.date(2100, 12, 31)
_MOST_FILTERS = 6


def demand(viewer: Viewer, duty: Duty) -> None:
    """Nothing where the viewer holds the duty.

    Raises:
        NotFound: the viewer has no duty that concerns averages.
        NotAllowed: the viewer has another one.
    """
    if viewer.system or duty.value in viewer.duties:
        return
    if viewer.duties & {Duty.SECRETARY.value, Duty.PUBLISHER.value}:
        raise NotAllowed(Text("您的职责不含这一步。", "This step is not among your duties."))
    raise NotFound


@dataclass(frozen=True, slots=True)
class Written:
    """A call as somebody writes it: ``filters`` a line each, Chinese and English names with ``|`` between them."""

    name_zh: str
    name_en: str
    kind: str
    category: str
    unit: str
    boundary: str
    geography: str
    start: str
    end: str
    filters: str = ""


@transaction.atomic
def call(*, viewer: Viewer, written: Written) -> str:
    """Call for contributions; the call's code.

    Raises:
        NotFound, NotAllowed: the viewer is no secretary.
        Unfit: see ``faults``.
    """
    demand(viewer, Duty.SECRETARY)
    entries = Entries()
    name = entries.line("name_zh", written.name_zh, most=200)
    english = entries.line("name_en", written.name_en, most=200, needed=False) or name
    entries.chosen("kind", written.kind, frozenset(KINDS))
    category = entries.line("category", written.category, most=80)
    boundary = entries.line("boundary", written.boundary, most=500)
    geography = entries.line("geography", written.geography, most=40)
    first = entries.day("start", written.start, first=_FIRST_DAY, last=_LAST_DAY)
    last = entries.day("end", written.end, first=_FIRST_DAY, last=_LAST_DAY)
    if not {"start", "end"} & set(entries.faults) and first > last:
        entries.fault("end", Text("结束早于开始。", "It ends before it starts."))
    unit, per = _unit(entries, entries.line("unit", written.unit, most=60))
    filters = _filters(entries, written.filters)
    entries.settle()
    made = Call.objects.create(
        code=new_code(),
        name_zh=name,
        name_en=english,
        kind=written.kind,
        category=category,
        unit=unit,
        per=per,
        boundary=boundary,
        geography=geography,
        period_start=first,
        period_end=last,
        filters=canonical_json(filters).decode(),
        by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    record(action=Action.AVERAGE_CALLED, actor=viewer.name, subject=f"average:{made.code}", details={"unit": unit})
    return made.code


def _unit(entries: Entries, text: str) -> tuple[str, str]:
    try:
        parsed = parse_factor_unit(text)
    except EngineError as error:
        entries.fault("unit", error.text)
        return "", ""
    return text, parsed.per.text


def _filters(entries: Entries, text: str) -> list[list[str]]:
    found = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        zh, _, en = line.partition("|")
        names = entries.line("filters", zh, most=80), entries.line("filters", en, most=80, needed=False)
        found.append([f"f{number}", names[0], names[1] or names[0]])
    if len(found) == 1 or len(found) > _MOST_FILTERS or len({names[1] for names in found}) != len(found):
        entries.fault("filters", Text("分组为 2 至 6 个不同的名称，或不分组。", "Two to six different subsets, or none."))
    return found


@dataclass(frozen=True, slots=True)
class Offered:
    """A contribution as somebody writes it. ``record`` is ``case:NUMBER`` or ``evidence:CODE``; ``group`` the code of the controlling enterprise."""

    value: str
    volume: str
    group: str
    record: str
    filter: str = ""


@transaction.atomic
def contribute(*, viewer: Viewer, enterprise: int, call: str, offered: Offered) -> str:
    """Contribute to an average, in place of what the enterprise contributed before; the contribution's code.

    Raises:
        NotFound: there is no such call or enterprise, or it is not this person's.
        Unfit: see ``faults``.
        Refused: the platform has not confirmed who the enterprise is.
    """
    viewer.demand(Permission.EDIT, enterprise=enterprise)
    owner = Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise).first()
    wanted = Call.objects.filter(pk=call).first()
    if owner is None or wanted is None:
        raise NotFound
    if not owner.identity_confirmed:
        raise Refused(Text("平台尚未确认企业身份，不能提交。", "The platform has not confirmed who the enterprise is."))
    entries = Entries()
    value, volume = (_positive(entries, field, getattr(offered, field)) for field in ("value", "volume"))
    group = entries.line("group", offered.group, most=18, needed=False).upper() or owner.uscc
    entries.fault("group", uscc.fault(group))
    known = {each[0] for each in json.loads(wanted.filters)}
    if known:
        entries.chosen("filter", offered.filter, frozenset(known))
    kind, name, sealed = _record(entries, owner, offered.record)
    entries.settle()
    salt = secrets.token_bytes(SALT_BYTES)
    content = {"call": call, "value": value, "volume": volume, "filter": offered.filter if known else "", "record": sealed}
    last = Contribution.objects.filter(call=wanted, enterprise=owner).order_by("-number").values_list("number", flat=True).first() or 0
    made = Contribution.objects.create(
        code=new_code(),
        call=wanted,
        enterprise=owner,
        number=last + 1,
        value=value,
        volume=volume,
        group=group,
        filter=content["filter"],
        record_kind=kind,
        record=name,
        record_hash=sealed,
        salt=salt.hex(),
        commitment=commitment(salt, content),
        by=viewer.name,
        at=datetime.datetime.now(datetime.UTC),
    )
    record(
        action=Action.AVERAGE_CONTRIBUTED,
        actor=viewer.name,
        subject=f"average:{call}",
        enterprise=owner.uscc,
        details={"contribution": made.code, "commitment": made.commitment},
    )
    return made.code


def _positive(entries: Entries, field: str, text: str) -> str:
    try:
        value = parse_number(text.strip())
    except EngineError as error:
        entries.fault(field, error.text)
        return ""
    if value <= 0:
        entries.fault(field, Text("须大于零。", "It must be greater than zero."))
        return ""
    written = decimal_text(value)
    if len(written) > 80:
        entries.fault(field, Text("位数过多。", "There are too many digits."))
    return written


def _record(entries: Entries, owner: Enterprise, text: str) -> tuple[str, str, str]:
    """What a contribution rests on, with its hash: a submitted case of the enterprise's own, or an evidence file."""
    kind, _, name = text.partition(":")
    if kind == "case":
        rows = Submission.objects.filter(pk=name, version__product__enterprise=owner, version__state=State.SUBMITTED.value)
        sealed = rows.values_list("snapshot_hash", flat=True).first()
    else:
        found = EvidenceFile.objects.filter(pk=name, enterprise=owner).values_list("sha256", flat=True).first()
        kind, sealed = "evidence", f"sha256:{found}" if found else None
    if sealed is None:
        entries.fault(
            "record", Text("请选择本企业已提交的案件或佐证文件。", "Choose a submitted case or an evidence file of the enterprise.")
        )
    return kind, name, sealed or ""


@transaction.atomic
def retract(*, viewer: Viewer, enterprise: int, call: str) -> None:
    """Take back what the enterprise contributed: it counts in no later release. What was released stays.

    Raises:
        NotFound: there is no such contribution, or it is not this person's.
    """
    viewer.demand(Permission.EDIT, enterprise=enterprise)
    rows = Contribution.objects.select_related("enterprise").filter(call=call, enterprise=enterprise)
    found = rows.order_by("-number").first()
    if found is None:
        raise NotFound
    if Retraction.objects.filter(contribution=found).exists():
        raise Refused(Text("已经撤回。", "It was taken back already."))
    Retraction.objects.create(contribution=found, by=viewer.name, at=datetime.datetime.now(datetime.UTC))
    record(
        action=Action.AVERAGE_CONTRIBUTION_WITHDRAWN,
        actor=viewer.name,
        subject=f"average:{call}",
        enterprise=found.enterprise.uscc,
        details={"contribution": found.code},
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """A contribution as an auditor sees it."""

    enterprise: Text
    value: str
    volume: str
    group: str
    record: str
    record_hash: str
    salt: str
    commitment: str


@transaction.atomic
def read_contribution(*, viewer: Viewer, contribution: str, reason: str) -> Seen:
    """One enterprise's contribution, for an auditor; that it was read, by whom and why, stands in the enterprise's own history.

    Raises:
        NotFound: there is none, or the viewer is no auditor.
        Unfit: no reason is given.
    """
    if Duty.AUDITOR.value not in viewer.duties:
        raise NotFound
    found = Contribution.objects.select_related("enterprise").filter(pk=contribution).first()
    if found is None:
        raise NotFound
    entries = Entries()
    why = entries.line("reason", reason, most=LONGEST_REASON)
    entries.settle()
    record(
        action=Action.AVERAGE_CONTRIBUTION_READ,
        actor=viewer.name,
        subject=f"contribution:{contribution}",
        enterprise=found.enterprise.uscc,
        details={"reason": why},
    )
    return Seen(
        enterprise=Text(found.enterprise.name_zh, found.enterprise.name_en),
        value=found.value,
        volume=found.volume,
        group=found.group,
        record=found.record,
        record_hash=found.record_hash,
        salt=found.salt,
        commitment=found.commitment,
    )
