"""The total while a person types. Nothing is stored; what is shown is what a calculation of these answers would state."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

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

    ``faults`` are texts that cannot be kept, ``read_as`` answers that read otherwise than typed, both by key.
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


def live(*, viewer: Viewer, product: str, number: int, changes: Mapping[str, str | None], today: datetime.date | None = None) -> Live:
    """The total of a version's saved answers with ``changes`` made to them.

    Raises:
        NotFound: there is no such version, or not for this person.
        Refused: the product model is no longer on offer.
    """
    draft = products.version(product, number, viewer=viewer)
    model = catalogue.in_use(draft.model)
    clean = cleaned(changes, model.model)
    answers = {key: value for key, value in {**draft.answers, **clean.values}.items() if value is not None}
    day = assessed_on(today)
    found, now = _headline(draft, answers, day)
    saved = now.total if now is not None and answers == draft.answers else _saved(draft, day)
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


def _saved(draft: Draft, day: datetime.date) -> Decimal | None:
    """The total of the saved answers, calculated once a revision."""
    key = f"live:{draft.product}:{draft.number}:{draft.revision}:{draft.model}:{day}"
    known = cache.get(key)
    if known is None:
        _, made = _headline(draft, draft.answers, day)
        known = str(made.total) if made is not None else ""
        cache.set(key, known, _REMEMBERED)
    return Decimal(known) if known else None
