"""What waits for somebody with a duty, of every kind, the most urgent first."""

import datetime
from dataclasses import dataclass

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import queries, revocations
from zuji.registry.governance.models import Round
from zuji.registry.governance.moving import moment
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty


@dataclass(frozen=True, slots=True)
class Due:
    """A spot check that was announced and waits for its draw; ``open``: its time has come."""

    number: str
    draw_at: datetime.datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for the viewer: dossiers as what they are, proposed revocations, spot checks to be drawn."""

    tasks: tuple[queries.Task, ...]
    revocations: tuple[revocations.Row, ...]
    rounds: tuple[Due, ...]

    @property
    def total(self) -> int:
        return len(self.tasks) + len(self.revocations) + sum(1 for each in self.rounds if each.open)


def desk(viewer: Viewer, *, now: datetime.datetime | None = None) -> Desk:
    """What waits for the viewer. The number of questions to the database does not depend on how much that is.

    Raises:
        NotFound: they hold no duty.
    """
    if not viewer.duties:
        raise NotFound
    at = moment(now)
    rounds = Round.objects.filter(draw=None).order_by("draw_at").values_list("number", "draw_at")
    inspects = Duty.INSPECTOR.value in viewer.duties
    return Desk(
        tasks=queries.to_do(viewer, now=at),
        revocations=revocations.waiting(viewer, now=at),
        rounds=tuple(Due(number, draw_at, draw_at <= at) for number, draw_at in rounds) if inspects else (),
    )
