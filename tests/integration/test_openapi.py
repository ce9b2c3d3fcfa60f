"""The description of the interface: OpenAPI 3.1, true of what answers."""

import gc
import json
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import cast
from tests.integration.conftest import World
from zuji.config.wsgi import application
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries
from zuji.web.api.service import api
from zuji.web.api.signing_in import new_token

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
]


def test_it_is_served(world: World) -> None:
    assert Client().get("/v1/openapi.json").json()["openapi"] == "3.1.0"


def test_every_operation_says_what_it_does_and_how_it_fails() -> None:
    for path, operations in api.get_openapi_schema(path_prefix="/v1/")["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)
            assert operation["responses"].keys() >= {"400", "422", "429"}, (method, path)
            assert operation["responses"]["429"]["headers"].keys() == {"Retry-After"}, (method, path)
            assert " a minute" in operation["responses"]["429"]["description"], (method, path)
            if operation.get("security"):
                assert "401" in operation["responses"], (method, path)


SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(path_prefix="/v1/"))))
SCHEMA.app = application


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A test's transaction lives in one connection, which a server would look at anew with every request: Django's test client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module", autouse=True)
def _no_file_is_left_open() -> Iterator[None]:
    """The tool's WSGI client leaves uploads open: they end here, not in another test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def bearer(world: World) -> Callable[[], dict[str, str]]:
    """The header of a program of the cement works."""
    owner = queries.viewer(world.people[cast.OWNER.email])
    made = accounts.make_client(
        viewer=owner, enterprise=world.firms[cast.CEMENT.uscc], name="fuzz", role="editor", expires=timezone.localdate().isoformat()
    )
    return lambda: {"Authorization": f"Bearer {new_token(made.client_id)}"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # where the collector is faster than the test's end
@pytest.mark.usefixtures("_one_connection")
@SCHEMA.parametrize()
@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_whatever_is_sent_is_answered_as_described(case: "schemathesis.Case[Any]", bearer: Callable[[], dict[str, str]]) -> None:
    case.call_and_validate(headers=bearer(), checks=CHECKS)
