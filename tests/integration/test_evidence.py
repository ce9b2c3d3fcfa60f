"""Evidence files: what is kept, for whom, and what happens when the disk does not hold what the record says."""

import datetime
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import Settings

from tests import attachments as made
from tests import cast
from tests.integration.conftest import MARK, World
from zuji.config.evidence import check as check_evidence
from zuji.engine.text import Text
from zuji.registry.accounts.operations.delegations import delegate
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Grant, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.evidence import queries, storage, upkeep
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.evidence.operations import keep, read
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations as products
from zuji.registry.refusals import NotAllowed, NotFound, Refused

BILL = made.pdf("CANARY-7F3A")


BEFORE = hashlib.sha256(MARK.encode()).hexdigest()  # a file of the world
WORLD: set[str] = set()  # all of them, once the world is made


def before() -> set[str]:
    """The hashes of the files that the world was made with."""
    WORLD.update(EvidenceFile.objects.values_list("sha256", flat=True))
    return WORLD


@pytest.fixture(autouse=True)
def _own_folder(world: World, settings: Settings, tmp_path: Path) -> None:
    for sha256 in before():  # the world's own files, and none that other tests left
        kept = Path(sha256[:2]) / sha256
        (tmp_path / "files" / kept.parent).mkdir(parents=True)
        shutil.copy(settings.FILES / kept, tmp_path / "files" / kept)
    settings.FILES = tmp_path / "files"


def somebody(world: World, person: cast.Person) -> Viewer:
    roles = {world.firms[person.firm.uscc]: person.role or ""} if person.firm else {}
    return Viewer(user=world.people[person.email], roles=roles)


@pytest.fixture
def editor(world: World) -> Viewer:
    return somebody(world, cast.EDITOR)


@pytest.fixture
def firm(world: World) -> int:
    return world.firms[cast.CEMENT.uscc]


def files() -> list[str]:
    return [path.name for path in storage.all_files() if path.name not in WORLD]


def test_a_file_is_kept_under_its_hash_and_comes_back_as_it_was(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="六月电费单.PDF", chunks=[BILL[:100], BILL[100:]])
    found = queries.file(code, viewer=editor)
    assert re.fullmatch("[2-9a-z]{26}", code)
    assert found.content == BILL
    assert found.row.sha256 == hashlib.sha256(BILL).hexdigest()
    assert (found.row.name, found.row.kind, found.row.media, found.row.size) == ("六月电费单.PDF", "pdf", "application/pdf", len(BILL))
    assert files() == [found.row.sha256]
    assert storage.place(found.row.sha256).stat().st_mode & 0o077 == 0


def test_keeping_and_reading_are_recorded_without_name_or_content(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="CANARY-7F3A.pdf", chunks=[BILL])
    read(viewer=editor, code=code)
    events = Event.objects.filter(subject=f"evidence:{code}").order_by("number")
    assert [(event.action, event.actor, event.enterprise) for event in events] == [
        ("evidence.kept", editor.name, cast.CEMENT.uscc),
        ("evidence.read", editor.name, cast.CEMENT.uscc),
    ]
    assert all("CANARY" not in event.details for event in events)


def test_the_same_file_sent_twice_is_one_file(editor: Viewer, firm: int) -> None:
    first, second = (keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL]) for _ in range(2))
    assert first == second
    assert EvidenceFile.objects.filter(enterprise=firm, name="a.pdf").count() == 1
    assert Event.objects.filter(subject=f"evidence:{first}").count() == 1
    renamed = keep(viewer=editor, enterprise=firm, name="b.pdf", chunks=[BILL])
    assert renamed != first
    assert len(files()) == 1


def test_two_enterprises_with_the_same_file_do_not_learn_of_each_other(world: World, editor: Viewer, firm: int) -> None:
    rival = somebody(world, cast.RIVAL_OWNER)
    theirs = world.firms[cast.RIVAL.uscc]
    first = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    before = storage.place(hashlib.sha256(BILL).hexdigest()).stat().st_ino
    second = keep(viewer=rival, enterprise=theirs, name="a.pdf", chunks=[BILL])
    assert first != second
    # A second upload is written as wholly as a first one: it takes the same steps and so the same time.
    assert storage.place(hashlib.sha256(BILL).hexdigest()).stat().st_ino != before
    assert [row.code for row in queries.of_enterprise(theirs, viewer=rival)] == [second]
    assert [row.code for row in queries.of([first, second], viewer=rival)] == [second]


