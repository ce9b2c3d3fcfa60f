"""Jobs of submission: reports written in the background, and letters to those for whom a version waits."""

import io
import threading
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests import cast
from tests.integration.conftest import TODAY, World
from tests.questionnaires import filled_product
from zuji.config.kinds import KINDS
from zuji.engine.text import Text
from zuji.registry.accounts.models import Membership
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import cases, queries, reporting, submitting
from zuji.registry.footprints.notices import NOTICE
from zuji.registry.footprints.operations import REPORTS
from zuji.registry.jobs.models import Job
from zuji.registry.jobs.operations import Pace
from zuji.registry.jobs.worker import Handler, Worker
from zuji.registry.refusals import NotAllowed, NotFound

As = Callable[[cast.Person], Viewer]
SECRET = "SECRET-PRODUCT-9"


def work_off(kind: str, handler: Handler | None = None) -> int:
    return Worker({kind: handler or KINDS[kind]}, threading.Event(), Pace(backoff=0)).run(until_empty=True)


@pytest.fixture
def product(world: World, as_: As) -> str:
    return filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], name=Text(SECRET, SECRET))


def ask(product: str, as_: As, person: cast.Person = cast.EDITOR) -> str:
    return submitting.ask_sign_off(viewer=as_(person), product=product, number=1, note=SECRET, today=TODAY)


def seen(product: str, as_: As) -> str:
    waiting = cases.awaited(product, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    return waiting.result_hash


def test_reports_are_written_after_the_result_and_once(product: str, as_: As) -> None:
    footprint = ask(product, as_)
    assert reporting.reports(footprint, viewer=as_(cast.VIEWER)).state == "waiting"
    assert work_off(REPORTS) == 1
    found = reporting.reports(footprint, viewer=as_(cast.VIEWER))
    assert found.state == "there"
    assert {(report.format, report.language) for report in found.reports} == {(f, lang) for f in ("pdf", "docx") for lang in ("zh", "en")}
    _, content = queries.document(footprint, form="pdf", language="zh", viewer=as_(cast.VIEWER))
    assert content.startswith(b"%PDF")
    cover = PdfReader(io.BytesIO(content)).pages[0].extract_text().replace("\u200b", "")
    for stated in (SECRET, cast.CEMENT.name.zh, cast.CEMENT.uscc, "第 1 版（修订 1）", footprint):
        assert stated in cover
    assert work_off(REPORTS) == 0


def test_reports_that_failed_are_said_to_have_and_are_tried_again(
    product: str, as_: As, signed_in: Callable[[cast.Person], Client]
) -> None:
    footprint = ask(product, as_)

    def breaks(_: object) -> Callable[[], None]:
        raise OSError

    work_off(REPORTS, breaks)
    page = reverse("footprint", args=[footprint])
    again = reverse("footprint-reports", args=[footprint])
    assert "报告没有生成" in signed_in(cast.EDITOR).get(page).content.decode()
    assert "再生成一次" not in signed_in(cast.VIEWER).get(page).content.decode()
    assert signed_in(cast.VIEWER).post(again).status_code == 403
    assert signed_in(cast.RIVAL_OWNER).post(again).status_code == 404
    for _ in range(2):
        assert signed_in(cast.EDITOR).post(again).headers["Location"] == page
    assert "报告正在生成" in signed_in(cast.EDITOR).get(again).content.decode()
    assert work_off(REPORTS) == 1
    assert "中文报告" in signed_in(cast.EDITOR).get(again).content.decode()


def test_a_result_that_is_not_kept_has_no_job(product: str, as_: As) -> None:
    with pytest.raises(NotAllowed):
        ask(product, as_, cast.VIEWER)
    assert not Job.objects.filter(kind=REPORTS).exists()
    with pytest.raises(NotFound):
        reporting.write_again(viewer=as_(cast.RIVAL_OWNER), footprint="z" * 26)


def test_those_who_sign_get_a_letter_and_nobody_else(product: str, as_: As) -> None:
    ask(product, as_)
    work_off(NOTICE)
    assert {letter.to[0] for letter in mail.outbox} == {cast.OWNER.email, cast.APPROVER.email, cast.SECOND_OWNER.email}
    for letter in mail.outbox:
        text = letter.subject + str(letter.body)
        assert cast.CEMENT.name.zh in text
        assert cast.CEMENT.name.en in text
        assert f"http://127.0.0.1:8000/products/{product}/v1/submit/" in text
        assert f"http://127.0.0.1:8000/en/products/{product}/v1/submit/" in text
        assert SECRET not in text


def test_one_who_asks_and_may_sign_writes_to_the_others_only(product: str, as_: As) -> None:
    ask(product, as_, cast.OWNER)
    work_off(NOTICE)
    assert cast.OWNER.email not in {letter.to[0] for letter in mail.outbox}


def test_who_had_asked_is_told_of_the_return(product: str, as_: As) -> None:
    ask(product, as_)
    submitting.return_to_draft(viewer=as_(cast.APPROVER), product=product, number=1, reason=SECRET)
    work_off(NOTICE)
    assert [letter.to for letter in mail.outbox] == [[cast.EDITOR.email]]  # those about the request have no reason any more
    assert "退回" in mail.outbox[0].subject
    assert SECRET not in str(mail.outbox[0].body)


def test_a_letter_that_has_lost_its_reason_is_not_sent(world: World, product: str, as_: As) -> None:
    ask(product, as_)
    Membership.objects.filter(user=world.people[cast.SECOND_OWNER.email]).delete()
    submitting.sign(viewer=as_(cast.APPROVER), product=product, number=1, result_hash=seen(product, as_))
    work_off(NOTICE)
    assert mail.outbox == []


def test_a_letter_that_the_server_does_not_take_is_tried_again(product: str, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(product, as_)
    answers = iter([False, True, True, True])
    monkeypatch.setattr("zuji.web.letters.send", lambda *_: next(answers))
    assert work_off(NOTICE) == 4
    assert set(Job.objects.filter(kind=NOTICE).values_list("state", flat=True)) == {"done"}
