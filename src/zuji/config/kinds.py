"""Which handler does which kind of background job: the one table of them."""

from collections.abc import Mapping

from zuji.config.notices import notice
from zuji.registry.footprints import notices, tasks
from zuji.registry.footprints import operations as footprints
from zuji.registry.jobs.worker import Handler

KINDS: Mapping[str, Handler] = {
    footprints.REPORTS: tasks.reports,
    notices.NOTICE: notice,
}
