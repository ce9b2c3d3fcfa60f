"""Where a version stands on its way to submission, with all that its page shows."""

import datetime
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import cases
from zuji.registry.footprints.answering import Pointed, assessed_on
from zuji.registry.footprints.assessing import assessed
from zuji.registry.footprints.cases import Awaited, Taken
from zuji.registry.footprints.examining import Examined, examined
from zuji.registry.footprints.refusals import NotCalculable
from zuji.registry.products import queries as products
from zuji.registry.products.queries import Draft
from zuji.registry.refusals import Refused
from zuji.workflow.footprint import State


@dataclass(frozen=True, slots=True)
class Standing:
    """A version. ``examined`` is the result of a draft's saved answers, or the one that awaits a sign-off (``awaited``).

    Where a draft has no number, ``faults`` say why; where its model is no longer on offer, ``refused`` does. ``case`` is its case number.
    """

    draft: Draft
    steps: tuple[Taken, ...]
    examined: Examined | None = None
    faults: tuple[Pointed, ...] = ()
    refused: Text | None = None
    awaited: Awaited | None = None
    case: str | None = None


def standing(product: str, number: int, *, viewer: Viewer, today: datetime.date | None = None) -> Standing:
    """Where a version stands. Nothing is stored: the result of a draft is what asking for sign-off would keep.

    Raises:
        NotFound: there is no such version, or none that ``viewer`` may see.
    """
    draft = products.version(product, number, viewer=viewer)
    steps = cases.steps(product, number, viewer=viewer)
    try:
        if draft.state == State.DRAFT.value:
            _, result = assessed(draft, assessed_on(today))
            return Standing(draft, steps, examined=examined(draft, result, same_person=None))
        if draft.state == State.AWAITING_SIGN_OFF.value:
            awaited = cases.awaited(product, number, viewer=viewer)
            return Standing(draft, steps, examined=awaited.examined if awaited else None, awaited=awaited)
    except NotCalculable as wrong:
        return Standing(draft, steps, faults=wrong.findings)
    except Refused as refused:
        return Standing(draft, steps, refused=refused.text)
    return Standing(draft, steps, case=cases.case_of(product, number, viewer=viewer))
