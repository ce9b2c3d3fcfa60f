"""What a publication would do, before the second signature: counted, and under one digest that a signature can be bound to."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zuji.engine.canonical import canonical_json, digest
from zuji.engine.errors import BadNumber
from zuji.engine.factors import FactorVersion
from zuji.engine.quantities import parse_number
from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Membership
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints.models import Footprint, Publication, Submission
from zuji.registry.products.models import Version
from zuji.registry.refusals import NotFound, Refused
from zuji.registry.republication.drafting import affected
from zuji.registry.republication.impact import described, histogram, movers, percent_text, swept
from zuji.registry.republication.models import KeptPreview
from zuji.registry.republication.plan import UNKNOWN, Plan, planned
from zuji.workflow.duties import Duty
from zuji.workflow.footprint import State
from zuji.workflow.permissions import PERMISSIONS, Permission, permitted

FORM = "zuji: preview/1"
FEWEST = 3
"""Fewer enterprises than this, and a histogram would tell of one of them: those who are no officials then see counts alone."""
GRADES = {"state": "none-in-force"}
"""The place of grades that would flip: no grade limits are in force yet, and none are invented."""
CERTIFICATES = {"state": "none-issued"}
"""The place of certificates that would be touched: none are issued yet."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A published version by its ``id@version``, and the candidate that would stand in its place; None: it would be withdrawn."""

    old: str
    new: FactorVersion | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A dry run. ``content`` is what is signed: text and whole numbers alone. ``named``: whether the viewer is shown whose footprints move."""

    content: dict[str, Any]
    named: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the content, in hexadecimal. It is the same for everybody, whatever they are shown."""
        return digest(self.content)

    @property
    def shown(self) -> dict[str, Any]:
        """The content as the viewer may see it."""
        if self.named:
            return self.content
        few = self.content["touched"]["enterprises"] < FEWEST
        return {**self.content, "movers": None, "histogram": None if few else self.content["histogram"]}


def preview(changes: Sequence[Proposed], *, viewer: Viewer) -> Preview:
    """What would come of publishing ``changes`` together now. Nothing is written, and nothing is told to anybody.

    Raises:
        NotFound: the viewer takes no part in decisions on factors.
        Refused: a version that is to be replaced was never published.
    """
    named = sees_names(viewer)
    # A new factor replaces nothing: its dry run is signed like any other, and counts nothing.
    plan = planned({change.old: change.new for change in changes}) if changes else Plan({}, {})
    return Preview(_content(plan, [change.old for change in changes]), named)


def kept_preview(key: str, *, viewer: Viewer) -> Preview:
    """A dry run that was kept, by its digest. Raises :class:`NotFound`."""
    named = sees_names(viewer)
    text = KeptPreview.objects.filter(pk=key).values_list("content", flat=True).first()
    if text is None:
        raise NotFound
    return Preview(json.loads(text), named)


def what_if(old: str, value: str) -> Proposed:
    """A candidate for trying out: the published version ``old`` with another value in its own unit, its gases in the same proportions; empty: withdrawn.

    Raises:
        Refused: there is no such version, or the value is not a number that its parts can be brought to.
    """
    found = versions_of([old.rpartition("@")[0]]).get(old)
    if found is None:
        raise Refused(Text(f"没有发布过因子版本 {old[:120]}。", f"The factor version {old[:120]} was never published."))
    if not value.strip():
        return Proposed(old, None)
    try:
        number = parse_number(value.strip())
    except BadNumber as wrong:
        raise Refused(wrong.text) from wrong
    if not found.value:
        raise Refused(Text("原值为零，无法按比例得出各气体的值。", "The old value is zero, so its gases have no proportions."))
    scale = number / found.value
    parts = tuple(replace(part, kg=part.kg * scale) for part in found.parts)
    stamp = digest(["what-if", old, str(number)])
    return Proposed(old, replace(found, version="what-if", value=number, parts=parts, digest=f"sha256:{stamp}", state="current"))


def text_of(made: Preview) -> str:
    """The canonical JSON that is kept."""
    return canonical_json(made.content).decode()


def sees_names(viewer: Viewer) -> bool:
    """Whether names are shown to somebody who may see dry runs at all. Raises :class:`NotFound` for everybody else."""
    if viewer.system or viewer.duties & {Duty.PUBLISHER.value, Duty.INSPECTOR.value}:
        return True
    if viewer.duties & {Duty.SECRETARY.value, Duty.EXPERT.value, Duty.CHECKER.value}:
        return False
    raise NotFound


def _content(plan: Plan, named: Sequence[str]) -> dict[str, Any]:
    using = affected(plan).values("footprint")
    touched = Footprint.objects.filter(pk__in=using)
    found = swept(plan)
    of_unknown = list(touched.filter(dependence=None).values_list("enterprise", flat=True))
    unknown, enterprises = len(of_unknown), found.owners.union(of_unknown)
    without = {**found.without, **({UNKNOWN: found.without.get(UNKNOWN, 0) + unknown} if unknown else {})}
    moved = movers(found)
    names = {e.pk: e for e in Enterprise.objects.filter(pk__in=[enterprise for enterprise, _ in moved])}
    return {
        "form": FORM,
        "changes": described(plan, named),
        "touched": {
            "footprints": touched.count(),
            "enterprises": len(enterprises),
            "products": Version.objects.filter(footprints__in=touched.values("pk")).order_by().values("product").distinct().count(),
            "cases": Submission.objects.filter(footprint__in=using, version__state=State.SUBMITTED.value).count(),
            "public": Publication.objects.filter(footprint__in=using).count(),
        },
        "certificates": CERTIFICATES,
        "grades": GRADES,
        "histogram": [{"above": each.low, "to": each.high, "footprints": each.count} for each in histogram(found.relative)],
        "no_number": {"withdrawn": found.withdrawn, "of_zero": found.of_zero, "solved_one_by_one": dict(sorted(without.items()))},
        "movers": [
            {"enterprise": names[e].uscc, "name": {"zh": names[e].name_zh, "en": names[e].name_en}, "percent": percent_text(move)}
            for e, move in moved
        ],
        "told": {"enterprises": len(enterprises), "people": _people(enterprises)},
    }


def _people(enterprises: Collection[int]) -> int:
    """How many get a letter: those who may edit footprints of an enterprise that is touched."""
    roles = [role for role in PERMISSIONS if permitted(role, Permission.EDIT)]
    rows = Membership.objects.filter(role__in=roles, user__is_active=True).order_by().values_list("enterprise", "user")
    return len({user for enterprise, user in rows.iterator(chunk_size=2000) if enterprise in enterprises})
