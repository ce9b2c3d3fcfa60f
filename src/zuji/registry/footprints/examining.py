"""What is looked at before a version is signed: the checklist, and the rows behind its lines. Nothing here writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zuji.engine.contracts import contracted
from zuji.engine.results import Contribution, CutOffLine, Gap, Result
from zuji.registry.electricity import queries as electricity
from zuji.registry.electricity.coverage import Coverage, covered
from zuji.registry.footprints.answering import GroupStatus, Pointed, answers_findings, pointed, study_of, task_list
from zuji.registry.footprints.checklist import Circumstances, Item, checklist, worst_rows
from zuji.registry.models import queries as catalogue
from zuji.registry.products.queries import Draft

OUT_OF_RANGE = "model.out-of-range"


@dataclass(frozen=True, slots=True)
class Examined:
    """A result as its preparers and approvers look at it; the total in kgCO2e per declared unit."""

    total: Decimal
    declared_amount: str
    declared_unit: str
    boundary: str
    by_stage: Mapping[str, Decimal]
    items: tuple[Item, ...]
    findings: tuple[Pointed, ...]
    gaps: tuple[Gap, ...]
    cut_offs: tuple[CutOffLine, ...]
    worst: tuple[Contribution, ...]
    unfinished: tuple[GroupStatus, ...]

    @property
    def blocking(self) -> tuple[Item, ...]:
        """The items that stop the submission."""
        return tuple(item for item in self.items if item.standing == "blocking")


def examined(draft: Draft, result: Result, *, same_person: bool | None) -> Examined:
    """A version with a result of it. ``same_person``: whether the one who prepared it signs it; None where nobody signs yet."""
    model = catalogue.in_use(draft.model)
    amounts = {key for key in draft.answers if key in model.model.fields and model.model.fields[key].kind == "number"}
    unfinished = tuple(group for group in task_list(draft) if group.status != "complete")
    # What the questionnaire says of the answers is not in the result: an amount far out of its range must not reach the approver unsaid.
    told = [each for each in answers_findings(draft, draft.answers) if each.severity == "warning"]
    findings = tuple(dict.fromkeys([*told, *pointed(result.findings, model, draft.answers)]))
    items = checklist(
        result,
        Circumstances(
            identity_confirmed=draft.identity_confirmed,
            unfinished=[group.title for group in unfinished],
            implausible=[model.model.fields[each.field].label.text for each in told if each.code == OUT_OF_RANGE and each.field],
            warnings=sum(1 for each in findings if each.severity == "warning"),
            evidenced=len(amounts & {attached.key for attached in draft.attached}),
            answered=len(amounts),
            same_person=same_person,
            green_power=_green_power(draft),
        ),
    )
    return Examined(
        total=result.total,
        declared_amount=result.declared_amount,
        declared_unit=result.declared_unit,
        boundary=result.boundary,
        by_stage=result.by_stage,
        items=items,
        findings=findings,
        gaps=result.gaps,
        cut_offs=result.cut_offs,
        worst=worst_rows(result),
        unfinished=unfinished,
    )


def _green_power(draft: Draft) -> Coverage | None:
    """Whether what counts as green is claimed of registered certificates; None where nothing counts as green."""
    study = study_of(draft, draft.answers, demonstration=draft.demonstration)
    lines = contracted(study)
    if not lines:
        return None
    return covered(lines, electricity.claims_of(draft.product, draft.number), (study.period.start, study.period.end))
