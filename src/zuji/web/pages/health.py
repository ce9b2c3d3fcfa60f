"""For the machine that watches: is the process there, and can it serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from zuji.web.access import Access, page


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    del request
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and has the tables of this version."""
    del request
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    if waiting:
        return JsonResponse({"status": "unavailable", "database": "migrations waiting"}, status=503)
    return JsonResponse({"status": "ready"})


urlpatterns = [
    page("health/live", live, name="health-live", access=Access.PUBLIC),
    page("health/ready", ready, name="health-ready", access=Access.PUBLIC),
]
