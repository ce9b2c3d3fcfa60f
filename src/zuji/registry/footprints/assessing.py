"""From a version's saved answers to its result. Nothing here writes."""

import datetime

from zuji.engine.errors import StudyRefused
from zuji.engine.results import Result
from zuji.engine.study import Study
from zuji.registry.footprints.answering import pointed, study_of
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.refusals import NotCalculable
from zuji.registry.models import queries as catalogue
from zuji.registry.products.queries import Draft
from zuji.rules import assess


def assessed(draft: Draft, day: datetime.date) -> tuple[Study, Result]:
    """The study of a version's saved answers and its whole result: what a calculation would keep.

    Raises:
        NotCalculable: the answers make no study, or the study is refused; with every finding and the question behind it.
        Refused: the product model is no longer on offer.
    """
    model = catalogue.in_use(draft.model)
    method = Method.current()
    try:
        study = study_of(draft, draft.answers, demonstration=draft.demonstration)
        return study, assess(study, method.library, method.rulebook, method.gwp, today=day)
    except StudyRefused as refused:
        raise NotCalculable(pointed(refused.findings, model, draft.answers)) from refused
