"""The total while a person types. Nothing is stored; what is shown is what a calculation of these answers would state."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.core.cache import cache

from zuji.engine.errors import StudyRefused
from zuji.engine.headline import Headline, headline
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints.answering import Pointed, assessed_on, pointed, study_of
from zuji.registry.footprints.method import Method
from zuji.registry.models import queries as catalogue
from zuji.registry.products import queries as products
from zuji.registry.products.cleaning import cleaned
from zuji.registry.products.queries import Draft

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
    found, now = _headline(draft, answers, day)
    then = draft.revision if since is None else since
    before = draft.answers if then == draft.revision else products.answers_at(product, number, then, viewer=viewer)
    saved = now.total if now is not None and answers == before else _saved(draft, before, then, day)
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
        findings=found,
        faults=clean.faults,
        read_as=clean.read_as,
        asked=model.asked(answers),
        defaults=model.defaults(answers),
    )


def _headline(draft: Draft, answers: Mapping[str, str], day: datetime.date) -> tuple[tuple[Pointed, ...], Headline | None]:
    """The findings of the answers, and the total where they make one."""
    model = catalogue.in_use(draft.model)
    method = Method.shipped()
    said = model.check(answers)
    try:
        study = study_of(draft, answers, demonstration=False)
        made = headline(study, method.library, method.gwp[study.gwp], today=day)
    except StudyRefused as refused:
        return pointed(tuple(dict.fromkeys([*said, *refused.findings])), model, answers), None
    return pointed(tuple(dict.fromkeys([*said, *made.findings])), model, answers), made


def _saved(draft: Draft, answers: Mapping[str, str], revision: int, day: datetime.date) -> Decimal | None:
    """The total of the answers of a revision, calculated once."""
    key = f"live:{draft.product}:{draft.number}:{revision}:{draft.model}:{day}"
    known = cache.get(key)
    if known is None:
        _, made = _headline(draft, answers, day)
        known = str(made.total) if made is not None else ""
        cache.set(key, known, _REMEMBERED)
    return Decimal(known) if known else None
