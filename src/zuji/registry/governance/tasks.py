"""What the platform does by itself, in the background."""

import datetime
from collections.abc import Mapping

from zuji.registry.governance.publishing import expire_due
from zuji.registry.jobs.operations import Argument, Change

EXPIRY = "factors.expiry"
"""The kind of job that marks, once a day, published versions whose validity has ended."""


def expire(arguments: Mapping[str, Argument]) -> Change:
    """Mark those whose validity ended before the day of the job: days on which no worker ran are made good."""
    day = datetime.date.fromisoformat(str(arguments["day"]))

    def change() -> None:
        expire_due(day=day)

    return change
