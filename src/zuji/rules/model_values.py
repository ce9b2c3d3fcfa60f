"""Reading the answers to a model's questionnaire: every fault is a finding, nothing is raised, and nothing missing becomes zero.

Answers are texts by key. Beside ``coal`` stand ``coal.unit`` (another unit), ``coal.factor`` (a factor of the library or a number of one's own),
``coal.source`` (where that number is from: mandatory), ``coal.type`` (primary or secondary), ``coal.quality`` (five scores, ``1,1,2,2,3``),
``coal.gsd`` and ``coal.evidence`` (the document behind the amount).
"""

import datetime
import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.formula import Measure, resolve_parameters
from zuji.engine.quantities import parse_number
from zuji.engine.reckoning import FUNCTIONS, tokens_of
from zuji.engine.text import Text
from zuji.engine.units import convert, parse_unit
from zuji.rules.model_schema import Model, ModelField

ASIDE = ("unit", "factor", "source", "type", "quality", "gsd", "evidence")
LONGEST = 2000
SCORES = 5


@dataclass
class Answers:
    """What was answered, as far as it can be used: texts and choices by key, amounts with unit by key, defaults among them named."""

    model: Model
    given: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    defaulted: set[str] = field(default_factory=set)
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def zero(self, key: str) -> bool:
        """Whether an amount was stated as zero: the plant says that there is none."""
        return key in self.measures and self.measures[key].value == 0

    def has(self, key: str) -> bool:
        """Whether a field has a usable answer or a default."""
        return key in self.texts or key in self.amounts

    def asked(self, question: ModelField) -> bool:
        """Whether the choices made so far call for a question."""
        return all(self.texts.get(key) == value for key, value in question.when.items())

    def aside(self, key: str, name: str) -> str | None:
        """What stands beside an answer (``coal.factor``)."""
        return self.given.get(f"{key}.{name}")


def read_answers(model: Model, values: Mapping[str, str], findings: Findings) -> Answers:
    """The usable answers; ``findings`` takes what is wrong, missing, defaulted or left out."""
    answers = Answers(model, _cleaned(values, findings))
    _unknown_keys(answers, findings)
    for question in _choices_first(model):
        if answers.asked(question):
            _read(question, answers, findings)
        elif question.key in answers.given:
            _not_asked(question, findings)
    _resolve(answers, findings)
    return answers


def _choices_first(model: Model) -> list[ModelField]:
    return sorted(model.fields.values(), key=lambda question: question.kind != "choice")


def _cleaned(values: Mapping[str, str], findings: Findings) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in values.items():
        text = str(value).strip()
        if len(text) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text):
            findings.error(
                "model.text",
                str(key)[:80],
                Text("文字过长，或含控制字符与方向控制符。", "The text is too long, or holds control or direction characters."),
            )
        elif text:
            found[str(key)] = text
    return found


def _unknown_keys(answers: Answers, findings: Findings) -> None:
    known = answers.model.fields
    for key in answers.given:
        name, _, aside = key.partition(".")
        if name not in known or (aside and aside not in ASIDE):
            near = difflib.get_close_matches(name, list(known), n=2)
            findings.warning(
                "model.unknown-field",
                key[:80],
                Text(
                    zh=f"模型 {answers.model.id} 没有“{key[:80]}”这一项，未使用。相近的有：{'、'.join(near) or '无'}。",
                    en=f"Model {answers.model.id} has no field “{key[:80]}”; it was not used. Near to it: {', '.join(near) or 'none'}.",
                ),
            )


def _read(question: ModelField, answers: Answers, findings: Findings) -> None:
    text = answers.given.get(question.key)
    if text is None and question.default is not None:
        _take_default(question, answers)
    elif text is None:
        _missing(question, findings)
    elif question.kind == "number":
        _number(question, text, answers, findings)
    elif question.kind == "choice" and text not in {option.id for option in question.options}:
        names = ", ".join(option.id for option in question.options)
        findings.error("model.choice", question.key, Text(f"须为其中之一：{names}。", f"Must be one of {names}."))
    elif question.kind == "date" and not _is_date(text):
        findings.error("model.date", question.key, Text("日期须写作 2025-01-31。", "Write the date as 2025-01-31."))
    else:
        answers.texts[question.key] = text


def _not_asked(question: ModelField, findings: Findings) -> None:
    choices = ", ".join(f"{key} = {value}" for key, value in question.when.items())
    message = Text(
        zh=f"“{question.label.zh}”只在 {choices} 时使用，现在没有计入。请核对所选的方法。",
        en=f"“{question.label.en}” is used only with {choices} and does not count now. Check the choices made.",
    )
    findings.warning("model.not-asked", question.key, message)


def _take_default(question: ModelField, answers: Answers) -> None:
    if question.default is None:
        return
    if question.kind == "number" and question.unit is not None:
        answers.amounts[question.key] = (question.default.value, question.unit)
        answers.defaulted.add(question.key)
    else:
        answers.texts[question.key] = question.default.value


def _missing(question: ModelField, findings: Findings) -> None:
    if question.required:
        message = Text(
            zh=f"必填项“{question.label.zh}”没有填写；缺少的数不会当作零。{question.help.zh}",
            en=f"The required field “{question.label.en}” is empty; a missing number is never zero. {question.help.en}",
        )
        findings.error("model.required", question.key, message)
    elif question.kind == "number":
        message = Text(
            zh=f"选填项“{question.label.zh}”没有填写，不计入结果，并在局限性中说明。确实没有时请填 0。",
            en=f"The optional field “{question.label.en}” is empty: it is left out of the result and named in the limitations. Enter 0 where there is none.",
        )
        findings.info("model.left-out", question.key, message)


def _number(question: ModelField, text: str, answers: Answers, findings: Findings) -> None:
    unit = answers.aside(question.key, "unit") or question.unit or ""
    try:
        amount = convert(parse_number(text), parse_unit(unit), parse_unit(question.unit or ""))
    except EngineError as error:
        findings.error("model.number", question.key, error.text)
        return
    if amount < 0:
        findings.error("model.negative", question.key, Text("数值不能为负。", "The number cannot be below zero."))
        return
    answers.amounts[question.key] = (text, unit)


def _resolve(answers: Answers, findings: Findings) -> None:
    """Values of all amounts. A default whose formula needs what was left empty is no default: it is left out with what it needs."""
    usable = {key for key in answers.amounts if key not in answers.defaulted}
    while ready := {key for key in answers.defaulted - usable if _named(answers.amounts[key][0]) <= usable}:
        usable |= ready
    answers.amounts = {key: amount for key, amount in answers.amounts.items() if key in usable}
    answers.defaulted &= usable
    for key in sorted(answers.defaulted):
        _note_default(answers.model.fields[key], findings)
    try:
        answers.measures = resolve_parameters(answers.amounts)
    except EngineError as error:
        findings.error("model.number", "parameters", error.text)


def _named(text: str) -> set[str]:
    """The fields that a default names; none where it is a plain number."""
    if not text.startswith("="):
        return set()
    return {token.text for token in tokens_of(text) if token.kind == "name" and token.text not in FUNCTIONS}


def _note_default(question: ModelField, findings: Findings) -> None:
    if question.default is not None:
        message = Text(
            zh=f"“{question.label.zh}”未填，采用默认值 {question.default.value}（按次级数据计）。",
            en=f"“{question.label.en}” was left empty; the default {question.default.value} is used, as secondary data.",
        )
        findings.info("model.default-used", question.key, message, question.default.source)


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-01-31")
