"""Decisions of named persons on what the gate refused: recorded, never changed, and part of every later import of the same content."""

import datetime

from django.db import transaction

from zuji.engine.text import Text
from zuji.formats.gate.overruling import OVERRULABLE
from zuji.formats.gate.overruling import Overruling as Decision
from zuji.importing import Imported, decided
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.inventory.models import Dataset, Overruling
from zuji.registry.inventory.rows import storable
from zuji.registry.refusals import NotAllowed, NotFound, Refused

SHORTEST_REASON, LONGEST_REASON = 8, 2000
_LONGEST_NAME = 120


@transaction.atomic
def overrule(*, viewer: Viewer, release: str, dataset: str, check: str, reason: str, by: str = "", withdraw: bool = False) -> Decision:
    """Decide that one error of one refused dataset does not keep it out, or take such a decision back.

    ``by``: the person who decides, where the command line of the machine records it; an operator decides in the own name. The release stays as it
    is: the decision counts when the same dataset, with the same content, is imported and stored again, and is then part of that release's hash.

    Raises:
        NotAllowed: only an operator, or the command line of the machine, does this.
        NotFound: there is no such release or dataset.
        Refused: the check is none that may be overruled, or does not keep the dataset out; nobody is named; no reason is given.
    """
    if not (viewer.system or viewer.operator):
        raise NotAllowed(Text("只有平台管理员可以推翻导入检查的结论。", "Only an operator of the platform overrules the import gate."))
    row = Dataset.objects.filter(release__code=release, uuid=dataset).first()
    if row is None:
        raise NotFound
    person, why = (storable(by).strip() if viewer.system else viewer.name), storable(reason).strip()
    _demand(row, check, person, why)
    standing = _standing(row.uuid, row.digest, check)
    if withdraw != (standing is not None):
        raise Refused(
            Text("没有可撤回的决定。", "There is no decision to take back.")
            if withdraw
            else Text("这项检查已被推翻。", "This check is overruled already.")
        )
    now = datetime.datetime.now(datetime.UTC)
    Overruling.objects.create(
        dataset=row,
        uuid=row.uuid,
        digest=row.digest,
        check_code=check,
        stands=not withdraw,
        by=person,
        recorded_by=viewer.name,
        reason=why,
        at=now,
    )
    record(
        action=Action.INVENTORY_OVERRULED,
        actor=viewer.name,
        subject=f"inventory:{release}",
        details={"dataset": row.uuid, "digest": row.digest, "check": check, "by": person, "reason": why, "stands": not withdraw},
    )
    return Decision(row.uuid, row.digest, check, person, why, now.date().isoformat())


def with_decisions(imported: Imported) -> Imported:
    """The import judged under the decisions that stand on datasets of exactly its content."""
    return decided(imported, decisions({d.id: d.digest for d in imported.inventory.datasets}))


def decisions(contents: dict[str, str]) -> tuple[Decision, ...]:
    """The decisions that stand on datasets, given by identifier and digest, in a stable order."""
    latest: dict[tuple[str, str], Overruling] = {}
    for row in Overruling.objects.order_by("pk"):
        if contents.get(row.uuid) == row.digest:
            latest[row.uuid, row.check_code] = row
    return tuple(
        Decision(row.uuid, row.digest, row.check_code, row.by, row.reason, row.at.date().isoformat())
        for _, row in sorted(latest.items())
        if row.stands
    )


def _standing(uuid: str, digest: str, check: str) -> Overruling | None:
    last = Overruling.objects.filter(uuid=uuid, digest=digest, check_code=check).order_by("-pk").first()
    return last if last is not None and last.stands else None


def _demand(row: Dataset, check: str, person: str, why: str) -> None:
    if check not in OVERRULABLE:
        raise Refused(
            Text(
                f"检查 {check} 的结论不能推翻。可以推翻的有：{'、'.join(OVERRULABLE)}。",
                f"The check {check} cannot be overruled. Those that can: {', '.join(OVERRULABLE)}.",
            )
        )
    if f'"{check}"' not in row.reasons:
        raise Refused(Text(f"检查 {check} 并未拒绝该数据集。", f"The check {check} does not keep this dataset out."))
    if not person or len(person) > _LONGEST_NAME:
        raise Refused(Text("请写明作出决定的人。", "Name the person who decides."))
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise Refused(
            Text(
                f"请写明理由，{SHORTEST_REASON} 到 {LONGEST_REASON} 个字符。",
                f"Give a reason of {SHORTEST_REASON} to {LONGEST_REASON} characters.",
            )
        )
