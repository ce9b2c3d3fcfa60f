"""For the machine that watches: is the process there, can it serve, and does what goes on behind the pages go on."""

import datetime
import shutil

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from zuji.registry.audit import queries as audit
from zuji.registry.audit.operations import PLATFORM, Action
from zuji.registry.jobs import queries as jobs
from zuji.web.access import Access, page

DISK_FULL, DISK_LOW = 256 * 2**20, 2 * 2**30  # bytes: a restore or an upload needs some; time to act
QUEUE_STANDS = 300.0  # seconds: a due job waits for less than one where a worker lives and is not overloaded
OK = "ok"


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    del request
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """Whether pages can be served: 503 where not. What does not stop them is ``degraded``, with 200, lest a balancer take the site away."""
    del request
    checks = {"disk": _disk(shutil.disk_usage(settings.DATA).free)}
    try:
        checks |= {"database": OK, "migrations": _migrations()}
        if checks["migrations"] == OK:
            checks |= {"jobs": _jobs(), "backup": _backup()}
    except AnyDatabaseError:
        checks["database"] = "unreachable"
    serves = checks["database"] == OK and checks["migrations"] == OK and checks["disk"] != "full"
    well = all(state in {OK, "not watched"} for state in checks.values())
    status = "unavailable" if not serves else "ready" if well else "degraded"
    return JsonResponse({"status": status, "checks": dict(sorted(checks.items()))}, status=200 if serves else 503)


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "waiting" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else OK


def _disk(free: int) -> str:
    return "full" if free < DISK_FULL else "low" if free < DISK_LOW else OK


def _jobs() -> str:
    return "standing" if jobs.queue().waited > QUEUE_STANDS else OK


def _backup() -> str:
    within = settings.VALUES.backup_within
    if not within:
        return "not watched"
    last = audit.last(Action.BACKED_UP, PLATFORM)
    if last is None:
        return "never made"
    return "old" if datetime.datetime.now(datetime.UTC) - last > datetime.timedelta(hours=within) else OK


urlpatterns = [
    page("health/live", live, name="health-live", access=Access.PUBLIC),
    page("health/ready", ready, name="health-ready", access=Access.PUBLIC),
]
