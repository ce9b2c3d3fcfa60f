"""Signing in and out: what it takes, where it leads, and what ends it."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.integration.conftest import World
from zuji.registry.accounts.models import User


def test_signing_out_needs_a_form(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.OWNER)
    client.get("/account/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302


def test_after_signing_in_nobody_is_sent_to_another_site(world: World) -> None:
    answer = Client().post("/account/login/?next=https://evil.example/", {"login": cast.OWNER.email, "password": cast.PASSWORD})
    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_nobody_signs_up_by_themselves(world: World) -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_a_closed_account_does_not_sign_in(world: World) -> None:
    User.objects.filter(email=cast.BUYER.email).update(is_active=False)
    client = Client()
    answer = client.post("/account/login/", {"login": cast.BUYER.email, "password": cast.PASSWORD})
    assert answer.status_code == 403
    assert "账户已停用" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_a_person_who_is_shut_out_sees_nothing_from_then_on(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.VIEWER)
    User.objects.filter(email=cast.VIEWER.email).update(is_active=False)
    assert client.get(f"/footprints/{world.private}/").status_code == 404
    assert client.get("/account/").status_code == 302


def test_guessing_passwords_is_stopped(world: World) -> None:
    client = Client()
    answers = [client.post("/en/account/login/", {"login": cast.BANK.email, "password": str(number)}) for number in range(40)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()
    assert any("Too many failed" in answer.content.decode() for answer in answers)
