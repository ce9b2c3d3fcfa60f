"""The tenant is made once a file of tests. What a test does is undone after it, and what the file made after its last test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache, caches
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.integration.access import tenant as tenants
from tests.integration.access.tenant import Tenant
from tests.integration.conftest import World


@pytest.fixture(scope="module")
def _tenant(_world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield tenants.made(_world)
        transaction.set_rollback(True)


@pytest.fixture
def tenant(_tenant: Tenant, db: None) -> Tenant:
    caches["process"].clear()  # all roles ask from one address
    return _tenant
