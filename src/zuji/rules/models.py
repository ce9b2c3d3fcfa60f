"""Product models: a questionnaire a plant engineer can fill in, and the study it makes.

``load_models()`` reads them from the shipped library; ``ProductModel.check`` says what is wrong with a set of answers, ``ProductModel.study``
makes the study. A model is data (``zuji/library/models/*.yaml``); there is no code for any one product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Finding, Findings
from zuji.engine.formula import evaluate
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.engine.units import parse_unit
from zuji.rules.errors import BadRuleFile, UnknownModel
from zuji.rules.load import library_files, validated
from zuji.rules.model_places import field_at, places_of
from zuji.rules.model_plausibility import check_plausibility
from zuji.rules.model_schema import DeclaredUnitOption, Group, Model
from zuji.rules.model_study import study_content
from zuji.rules.model_values import Answers, read_answers
from zuji.rules.strict_yaml import read

DECLARED_UNIT = "declared_unit"


@dataclass(frozen=True)
class Examined:
    """What a set of answers says: its findings, and the study that it makes (None where a finding is an error)."""

    model: Model
    answers: Answers
    findings: tuple[Finding, ...]
    study: Study | None

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys of the questions that the choices made so far call for."""
        return frozenset(key for key, question in self.model.fields.items() if self.answers.asked(question))

    @cached_property
    def defaults(self) -> dict[str, Fraction]:
        """What stands for the amounts that were left empty, each in the unit of its field; a default that needs what is missing is none."""
        fields, measures = self.model.fields, self.answers.measures
        units = {key: parse_unit(fields[key].unit or "") for key in self.answers.defaulted if key in measures}
        return {key: evaluate(key, measures, unit) for key, unit in units.items()}


class ProductModel:
    """One product model. Immutable; answers are texts by field key, as a form or a file gives them."""

    def __init__(self, model: Model, example: Mapping[str, str] | None = None) -> None:
        self.model = model
        self.example: Mapping[str, str] = example or {}
        """The answers of an invented plant: the model's worked example, marked as a demonstration. Empty where none is shipped."""

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def reference(self) -> str:
        """``id@version``."""
        return f"{self.model.id}@{self.model.version}"

    @property
    def title(self) -> Text:
        return self.model.title.text

    @property
    def groups(self) -> tuple[Group, ...]:
        """The questionnaire: groups of fields, one group a page."""
        return self.model.groups

    @cached_property
    def declared_units(self) -> dict[str, DeclaredUnitOption]:
        """The declared units on offer, by id; the first is taken where nothing was chosen."""
        return {option.id: option for option in self.model.declared_units}

    def field_at(self, where: str, values: Mapping[str, str]) -> str | None:
        """The key of the question behind the place that a finding names, given the answers; None where no single question is."""
        return field_at(where, self.model, self._places, values)

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, ...]]:
        return places_of(self.model)

    def examined(self, values: Mapping[str, str]) -> "Examined":
        """Everything that a set of answers says, read once. Never raises on what a user wrote."""
        findings = Findings()
        answers = self._read(values, findings)
        study = None if findings.refused else self._made(answers, findings)
        return Examined(self.model, answers, findings.sorted(), None if findings.refused else study)

    def asked(self, values: Mapping[str, str]) -> frozenset[str]:
        """The keys of the questions that the choices made so far call for."""
        return Examined(self.model, self._read(values, Findings()), (), None).asked

    def defaults(self, values: Mapping[str, str]) -> dict[str, Fraction]:
        """What stands for the amounts that were left empty, each in the unit of its field; a default that needs what is missing is none."""
        return Examined(self.model, self._read(values, Findings()), (), None).defaults

    def check(self, values: Mapping[str, str]) -> list[Finding]:
        """What is wrong, missing, implausible, defaulted or left out in a set of answers. Never raises on what a user wrote."""
        return list(self.examined(values).findings)

    def study(self, values: Mapping[str, str]) -> Study:
        """The study that the answers make. Raises :class:`StudyRefused` where :meth:`check` finds an error."""
        examined = self.examined(values)
        if examined.study is None:
            raise StudyRefused(examined.findings, self.model.template.id)
        return examined.study

    def _read(self, values: Mapping[str, str], findings: Findings) -> Answers:
        answers = read_answers(self.model, values, findings)
        check_plausibility(answers, findings)
        return answers

    def _made(self, answers: Answers, findings: Findings) -> Study | None:
        unit = self.declared_units.get(answers.texts.get(DECLARED_UNIT, ""), self.model.declared_units[0])
        try:
            return Study.model_validate(study_content(answers, unit))
        except ValidationError as error:
            for fault in error.errors():
                where = " / ".join(str(step) for step in fault["loc"])
                findings.error(
                    "model.study-invalid",
                    where,
                    Text(f"生成的研究不合格式：{fault['msg']}", f"The study made is not valid: {fault['msg']}"),
                )
            return None


def load_models() -> tuple[ProductModel, ...]:
    """The product models of the shipped library, by id. Raises :class:`BadRuleFile`."""
    shared = {name.removesuffix(".yaml"): read(data, name) for name, data in library_files("models/shared")}
    examples = {name: read(data, name) for name, data in library_files("models/examples")}
    return tuple(ProductModel(read_model(data, name, shared).model, examples.get(name)) for name, data in library_files("models"))


def load_model(id_: str) -> ProductModel:
    """One product model by its id. Raises :class:`UnknownModel`."""
    models = {model.id: model for model in load_models()}
    if id_ not in models:
        names = ", ".join(models)
        raise UnknownModel(
            Text(f"没有产品模型“{id_[:80]}”。已有：{names}。", f"There is no product model “{id_[:80]}”. There are: {names}.")
        )
    return models[id_]


def read_model(data: bytes, file: str, shared: Mapping[str, Mapping[str, Any]]) -> ProductModel:
    """A model from the bytes of its file; a group ``{use: plant}`` is taken from ``shared``. Raises :class:`BadRuleFile`."""
    content = read(data, file)
    groups = []
    for group in content.get("groups", []):
        wanted = group.get("use") if isinstance(group, dict) else None
        if wanted is not None and wanted not in shared:
            raise BadRuleFile(file, f"groups / {wanted}", Text(f"没有共用的问题组“{wanted}”。", f"There is no shared group “{wanted}”."))
        groups.append(shared[wanted] if wanted is not None else group)
    return ProductModel(validated(Model, {**content, "groups": groups}, file))
