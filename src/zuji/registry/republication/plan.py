"""Which versions stand in for which, and what each is worth in a footprint: asked once for each GWP set and data period, however many footprints."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from zuji.engine.dependence import obstacle, per_old_unit, value_of
from zuji.engine.factors import FactorVersion
from zuji.engine.text import Text
from zuji.formats.gwp import stamped_gwp
from zuji.registry.factors.published import versions_of
from zuji.registry.refusals import Refused
from zuji.registry.republication.models import Republication

UNKNOWN = "unknown"
"""Why a footprint is solved by itself where no vector of it is kept. The other reasons are those of the engine."""

Key = tuple[str, str, datetime.date, datetime.date]


@dataclass(frozen=True)
class Plan:
    """``old`` holds every version that is replaced by its reference, ``new`` what stands in for it; None: nothing does, it is withdrawn."""

    old: Mapping[str, FactorVersion]
    new: Mapping[str, FactorVersion | None]
    _known: dict[Key, Fraction | str] = field(default_factory=dict, compare=False)

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Every replaced reference, and how its entry begins in the text of a kept vector."""
        return tuple((reference, json.dumps(reference, ensure_ascii=False) + ':["') for reference in self.old)

    def value(self, reference: str, gwp: str, start: datetime.date, end: datetime.date) -> Fraction | str:
        """What stands in for ``reference``, in kgCO2e per unit of activity of the old one; a text where it cannot simply stand in: why not."""
        key = (reference, gwp, start, end)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._value(*key)
        return found

    def _value(self, reference: str, gwp: str, start: datetime.date, end: datetime.date) -> Fraction | str:
        characterization = stamped_gwp(gwp)
        if characterization is None:
            return "gwp"
        old, new = self.old[reference], self.new[reference]
        why = obstacle(old, new, gwp=characterization, start=start, end=end)
        if why is not None or new is None:
            return why or "withdrawn"
        return value_of(new, characterization) * per_old_unit(old, new)


def planned(changes: Mapping[str, FactorVersion | None]) -> Plan:
    """The plan of a publication that puts versions in the place of published ones, named by ``id@version``.

    Footprints on a version that one of these replaced earlier move with it: their owners need not take every step between.

    Raises:
        Refused: a version that is to be replaced was never published, or would be replaced by itself.
    """
    replaced = {reference: new for old, new in changes.items() for reference in (old, *_earlier(old))}
    known = versions_of({reference.rpartition("@")[0] for reference in replaced})
    lost = sorted(reference for reference in changes if reference not in known)
    if lost:
        named = ", ".join(lost)
        raise Refused(Text(f"没有发布过这些因子版本：{named}。", f"These factor versions were never published: {named}."))
    same = sorted(old for old, new in changes.items() if new is not None and new.reference == old)
    if same or not changes:
        raise Refused(Text("没有可更新的因子版本。", "There is no factor version to replace."))
    old = {reference: known[reference] for reference in sorted(replaced) if reference in known}
    return Plan(old=old, new={reference: replaced[reference] for reference in old})


def of(republication: Republication) -> Plan:
    """The plan of a publication at work, with the versions as they were published.

    Raises:
        Refused: one of them was never published.
    """
    changes: dict[str, str | None] = json.loads(republication.changes)
    references = {*changes, *(new for new in changes.values() if new is not None)}
    known = versions_of({reference.rpartition("@")[0] for reference in references})
    return Plan(
        old={reference: _published(known, reference) for reference in changes},
        new={old: None if new is None else _published(known, new) for old, new in changes.items()},
    )


def published(changes: Mapping[str, str | None]) -> dict[str, FactorVersion | None]:
    """The versions that ``changes`` names as new, as they were published.

    Raises:
        Refused: one of them was never published.
    """
    known = versions_of({new.rpartition("@")[0] for new in changes.values() if new is not None})
    return {old: None if new is None else _published(known, new) for old, new in changes.items()}


def _published(known: Mapping[str, FactorVersion], reference: str) -> FactorVersion:
    if reference not in known:
        raise Refused(Text(f"没有发布过因子版本 {reference}。", f"The factor version {reference} was never published."))
    return known[reference]


def _earlier(reference: str) -> Iterable[str]:
    """The versions that earlier publications replaced by this one, over any number of steps."""
    steps: dict[str, set[str]] = {}
    for text in Republication.objects.values_list("changes", flat=True):
        for old, new in json.loads(text).items():
            steps.setdefault(new, set()).add(old)
    found: set[str] = set()
    waiting = [reference]
    while waiting:
        for old in steps.get(waiting.pop(), set()) - found - {reference}:
            found.add(old)
            waiting.append(old)
    return sorted(found)
