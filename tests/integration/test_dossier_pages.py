"""The pages of a dossier: what is signed is what was shown, and what is sealed takes no document."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.dossiers import Way, state_of
from tests.integration.conftest import World
from zuji.registry.accounts import queries as accounts
from zuji.registry.evidence.models import EvidenceFile

SignedIn = Callable[[cast.Person], Client]


@pytest.fixture
def way(world: World) -> Way:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    return Way(lambda person: accounts.viewer(world.people[person.email]), world.firms[cast.ASSOCIATION_FIRM.uscc], experts)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([0-9a-f]{{64}})"', page)
    assert found is not None, name
    return found.group(1)


def test_one_signs_the_preview_that_was_shown_and_no_other(way: Way, signed_in: SignedIn) -> None:
    code = way.drawn()
    address, first, second = f"/dossiers/{code}/", signed_in(cast.PUBLISHER), signed_in(cast.SECOND_PUBLISHER)
    shown = first.get(address).content.decode()
    sent = {"act": "sign", "seen": way.digest(code), "preview": hidden(shown, "preview")}
    stale = first.post(address, {**sent, "preview": "0" * 64})
    assert (stale.status_code, state_of(code)) == (409, "awaiting_publication")
    assert "影响预览已不同" in stale.content.decode()
    assert first.post(address, sent).status_code == 302
    assert state_of(code) == "signed_once"
    assert first.post(address, {**sent, "act": "publish"}).status_code in {403, 409}  # never the same person
    kept = second.get(address).content.decode()
    assert hidden(kept, "preview") == sent["preview"]
    assert second.post(address, {**sent, "act": "publish", "preview": "0" * 64}).status_code == 409
    assert state_of(code) == "signed_once"
    assert second.post(address, {**sent, "act": "publish"}).status_code == 302
    assert state_of(code) == "published"


def test_a_first_signature_on_a_preview_that_was_not_kept_can_only_be_taken_back(way: Way, signed_in: SignedIn) -> None:
    code = way.signed()
    client = signed_in(cast.SECOND_PUBLISHER)
    page = client.get(f"/en/dossiers/{code}/").content.decode()
    assert "was not kept" in page
    refused = client.post(f"/dossiers/{code}/", {"act": "publish", "seen": way.digest(code), "preview": hidden(page, "preview")})
    assert (refused.status_code, state_of(code)) == (409, "signed_once")
    assert client.post(f"/dossiers/{code}/", {"act": "unsign", "reason": "按新的预览重签"}).status_code == 302
    assert state_of(code) == "awaiting_publication"


def test_a_sealed_dossier_takes_no_document_and_keeps_none(way: Way, signed_in: SignedIn) -> None:
    code = way.submitted()
    before = EvidenceFile.objects.count()
    sent = {"act": "attach", "page": "1", "upload": SimpleUploadedFile("again.txt", b"2.713", "text/plain")}
    answer = signed_in(cast.ASSOCIATION).post(f"/dossiers/{code}/documents/", sent)
    assert answer.status_code == 302
    assert EvidenceFile.objects.count() == before
