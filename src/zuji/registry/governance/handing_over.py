"""Candidates that the platform finds itself become dossiers: a draft with the fields of the candidate, and with what it rests on as its document.

Nothing is decided by it. The draft is the person's who opens it, for an organisation of theirs, and takes every step that any proposal takes.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from zuji.engine.factors import FactorVersion
from zuji.engine.quantities import decimal_text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import one_after_the_other
from zuji.registry.evidence.operations import keep
from zuji.registry.factors import models as factors
from zuji.registry.governance.drafting import attach, open_dossier
from zuji.registry.governance.models import Dossier
from zuji.workflow.factor import State


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a candidate rests on, as the document behind its draft: the name of the file (without suffix), and its lines."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """The dossier of a candidate; ``new``: it was opened now, and was not there already."""

    code: str
    new: bool


def hand_over(
    *,
    viewer: Viewer,
    enterprise: int,
    fields: Mapping[str, str],
    provenance: Provenance,
    now: datetime.datetime | None = None,
) -> Handed:
    """A draft of an organisation from a candidate, once: the same candidate again leads to the dossier that it made.

    Raises:
        NotFound: there is no such enterprise, or not for this person.
        NotAllowed: they may look, and not edit.
        Refused: a field cannot be kept.
    """
    written = {**fields, **_after(fields)}
    here = _there(enterprise, written)
    if here is not None and viewer.enterprises & {enterprise}:
        return Handed(here, new=False)
    text = "\n".join(provenance.lines) + "\n"
    file = keep(viewer=viewer, enterprise=enterprise, name=f"{provenance.name}.txt", chunks=[text.encode()])
    with transaction.atomic():
        one_after_the_other()
        here = _there(enterprise, written)
        if here is not None:
            return Handed(here, new=False)
        code = open_dossier(viewer=viewer, enterprise=enterprise, fields=written, now=now)
        attach(viewer=viewer, dossier=code, file=file, page="1", now=now)
    return Handed(code, new=True)


def fields_of_candidate(version: FactorVersion) -> dict[str, str]:
    """A version that is not published as the fields of a draft."""
    parts = version.parts
    gases = "; ".join(" ".join(filter(None, (part.gas, part.kind, _exact(part.kg), "kg"))) for part in parts if part.gas != "CO2e")
    written = {
        "id": version.id, "version": version.version, "name_zh": version.name.zh, "name_en": version.name.en, "category": version.category,
        "kind": version.kind, "value": _exact(version.value), "unit": version.unit, "gases": gases if len(parts) > 1 else "",
        "split": (parts[0].kind or "") if len(parts) == 1 else "", "gwp": version.gwp or "", "geography": version.geography,
        "year": str(version.year or ""), "boundary": version.boundary, "source": version.source, "publisher": version.publisher,
        "address": version.address, "licence": version.licence, "note": version.note, "confidence": version.confidence,
        "synonyms": ";".join(version.synonyms),
    }  # fmt: skip
    return {key: text for key, text in written.items() if text}


def lines_of(version: FactorVersion, more: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The lines of a provenance: what the candidate states, its digest, and ``more`` as (name, text)."""
    stated = (
        ("因子 factor", version.reference),
        ("名称 name", f"{version.name.zh} · {version.name.en}"),
        ("数值 value", f"{_exact(version.value)} {version.unit}"),
        ("来源 source", version.source),
        ("候选值 SHA-256 digest of the candidate", version.digest),
    )
    return tuple(f"{name}: {text}" for name, text in (*stated, *more))


def _after(fields: Mapping[str, str]) -> dict[str, str]:
    """That it replaces the newest published version of its factor, where there is one; why, its submitter still has to say."""
    known = factors.FactorVersion.objects.filter(factor_id=fields.get("id", "")).exclude(version=fields.get("version", ""))
    newest = known.order_by("-pk").values_list("version", flat=True).first()
    return {"supersedes": f"{fields['id']}@{newest}"} if newest is not None else {}


def _there(enterprise: int, fields: Mapping[str, str]) -> str | None:
    made = Dossier.objects.filter(enterprise=enterprise, factor_id=fields.get("id", ""), version=fields.get("version", ""))
    return made.exclude(state=State.WITHDRAWN.value).order_by("created").values_list("pk", flat=True).first()


def _exact(value: Fraction) -> str:
    try:
        return decimal_text(value)
    except ValueError:
        return f"{value.numerator}/{value.denominator}"
