"""The total while a person types. Nothing is stored; what is shown is what a calculation of these answers would state."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.core.cache import caches

from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding
from zuji.engine.headline import Headline, headline
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints.answering import Pointed, assessed_on, pointed
from zuji.registry.footprints.method import Method
from zuji.registry.models import queries as catalogue
from zuji.registry.products import queries as products
from zuji.registry.products.cleaning import cleaned
from zuji.registry.products.queries import Draft
from zuji.rules.models import Examined

_REMEMBERED = 600  # seconds


@dataclass(frozen=True, slots=True)
class Live:
    """``total`` in kgCO2e per declared unit, None where there is none yet; ``change`` against the saved answers, None where either is missing.

    ``faults`` are texts that cannot be kept, ``read_as`` answers that read otherwise than typed, both by key. ``asked`` are the questions
    that the choices call for, ``defaults`` what stands for the amounts left empty, in the units of their fields.
    """

    revision: int
    declared_amount: str
    declared_unit: str
    total: Decimal | None
    by_stage: Mapping[str, Decimal]
    gaps: int
    saved: Decimal | None
    change: Decimal | None
    findings: tuple[Pointed, ...]
    faults: Mapping[str, Text]
    read_as: Mapping[str, str]
    asked: frozenset[str]
    defaults: Mapping[str, Fraction]


def live(
    *,
    viewer: Viewer,
    product: str,
    number: int,
    changes: Mapping[str, str | None],
    today: datetime.date | None = None,
    since: int | None = None,
) -> Live:
    """The total of a version's saved answers with ``changes`` made to them; the change is against a revision ``since``, or what is saved.

    Raises:
        NotFound: there is no such version or revision, or not for this person.
        Refused: the product model is no longer on offer.
    """
    draft = products.version(product, number, viewer=viewer)
    model = catalogue.in_use(draft.model)
    clean = cleaned(changes, model.model)
    answers = {key: value for key, value in {**draft.answers, **clean.values}.items() if value is not None}
    day = assessed_on(today)
    examined = model.examined(answers)
    found, now = _headline(examined, day)
    then = draft.revision if since is None else since
    saved = now.total if now is not None and then == draft.revision and answers == draft.answers else _saved(draft, then, day, viewer)
    unit = model.declared_units.get(answers.get("declared_unit", ""), model.model.declared_units[0]).declared_unit
    total = now.total if now is not None else None
    return Live(
        revision=draft.revision,
        declared_amount=unit["amount"],
        declared_unit=unit["unit"],
        total=total,
        by_stage=now.by_stage if now is not None else {},
        gaps=now.gaps if now is not None else 0,
        saved=saved,
        change=total - saved if total is not None and saved is not None else None,
        findings=pointed(found, model, answers),
        faults=clean.faults,
        read_as=clean.read_as,
        asked=examined.asked,
        defaults=examined.defaults,
    )


def _headline(examined: Examined, day: datetime.date) -> tuple[tuple[Finding, ...], Headline | None]:
    """What is said of a set of answers, and the total where they make one."""
    method, study = Method.current(), examined.study
    if study is None:
        return examined.findings, None
    try:
        made = headline(study, method.library, method.gwp[study.gwp], today=day)
    except StudyRefused as refused:
        return tuple(dict.fromkeys([*examined.findings, *refused.findings])), None
    return tuple(dict.fromkeys([*examined.findings, *made.findings])), made


def _saved(draft: Draft, revision: int, day: datetime.date, viewer: Viewer) -> Decimal | None:
    """The total of the answers of a revision, calculated once a process.

    Raises:
        NotFound: there is no such revision.
    """
    key = f"live:{draft.product}:{draft.number}:{revision}:{draft.model}:{day}:{Method.current().mark}"
    known = caches["process"].get(key)
    if known is None:
        now = revision == draft.revision
        answers = draft.answers if now else products.answers_at(draft.product, draft.number, revision, viewer=viewer)
        _, made = _headline(catalogue.in_use(draft.model).examined(answers), day)
        known = str(made.total) if made is not None else ""
        caches["process"].set(key, known, _REMEMBERED)
    return Decimal(known) if known else None
