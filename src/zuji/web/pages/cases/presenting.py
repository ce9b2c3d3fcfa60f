"""Checklists, cases and their differences as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse

from zuji.documents.numerals import Column, Percentages, places_for
from zuji.documents.waterfall import Step, signed, steps
from zuji.engine.comparison import Comparison
from zuji.engine.quantities import round_half_even
from zuji.engine.results import Contribution
from zuji.engine.study import STAGES
from zuji.engine.text import Text, same
from zuji.registry.footprints.answering import Pointed
from zuji.registry.footprints.cases import Case
from zuji.registry.footprints.checklist import Item
from zuji.registry.footprints.examining import Examined
from zuji.registry.models import queries as catalogue

TOP = 5


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The addresses of a product and of a version of it; the pages of the questionnaire lie below the latter."""

    product: str
    version: str


def questionnaire(product: str, number: int) -> Questionnaire:
    """Where a version is filled in."""
    return Questionnaire(product=reverse("product", args=[product]), version=reverse("version", args=[product, number]))


@dataclass(frozen=True, slots=True)
class Part:
    """A life cycle stage, or a row of poor data: its name, its value and share as shown, all its digits, its rating."""

    name: Text
    code: str
    value: str
    share: str
    full: str
    quality: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """An examined result as its page shows it."""

    of: Examined
    stages: tuple[Part, ...]
    total: str
    full: str
    worst: tuple[Part, ...]
    warnings: tuple[Pointed, ...]
    notes: tuple[Pointed, ...]


def examination(of: Examined) -> Examination:
    """The total by stage, rounded together; the worst rows; findings by severity."""
    stages: dict[str, Decimal] = {stage: of.by_stage[stage] for stage in STAGES if stage in of.by_stage}
    column, shares = Column(stages, of.total), Percentages(stages, of.total)
    return Examination(
        of=of,
        stages=tuple(
            Part(same(stage), stage, column.text(stage), shares.text(stage) or "—", format(value, "f")) for stage, value in stages.items()
        ),
        total=column.total,
        full=format(of.total, "f"),
        worst=_worst(of.worst, of.total),
        warnings=tuple(finding for finding in of.findings if finding.severity != "info"),
        notes=tuple(finding for finding in of.findings if finding.severity == "info"),
    )


def _worst(rows: Sequence[Contribution], total: Decimal) -> tuple[Part, ...]:
    keyed = {str(place): row.value for place, row in enumerate(rows)}
    column, shares = Column(keyed, total), Percentages(keyed, total)
    return tuple(
        Part(row.label, row.stage, column.text(key), shares.text(key) or "—", format(row.value, "f"), row.quality)
        for key, row in zip(keyed, rows, strict=True)
    )


def signed_checklist(snapshot: Mapping[str, Any]) -> tuple[Item, ...]:
    """The checklist as it was frozen."""
    return tuple(
        Item(
            code=str(item["code"]),
            standing=item["standing"],
            title=Text(item["title_zh"], item["title_en"]),
            detail=Text(item["detail_zh"], item["detail_en"]),
        )
        for item in snapshot["checklist"]
    )


@dataclass(frozen=True, slots=True)
class File:
    """An evidence file that was frozen with the answer behind which it stands; ``code`` is empty where it is nowhere else any more."""

    name: str
    label: Text
    size: int
    sha256: str
    code: str


def evidence(case: Case) -> tuple[File, ...]:
    """The frozen evidence, with the question behind which each file stands."""
    model = catalogue.pinned(str(case.snapshot["model"]))
    labels = {key: field.label.text for key, field in model.model.fields.items()} if model else {}
    return tuple(
        File(each["name"], labels.get(each["key"], same(each["key"])), each["size"], each["sha256"], case.files.get(each["sha256"], ""))
        for each in case.snapshot["evidence"]
    )


@dataclass(frozen=True, slots=True)
class Given:
    """One question with the answer that was signed."""

    key: str
    label: Text
    answer: Text
    more: tuple[tuple[Text, str], ...]


_ASPECTS = {
    "unit": Text("单位", "unit"),
    "factor": Text("因子", "factor"),
    "source": Text("来源", "source"),
    "type": Text("数据类型", "type of data"),
    "quality": Text("质量评分", "quality scores"),
    "gsd": Text("几何标准差", "geometric standard deviation"),
    "evidence": Text("佐证说明", "evidence"),
}


def answers(snapshot: Mapping[str, Any]) -> tuple[tuple[Text, tuple[Given, ...]], ...]:
    """The signed answers in the order of the questionnaire, page by page; by their keys alone where the model is no longer on offer."""
    given: dict[str, str] = dict(snapshot["answers"])
    model = catalogue.pinned(str(snapshot["model"]))
    pages: list[tuple[Text, tuple[Given, ...]]] = []
    for group in model.groups if model else ():
        rows = []
        for field in group.fields:
            if field.key in given or any(key.startswith(f"{field.key}.") for key in given):
                options = {option.id: option.label.text for option in field.options}
                rows.append(_given(field.key, field.label.text, given, options))
        if rows:
            pages.append((group.title.text, tuple(rows)))
    heads = dict.fromkeys(key.partition(".")[0] for key in given)
    rest = tuple(_given(key, same(key), given, {}) for key in sorted(heads))
    return (*pages, (Text("其他", "Other"), rest)) if rest else tuple(pages)


def _given(key: str, label: Text, given: dict[str, str], options: Mapping[str, Text]) -> Given:
    """Takes what belongs to ``key`` out of ``given``."""
    aspects = {name: given.pop(name) for name in sorted(given) if name.startswith(f"{key}.")}
    value = given.pop(key, "")
    unit = aspects.pop(f"{key}.unit", "")
    return Given(
        key=key,
        label=label,
        answer=options.get(value) or same(" ".join(part for part in (value, unit) if part) or "—"),
        more=tuple((_ASPECTS.get(name.partition(".")[2], same(name)), text) for name, text in aspects.items()),
    )


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that moved the total, and by how much."""

    name: Text
    value: str
    full: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The difference to the version before: ``steps`` lead from one total to the other and add up; ``largest`` are the largest single changes."""

    change: str
    full: str
    percent: str
    steps: tuple[Step, ...]
    largest: tuple[Cause, ...]


def movement(comparison: Comparison, before: Text, after: Text) -> Movement:
    """A difference as a case shows it, with the numbers of the comparison's own page."""
    made = steps(comparison, before, after)
    start = Fraction(comparison.total_before)
    relative = round_half_even(Fraction(comparison.change) / abs(start) * 100, Fraction(1, 10)) if start else None
    largest = sorted(comparison.effects, key=lambda effect: -abs(effect.value))[:TOP]
    places = places_for(max((abs(effect.value) for effect in largest), default=Decimal(1)))
    return Movement(
        change=signed(_rounded(comparison.change, places), places, exact=comparison.change),
        full=format(comparison.change, "f"),
        percent="—" if relative is None else f"{signed(relative, 1, exact=comparison.change)} %",
        steps=made,
        largest=tuple(
            Cause(effect.label, signed(_rounded(effect.value, places), places, exact=effect.value), format(effect.value, "f"))
            for effect in largest
        ),
    )


def _rounded(value: Decimal, places: int) -> Decimal:
    return round_half_even(Fraction(value), Fraction(1, 10**places))
