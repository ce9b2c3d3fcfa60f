"""A page of the questionnaire as its template shows it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zuji.documents import numerals
from zuji.engine.errors import EngineError
from zuji.engine.quantities import parse_number
from zuji.engine.text import Text, same
from zuji.registry.factors import queries as factors
from zuji.registry.footprints.answering import MANAGED, Pointed
from zuji.registry.products.queries import Attached, Draft
from zuji.rules.model_schema import Group, ModelField, Plausible
from zuji.rules.model_study import INDICATORS
from zuji.rules.models import ProductModel
from zuji.web.labels import printed_unit
from zuji.web.pages.products.scores import LEVELS

ASIDES = ("unit", "factor", "source", "type", "gsd", "evidence")
_SILENT = {"model.default-used", "model.left-out"}  # said beside the field by the default itself, and by the hint of every optional amount
_UNIT_STEPS = re.compile(r"\s*[*/]\s*1 \[[^\]]*\]")  # 1 [t]: there for the dimensions alone


@dataclass(frozen=True, slots=True)
class Score:
    """One of the five data quality scores, with what each level means."""

    indicator: str
    value: str
    levels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LineFactor:
    """What a line's amount is multiplied by: a factor of the library, a number of one's own, or nothing (a gap)."""

    row: factors.Row | None
    own: str
    unit: str
    usual: str
    gap: Text | None


@dataclass(frozen=True, slots=True)
class Question:
    """One field with all that stands beside it."""

    field: ModelField
    value: str
    beside: Mapping[str, str]
    default: Text | None
    span: Text | None
    asked: bool
    factor: LineFactor | None
    scores: tuple[Score, ...]
    findings: tuple[Pointed, ...]
    fault: Text | None
    attached: tuple[Attached, ...]
    open: bool

    @property
    def shown(self) -> bool:
        """Whether it stands on the page: also one that counts no more because of a choice, where it was answered."""
        return self.asked or bool(self.value)

    @property
    def wrong(self) -> bool:
        return self.fault is not None or any(finding.severity == "error" for finding in self.findings)

    @property
    def told(self) -> int:
        """How many things were stated beside the value."""
        return sum(1 for name in ASIDES if name != "unit" and self.beside.get(name)) + any(score.value for score in self.scores)

    @property
    def common(self) -> bool:
        """Whether the answer is an amount, with a unit, a factor and a quality."""
        return self.field.kind == "number"


def own(fields: Iterable[ModelField]) -> list[ModelField]:
    """Those that a person answers: the platform answers the others itself."""
    return [field for field in fields if field.key not in MANAGED]


def keys(field: ModelField) -> tuple[str, ...]:
    """The keys of the answers that the page of a field asks for, but for the scores, which come one by one."""
    return (field.key, *(f"{field.key}.{name}" for name in ASIDES)) if field.kind == "number" else (field.key,)


def questions(
    draft: Draft,
    model: ProductModel,
    group: Group,
    answers: Mapping[str, str],
    *,
    findings: Sequence[Pointed],
    faults: Mapping[str, Text] | None = None,
    opened: str = "",
) -> list[Question]:
    """The questions of a group with ``answers`` in them. One database query, for the factors."""
    fields = own(group.fields)
    asked, defaults = model.asked(answers), model.defaults(answers)
    wanted = [answers.get(f"{field.key}.factor") or field.factor.id or "" for field in fields if field.factor]
    rows = {reference: row for row in factors.rows(wanted) for reference in (row.id, row.reference)}
    finished = draft.seen.get(group.id, False)
    made = []
    for field in fields:
        said = tuple(each for each in findings if each.field == field.key and _worth_saying(each, finished=finished))
        beside = {name: answers.get(f"{field.key}.{name}", "") for name in ASIDES}
        faulty = {key: text for key, text in (faults or {}).items() if key.partition(".")[0] == field.key}
        made.append(
            Question(
                field=field,
                value=answers.get(field.key, ""),
                beside=beside,
                default=_default(field, defaults.get(field.key)),
                span=_span(field.plausible, field, model),
                asked=field.key in asked,
                factor=_factor(field, beside["factor"], rows),
                scores=_scores(answers.get(f"{field.key}.quality", "")) if field.kind == "number" else (),
                findings=said,
                fault=next(iter(faulty.values()), None),
                attached=tuple(each for each in draft.attached if each.key == field.key),
                open=opened == field.key
                or any("." in key for key in faulty)
                or any("." in each.where and each.severity == "error" for each in said),
            )
        )
    return made


def shown_default(field: ModelField, value: Fraction | None) -> Text | None:
    """What stands for a field that is left empty, in words."""
    if field.default is None:
        return None
    if field.kind == "choice":
        return next((option.label.text for option in field.options if option.id == field.default.value), same(field.default.value))
    if field.kind != "number":
        return same(field.default.value)
    if value is None:
        return None
    return same(f"{_plainly(value)} {printed_unit(field.unit or '')}")


def _plainly(value: Fraction) -> str:
    """An amount with the digits that it has, six figures where there are more."""
    shown = numerals.shown(value, 6)
    return shown.rstrip("0").rstrip(".") if "." in shown and "×" not in shown else shown


def _default(field: ModelField, value: Fraction | None) -> Text | None:
    return shown_default(field, value)


def _worth_saying(finding: Pointed, *, finished: bool) -> bool:
    if finding.code == "model.required":
        return finished
    return finding.code not in _SILENT


def _factor(field: ModelField, chosen: str, rows: Mapping[str, factors.Row]) -> LineFactor | None:
    terms = field.factor
    if terms is None:
        return None
    usual = terms.id or ""
    own_value = chosen if chosen and _is_number(chosen) else ""
    row = None if own_value else rows.get(chosen or usual)
    gap = terms.gap.text if terms.gap and not chosen else None
    return LineFactor(row=row, own=own_value, unit=terms.unit, usual=usual, gap=gap)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except EngineError:
        return False
    return True


def _scores(text: str) -> tuple[Score, ...]:
    given = [part.strip() for part in text.replace("，", ",").split(",")]
    given += [""] * (len(INDICATORS) - len(given))
    return tuple(Score(name, value, LEVELS[name]) for name, value in zip(INDICATORS, given, strict=False))


def _span(plausible: Plausible | None, field: ModelField, model: ProductModel) -> Text | None:
    """The plausible range in words: of the field itself, or of what is calculated from it."""
    if plausible is None:
        return None
    unit = plausible.unit or field.unit or ""
    shown = "" if unit == "dimensionless" else f" {printed_unit(unit)}"
    if plausible.low is None:
        span = Text(f"不高于 {plausible.high}{shown}", f"up to {plausible.high}{shown}")
    elif plausible.high is None:
        span = Text(f"不低于 {plausible.low}{shown}", f"{plausible.low}{shown} or more")
    else:
        span = same(f"{plausible.low}–{plausible.high}{shown}")
    if plausible.of is None:
        return span
    zh, en = (
        _in_words(plausible.of, {key: each.label.text.in_(language) for key, each in model.model.fields.items()})
        for language in ("zh", "en")
    )
    return Text(f"{zh} 为 {span.zh}", f"{en}: {span.en}")


def _in_words(formula: str, names: Mapping[str, str]) -> str:
    """A formula with the names of the fields in place of their keys."""
    plain = _UNIT_STEPS.sub("", formula.removeprefix("="))
    words = re.sub(r"[a-z][a-z0-9_]*", lambda match: names.get(match[0], match[0]), plain)
    return words.replace("*", "×").replace("/", "÷")
