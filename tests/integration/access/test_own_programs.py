"""A program in an official's own name: it reaches what their duties open, and of enterprises' own things nothing at all."""

from django.test import Client

from tests.integration.access.places import Asked, requests
from tests.integration.access.table import same_session, undone
from tests.integration.access.tenant import ANYONE, Tenant
from tests.integration.access.test_confidentiality import MEANT, shown

OF_DUTIES = {"/v1/dossiers", "/v1/dossiers/tasks", "/v1/dossiers/<dossier>", "/v1/dossiers/<dossier>/experts", "/v1/dossiers/<dossier>/history",
             "/v1/dossiers/<dossier>/impact", "/v1/dossiers/<dossier>/evidence/<file>"}  # fmt: skip
ALL = [each for each in requests() if each.route.startswith("v1/")]


def _status(tenant: Tenant, client: Client, asked: Asked) -> int:
    with undone(), same_session(client):
        answer = asked.ask(client, tenant)
        meant = MEANT["dossier"] if "dossier" in asked.route and answer.status_code < 400 else ()
        assert shown(answer, meant) == [], asked.key
        return int(answer.status_code)


def test_it_reads_what_waits_for_a_decision_and_is_a_stranger_to_the_rest(tenant: Tenant) -> None:
    for asked in ALL:
        if asked.method == "GET" and f"/{asked.route}" in OF_DUTIES:
            assert _status(tenant, tenant.desk, asked) == 200, asked.key
        elif asked.key == "POST /v1/dossiers/<dossier>/acts (return)":
            assert _status(tenant, tenant.desk, asked) == 201
        elif asked.key == "POST /v1/spot-checks/announce":
            assert _status(tenant, tenant.desk, asked) == 409, "one is announced already"
        elif (told := _status(tenant, tenant.sees(ANYONE), asked)) != 401:
            assert _status(tenant, tenant.desk, asked) == told, "what is public is so for it too"
        else:
            assert _status(tenant, tenant.desk, asked) in {403, 404, 409}, asked.key