@pytest.mark.parametrize(
    ("person", "refusal"),
    [(cast.VIEWER, NotAllowed), (cast.APPROVER, NotAllowed), (cast.RIVAL_OWNER, NotFound), (cast.STRANGER, NotFound)],
)
def test_who_may_not_edit_hands_nothing_in_and_no_byte_is_read(
    world: World, firm: int, person: cast.Person, refusal: type[Exception]
) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("the stream was read")
        yield b""

    with pytest.raises(refusal):
        keep(viewer=somebody(world, person), enterprise=firm, name="a.pdf", chunks=never())
    with pytest.raises(NotFound):
        keep(viewer=SYSTEM, enterprise=10**9, name="a.pdf", chunks=never())


def test_a_consultant_of_one_product_sees_its_files_alone(editor: Viewer, firm: int) -> None:
    consultant = Viewer(user=10**6, grants=(Grant(enterprise=firm, role="editor", products=frozenset({"pppp"})),))
    own = keep(viewer=consultant, enterprise=firm, product="pppp", name="a.pdf", chunks=[BILL])
    other = keep(viewer=editor, enterprise=firm, product="qqqq", name="a.pdf", chunks=[BILL])
    whole = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    assert [row.code for row in queries.of([own, other, whole], viewer=consultant)] == [own]
    assert {row.code for row in queries.of([own, other, whole], viewer=editor)} == {own, other, whole}
    for hidden in (other, whole):
        with pytest.raises(NotFound):
            read(viewer=consultant, code=hidden)
    assert read(viewer=consultant, code=whole, products=["pppp"]).content == BILL  # attached to the product since
    with pytest.raises(NotFound):
        queries.of_enterprise(firm, viewer=consultant)
    with pytest.raises(NotFound):
        keep(viewer=consultant, enterprise=firm, name="a.pdf", chunks=[BILL])


@pytest.mark.parametrize("code", ["", "zzzz", "2" * 26, "../../etc/passwd", "a" * 10_000])
def test_a_code_of_nothing_is_not_found(editor: Viewer, code: str) -> None:
    with pytest.raises(NotFound):
        queries.file(code, viewer=editor)


def test_nobody_in_particular_sees_nothing(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    with pytest.raises(NotFound):
        read(viewer=ANYONE, code=code)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "0 字节"),
        ("a.exe", made.PROGRAM, "文件名须以"),
        ("a", BILL, "文件名须以"),
        ("a.pdf", made.PROGRAM, "程序"),
        ("a.pdf", made.picture("png"), "PNG"),
        ("a.pdf", made.scripted_pdf(), "JavaScript"),
        ("a.html", b"<html>", "文件名须以"),
        ("a.txt", b"<html>", "网页"),
        ("a.xlsx", made.office("xlsx", {"xl/vbaProject.bin": b"a"}), "宏"),
        ("a.xlsx", made.office("xlsx", {"xl/worksheets/sheet1.xml": b" " * 60_000_000}), "异常巨大"),
        ("a.png", made.flood("png"), "65000 × 65000"),
    ],
    ids=["nothing", "program", "no ending", "program as PDF", "PNG as PDF", "script", "page", "page as text", "macros", "bomb", "flood"],
)
def test_what_is_not_taken_is_refused_in_words_and_leaves_nothing(editor: Viewer, firm: int, name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        keep(viewer=editor, enterprise=firm, name=name, chunks=[content])
    assert words in refused.value.text.zh
    assert "CANARY" not in refused.value.text.zh
    assert files() == []
    assert set(EvidenceFile.objects.filter(enterprise=firm).values_list("sha256", flat=True)) <= WORLD


def test_a_pdf_that_bursts_costs_its_child_and_nothing_else(editor: Viewer, firm: int) -> None:
    assert keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[made.bursting_pdf(1)])
    with pytest.raises(Refused) as refused:
        keep(viewer=editor, enterprise=firm, name="b.pdf", chunks=[made.bursting_pdf(600)])
    assert "超过上限" in refused.value.text.zh or "已损坏" in refused.value.text.zh
    assert keep(viewer=editor, enterprise=firm, name="c.pdf", chunks=[BILL])


