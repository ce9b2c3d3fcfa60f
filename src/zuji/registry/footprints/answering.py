"""From the answers of a product version to its study, and to what a person reads about them. Nothing here writes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.engine.findings import Finding, Severity
from zuji.engine.pinning import pinned
from zuji.engine.study import Bilingual, Study
from zuji.engine.text import Text
from zuji.registry.footprints.method import Method
from zuji.registry.models import queries as catalogue
from zuji.registry.products.queries import Draft
from zuji.rules.models import ProductModel

MANAGED = ("study_id", "demonstration")
"""Questions that the platform answers itself: what the study is called, and whether the enterprise is an invented one."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A finding with the question behind it: ``field`` and ``group`` are None where no single question is."""

    code: str
    severity: Severity
    where: str
    message: Text
    reference: str
    field: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class GroupStatus:
    """A page of the questionnaire in the task list. ``status``: not_started, seen, complete or has_errors."""

    id: str
    title: Text
    status: str
    answered: int
    asked: int
    errors: int
    warnings: int


def study_of(draft: Draft, answers: Mapping[str, str], *, demonstration: bool) -> Study:
    """The study that answers make, named after the product, with every factor pinned to its version.

    Raises:
        StudyRefused: the answers do not make one; the findings say why.
        Refused: the model is no longer on offer.
    """
    model = catalogue.in_use(draft.model)
    made = model.study({**answers, "study_id": f"{draft.product}.v{draft.number}", "demonstration": "yes" if demonstration else "no"})
    name = draft.name
    if draft.specification:
        name = Text(f"{name.zh} {draft.specification}", f"{name.en} {draft.specification}")
    return pinned(made.model_copy(update={"title": Bilingual(zh=name.zh, en=name.en)}), Method.current().library)


def pointed(findings: Sequence[Finding], model: ProductModel, answers: Mapping[str, str]) -> tuple[Pointed, ...]:
    """Findings with the question, and the page of the questionnaire, that each belongs to."""
    groups = {field.key: group.id for group in model.groups for field in group.fields}
    made = []
    for finding in findings:
        key = model.field_at(finding.where, answers)
        made.append(
            Pointed(
                finding.code, finding.severity, finding.where, finding.message, finding.reference, key, groups.get(key) if key else None
            )
        )
    return tuple(made)


def answers_findings(draft: Draft, answers: Mapping[str, str]) -> tuple[Pointed, ...]:
    """What the questionnaire itself says of answers: missing, wrong, implausible, defaulted, left out."""
    model = catalogue.in_use(draft.model)
    return pointed(model.check(answers), model, answers)


def task_list(draft: Draft) -> tuple[GroupStatus, ...]:
    """The pages of the questionnaire with where each stands.

    not_started: nobody opened it and nothing is answered · seen: opened or begun · complete: somebody said it is filled in and nothing is
    wrong · has_errors: an answer is wrong, or it was said to be filled in and a required one is missing.
    """
    model = catalogue.in_use(draft.model)
    found = answers_findings(draft, draft.answers)
    asked = model.asked(draft.answers)
    return tuple(_status(draft, model, group_id=group.id, found=found, asked=asked) for group in model.groups)


def assessed_on(day: datetime.date | None = None) -> datetime.date:
    """The calendar date of a calculation: the platform's own, which is part of no result and refuses data of the future."""
    return day or datetime.date.today()  # noqa: DTZ011  # a result bears the calendar date of the place where it is made


def _status(draft: Draft, model: ProductModel, *, group_id: str, found: Sequence[Pointed], asked: frozenset[str]) -> GroupStatus:
    group = next(each for each in model.groups if each.id == group_id)
    keys = [field.key for field in group.fields if field.key in asked and field.key not in MANAGED]
    answered = sum(1 for key in keys if key in draft.answers)
    here = [each for each in found if each.group == group_id]
    missing = sum(1 for each in here if each.code == "model.required")
    errors = sum(1 for each in here if each.severity == "error") - missing
    finished = draft.seen.get(group_id, False)
    if errors or (finished and missing):
        status = "has_errors"
    elif finished:
        status = "complete"
    elif group_id in draft.seen or answered:
        status = "seen"
    else:
        status = "not_started"
    return GroupStatus(
        id=group_id,
        title=group.title.text,
        status=status,
        answered=answered,
        asked=len(keys),
        errors=errors + (missing if finished else 0),
        warnings=sum(1 for each in here if each.severity == "warning"),
    )
