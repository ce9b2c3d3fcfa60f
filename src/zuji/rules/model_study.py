"""Making a study from a model's template and the answers to its questionnaire."""

from typing import Any

from zuji.rules.model_plausibility import is_number, scores
from zuji.rules.model_schema import DeclaredUnitOption, ModelField
from zuji.rules.model_values import Answers

INDICATORS = ("technology", "geography", "time", "completeness", "reliability")
WORDS = ("field", "needs", "when", "unless")
"""What a template says of a line beside the study format: its field, the fields it needs, the choices under which it stands, and the
fields whose own factor stands in for it (a supplier's footprint of the finished part replaces what the part is built from)."""
DEMONSTRATION = "demonstration"


def study_content(answers: Answers, unit: DeclaredUnitOption) -> dict[str, Any]:
    """The content of a study file. Lines whose fields were left empty are not in it; the limitations name them."""
    template = answers.model.template
    maker = _Maker(answers)
    processes = [made for each in template.processes if (made := maker.process(each)) is not None]
    for process in processes:
        if process["id"] == template.reference:
            process["output"] = {**process["output"], **unit.output}
    content: dict[str, Any] = {
        "zuji": "study/1",
        "id": answers.texts.get("study_id", template.id),
        "title": {"zh": template.title.zh, "en": template.title.en},
        "rule": answers.model.rule,
        "boundary": template.boundary,
        "declared_unit": unit.declared_unit,
        "gwp": answers.texts.get("gwp", "AR6"),
        "period": {"start": answers.texts["period_start"], "end": answers.texts["period_end"]},
        "geography": answers.texts.get("geography", "CN-HB"),
        "reference": template.reference,
        "parameters": {key: {"amount": amount, "unit": text} for key, (amount, text) in answers.amounts.items()},
        "processes": processes,
        "excluded_stages": template.excluded_stages,
        "about": _about(answers, maker.left_out),
    }
    if template.grid_mix is not None:
        content["grid_mix"] = template.grid_mix
    return content


class _Maker:
    """Turns template parts into study parts, keeping the keys of the fields that were left out."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.left_out: dict[str, None] = {}

    def process(self, template: dict[str, Any]) -> dict[str, Any] | None:
        if not self._active(template, None):
            return None
        made = {key: value for key, value in template.items() if key not in (*WORDS, "inputs", "emissions", "coproducts", "allocation")}
        made["inputs"] = [self._input(line) for line in template.get("inputs", []) if self._active(line, line.get("field"))]
        made["emissions"] = [self._emission(line) for line in template.get("emissions", []) if self._active(line, line.get("field"))]
        made["coproducts"] = [self._stripped(each) for each in template.get("coproducts", []) if self._active(each, None)]
        allocation = template.get("allocation")
        if allocation is not None and made["coproducts"] and self._active(allocation, None):
            made["allocation"] = self._stripped(allocation)
        return dict(_answered(made, self.answers))

    def _active(self, part: dict[str, Any], field: str | None) -> bool:
        if any(self.answers.texts.get(key) != value for key, value in part.get("when", {}).items()):
            return False
        if any(self.answers.aside(key, "factor") is not None for key in part.get("unless", [])):
            return False
        for key in part.get("needs", [field] if field else []):
            if self.answers.zero(key):
                return False
            if not self.answers.has(key):
                self.left_out.setdefault(key)
                return False
        return True

    def _stripped(self, part: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in part.items() if key not in WORDS}

    def _input(self, line: dict[str, Any]) -> dict[str, Any]:
        made = self._stripped(line)
        question = self.answers.model.fields.get(str(line.get("field")))
        if question is None:
            return made
        if "transport" not in made:
            made.setdefault("amount", f"={question.key}")
            made.setdefault("unit", question.unit)
        if not {"factor", "process", "cut_off"} & set(made):
            made.update(self._factor(question))
        made.setdefault("data", self._data(question, own_factor=self.answers.aside(question.key, "factor") is not None))
        return made

    def _emission(self, line: dict[str, Any]) -> dict[str, Any]:
        made = self._stripped(line)
        question = self.answers.model.fields.get(str(line.get("field")))
        if question is not None:
            made.setdefault("data", self._data(question, own_factor=False))
        return made

    def _factor(self, question: ModelField) -> dict[str, Any]:
        terms = question.factor
        if terms is None:
            return {}
        chosen = self.answers.aside(question.key, "factor")
        if chosen is not None and is_number(chosen):
            name = {"zh": question.label.zh, "en": question.label.en}
            source = self.answers.aside(question.key, "source")
            return {"factor": {"value": chosen, "unit": terms.unit, "kind": terms.kind, "source": source, "name": name}}
        if chosen is not None:
            return {"factor": chosen}
        if terms.id is not None:
            return {"factor": terms.id}
        gap: dict[str, Any] = {"factor": None, "reason": terms.gap and terms.gap.model_dump()}
        return gap if terms.possible is None else {**gap, "possible": terms.possible.model_dump()}

    def _data(self, question: ModelField, *, own_factor: bool) -> dict[str, Any]:
        key = question.key
        measured = question.primary and key not in self.answers.defaulted
        data: dict[str, Any] = {"type": self.answers.aside(key, "type") or ("primary" if measured else "secondary")}
        evidence = self.answers.aside(key, "evidence")
        if evidence is None and key in self.answers.defaulted and question.default is not None:
            evidence = question.default.source
        if evidence is not None:
            data["source"] = evidence
        rated = scores(self.answers.aside(key, "quality") or "")
        if rated is not None:
            data["quality"] = dict(zip(INDICATORS, rated, strict=True))
        gsd = self.answers.aside(key, "gsd")
        if gsd is not None:
            data["uncertainty"] = {"distribution": "lognormal", "gsd": gsd}
        if own_factor and "source" not in data:
            own = self.answers.aside(key, "source") or self.answers.aside(key, "factor")
            data["source"] = {"zh": f"自有因子：{own}", "en": f"own factor: {own}"}
        return data


def _answered(part: Any, answers: Answers) -> Any:
    """The part with each ``$key`` replaced by the answer to that question; a mapping entry whose answer is missing is left out."""
    if isinstance(part, dict):
        made = {key: _answered(value, answers) for key, value in part.items()}
        return {key: value for key, value in made.items() if value is not None or part[key] is None}
    if isinstance(part, list):
        return [_answered(value, answers) for value in part]
    if isinstance(part, str) and part.startswith("$"):
        return answers.texts.get(part[1:])
    return part


def _about(answers: Answers, left_out: dict[str, None]) -> dict[str, Any]:
    about = dict(_answered(answers.model.template.about, answers))
    about[DEMONSTRATION] = answers.texts.get(DEMONSTRATION) == "yes"
    fields = [answers.model.fields[key] for key in left_out if key in answers.model.fields]
    written = about.get("limitations", {"zh": "", "en": ""})
    if fields:
        zh = "、".join(field.label.zh for field in fields)
        en = ", ".join(field.label.en for field in fields)
        written = {"zh": f"{written['zh']}未填写而未计入：{zh}。", "en": f"{written['en']} Left empty and not counted: {en}.".strip()}
        about["limitations"] = written
    return about