@pytest.mark.parametrize(
    ("reader", "words"),
    [("os:abort", "已损坏"), ("zuji.nothing:here", "已损坏")],
)
def test_a_reader_that_fails_takes_no_file(editor: Viewer, firm: int, monkeypatch: pytest.MonkeyPatch, reader: str, words: str) -> None:
    monkeypatch.setattr("zuji.registry.evidence.operations._INSPECT", reader)
    with pytest.raises(Refused) as refused:
        keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    assert words in refused.value.text.zh
    assert files() == []


def test_a_stream_is_read_no_further_than_the_limit(editor: Viewer, firm: int) -> None:
    read_so_far = 0

    def endless() -> Iterator[bytes]:
        nonlocal read_so_far
        while True:
            read_so_far += 2**20
            yield b"x" * 2**20

    with pytest.raises(Refused, match="20 MiB"):
        keep(viewer=editor, enterprise=firm, name="a.txt", chunks=endless())
    assert read_so_far == 21 * 2**20
    assert files() == []


def test_a_file_as_large_as_the_limit_is_taken(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.txt", chunks=[b"x" * 2**20] * 20)
    assert queries.file(code, viewer=editor).row.size == 20 * 2**20


def test_a_stream_that_breaks_off_leaves_nothing(editor: Viewer, firm: int) -> None:
    def broken() -> Iterator[bytes]:
        yield BILL[:100]
        raise ConnectionResetError

    with pytest.raises(Refused):
        keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=broken())
    assert files() == []


def test_a_disk_that_takes_nothing_is_said(editor: Viewer, firm: int, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a file").write_bytes(b"")
    settings.FILES = tmp_path / "a file"
    with pytest.raises(Refused, match="cannot keep"):
        keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\王\\电费.pdf", "电费.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("a\u200b\ufeff.pdf", "a.pdf"),
        ('<script>"x".pdf', "_script__x_.pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("发票 (1).jpeg.pdf", "发票 (1).jpeg.pdf"),
    ],
)
def test_a_name_is_shown_without_what_deceives(editor: Viewer, firm: int, name: str, shown: str) -> None:
    code = keep(viewer=editor, enterprise=firm, name=name, chunks=[BILL])
    assert queries.file(code, viewer=editor).row.name == shown
    assert files() == [hashlib.sha256(BILL).hexdigest()]


def test_a_name_of_10_000_characters_keeps_its_ending(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="长" * 10_000 + ".pdf", chunks=[BILL])
    name = queries.file(code, viewer=editor).row.name
    assert len(name) == 120
    assert name.endswith("长.pdf")


@pytest.mark.parametrize("change", ["swapped", "shortened", "lengthened", "removed"])
def test_bytes_that_changed_on_the_disk_are_never_given_out(
    editor: Viewer, firm: int, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    place = storage.place(hashlib.sha256(BILL).hexdigest())
    match change:
        case "swapped":
            place.write_bytes(BILL[::-1])
        case "shortened":
            place.write_bytes(BILL[:-1])
        case "lengthened":
            place.write_bytes(BILL + b"\n")
        case "removed":
            place.unlink()
    with pytest.raises(queries.Altered):
        read(viewer=editor, code=code)
    assert [record.__dict__["sha256"] for record in caplog.records] == [hashlib.sha256(BILL).hexdigest()]
    assert not Event.objects.filter(subject=f"evidence:{code}", action="evidence.read").exists()
    state = upkeep.check()
    assert not state.sound
    assert (state.missing if change == "removed" else state.altered) == (place.name,)
    # Who still has the file mends the record by handing it in again.
    assert keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL]) == code
    assert read(viewer=editor, code=code).content == BILL


