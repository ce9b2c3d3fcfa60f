"""Whether the reports of a footprint are there yet, and having them written again where that failed."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import queries
from zuji.registry.footprints.operations import REPORTS
from zuji.registry.footprints.queries import Report
from zuji.registry.jobs import operations as jobs
from zuji.registry.jobs import queries as job_queries
from zuji.registry.jobs.models import State as JobState
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission

State = Literal["there", "waiting", "failed", "none"]


@dataclass(frozen=True, slots=True)
class Reports:
    """``state``: there; waiting, while they are written; failed, until somebody has them tried again; none, where nobody asked for any.

    ``may_retry``: the viewer may have a failed job tried again. ``job`` is its number, by which the operator finds it.
    """

    state: State
    reports: tuple[Report, ...]
    may_retry: bool = False
    job: int | None = None


def reports(footprint: str, *, viewer: Viewer) -> Reports:
    """Where the reports of a footprint stand. Raises :class:`NotFound`."""
    enterprise, product = queries.whose(footprint, viewer=viewer)
    found = queries.written(footprint)
    if found:
        return Reports("there", found)
    job = job_queries.status(REPORTS, footprint)
    if job is None:
        return Reports("none", ())
    failed = job.state == JobState.FAILED
    may = viewer.may(Permission.EDIT, enterprise=enterprise, product=product)
    return Reports("failed" if failed else "waiting", (), may_retry=failed and may, job=job.number)


@transaction.atomic
def write_again(*, viewer: Viewer, footprint: str) -> None:
    """Have reports written that could not be.

    Raises:
        NotFound, NotAllowed: as for every operation.
        Refused: writing them has not failed.
    """
    enterprise, product = queries.whose(footprint, viewer=viewer)
    viewer.demand(Permission.EDIT, enterprise=enterprise, product=product)
    job = job_queries.status(REPORTS, footprint)
    if job is None:
        raise NotFound
    jobs.retry(actor=viewer.name, number=job.number)