def test_the_database_refuses_to_change_or_remove_a_row(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    for change in (
        lambda: EvidenceFile.objects.filter(pk=code).update(name="b.pdf"),
        lambda: EvidenceFile.objects.filter(pk=code).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_a_file_whose_row_was_never_written_is_listed_and_tidied_after_a_day(editor: Viewer, firm: int) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    left = storage.place("ab" * 32)
    left.parent.mkdir()
    left.write_bytes(b"an upload that was cut off by a power failure")
    half = storage.folder() / "incoming" / "half"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    state = upkeep.check()
    assert state.sound
    assert set(state.unknown) == {f"ab/{left.name}", "incoming/half"}
    assert upkeep.tidy() == ()
    os.utime(left, (0, 0))
    os.utime(storage.place(hashlib.sha256(BILL).hexdigest()), (0, 0))
    assert upkeep.tidy() == (f"ab/{left.name}",)
    assert read(viewer=editor, code=code).content == BILL


def test_the_command_says_what_it_found_and_ends_with_1_where_a_file_is_hurt(
    editor: Viewer, firm: int, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    half = storage.folder() / "incoming" / "half"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert check_evidence(tidy=False) == 0
    n = len(WORLD) + 1
    assert capsys.readouterr().out.splitlines() == ["未登记 not on record  incoming/half", f"佐证文件 evidence files: {n}; 完好 whole: {n}"]
    storage.place(hashlib.sha256(BILL).hexdigest()).write_bytes(b"x")
    storage.place(BEFORE).unlink()
    assert check_evidence(tidy=True) == 1
    printed = capsys.readouterr().out
    assert f"丢失 missing  {BEFORE}" in printed
    assert f"被改动 altered  {hashlib.sha256(BILL).hexdigest()}" in printed
    assert "已清理 removed  incoming/half" in printed
    assert f"whole: {n - 2}" in printed
    assert not half.exists()


# Pages ---------------------------------------------------------------------------------------------------------------


def test_a_download_is_saved_and_never_shown(editor: Viewer, firm: int, signed_in: Callable[[cast.Person], Client]) -> None:
    code = keep(viewer=editor, enterprise=firm, name="六月电费单.pdf", chunks=[BILL])
    answer = signed_in(cast.VIEWER).get(f"/evidence/{code}")
    assert answer.content == BILL
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E5%85%AD%E6%9C%88%E7%94%B5%E8%B4%B9%E5%8D%95.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_a_consultant_of_one_product_downloads_what_stands_behind_its_answers(
    world: World, editor: Viewer, firm: int, signed_in: Callable[[cast.Person], Client]
) -> None:
    product = products.create_product(viewer=editor, enterprise=firm, name=Text("熟料", "Clinker"), model="portland-cement")
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    owner = somebody(world, cast.OWNER)
    until = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)).date().isoformat()
    delegate(viewer=owner, enterprise=firm, email=cast.CONSULTANT.email, role="viewer", expires=until, products=[product])
    client = signed_in(cast.CONSULTANT)
    assert client.get(f"/evidence/{code}").status_code == 404
    newest = catalogue.newest("portland-cement")
    assert newest is not None
    key = next(iter(newest.model.fields))
    products.attach(viewer=editor, product=product, number=1, key=key, file=code)
    assert client.get(f"/evidence/{code}").content == BILL
    products.detach(viewer=editor, product=product, number=1, key=key, file=code)
    assert client.get(f"/evidence/{code}").status_code == 404


@pytest.mark.parametrize(("prefix", "words"), [("", "被改动"), ("/en", "altered")])
def test_an_altered_file_is_said_in_words(
    editor: Viewer, firm: int, signed_in: Callable[[cast.Person], Client], prefix: str, words: str
) -> None:
    code = keep(viewer=editor, enterprise=firm, name="a.pdf", chunks=[BILL])
    storage.place(hashlib.sha256(BILL).hexdigest()).write_bytes(b"something else")
    answer = signed_in(cast.OWNER).get(f"{prefix}/evidence/{code}")
    assert answer.status_code == 500
    assert words in answer.content.decode()
    assert b"something else" not in answer.content
