"""A file in a form: what arrives beyond the limit is neither read nor left on the disk, and the form says so."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from pytest_django import Settings

from tests import attachments as made
from tests import cast
from tests.integration.conftest import World
from zuji.registry.accounts.models import User
from zuji.registry.evidence import storage
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.refusals import NotFound, Refused
from zuji.web.uploads import keep_upload

MEBIBYTE = 2**20
BOUNDARY = "zuji-boundary"
REQUESTS: list[WSGIRequest] = []


class Stream(io.RawIOBase):
    """A body that is made while it is read, and counts how far that was."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.kept = b""
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.kept) < size:
            piece = next(self.pieces, b"")
            if not piece:
                break
            self.kept += piece
        cut = len(self.kept) if size < 0 else size
        answer, self.kept = self.kept[:cut], self.kept[cut:]
        self.given += len(answer)
        return answer


def form(content: Iterator[bytes], *, name: str = "a.txt", files: int = 1) -> Iterator[bytes]:
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\ntoken\r\n'.encode()
    pieces = list(content) if files > 1 else content
    for number in range(files):
        field = "file" if number == 0 else f"file{number}"
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        yield from pieces
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


def megabytes(count: int) -> Iterator[bytes]:
    return (b"x" * MEBIBYTE for _ in range(count))


def posted(world: World, stream: Stream, *, stated: int | None, person: cast.Person | None = cast.EDITOR) -> WSGIRequest:
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "wsgi.input": stream,
    }
    if stated is not None:
        environ["CONTENT_LENGTH"] = str(stated)
    request = WSGIRequest(environ)
    REQUESTS.append(request)
    request.user = User.objects.get(pk=world.people[person.email]) if person else AnonymousUser()
    return request


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FILES = tmp_path / "files"
    (tmp_path / "arriving").mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "arriving")
    REQUESTS.clear()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "arriving"))


@pytest.fixture
def firm(world: World) -> int:
    return world.firms[cast.CEMENT.uscc]


def left_behind(tmp_path: Path) -> list[str]:
    """What is on the disk when the server has answered, which closes its request."""
    for request in REQUESTS:
        request.close()
    return [path.name for path in (*(tmp_path / "arriving").iterdir(), *storage.all_files())]


def test_a_file_in_a_form_is_kept_with_its_name(world: World, firm: int, tmp_path: Path) -> None:
    body = b"".join(form(iter([made.pdf()]), name="../六月电费单.pdf"))
    code = keep_upload(posted(world, Stream(iter([body])), stated=len(body)), enterprise=firm)
    kept = EvidenceFile.objects.get(pk=code)
    assert (kept.name, kept.kind, kept.uploaded_by) == ("六月电费单.pdf", "pdf", f"user:{world.people[cast.EDITOR.email]}")
    assert left_behind(tmp_path) == [kept.sha256]


def test_a_gigabyte_that_says_so_is_refused_before_it_is_read(world: World, firm: int, tmp_path: Path) -> None:
    stream = Stream(form(megabytes(1024)))
    request = posted(world, stream, stated=2**30)
    with pytest.raises(Refused, match="20 MiB"):
        keep_upload(request, enterprise=firm)
    assert stream.given < 2 * MEBIBYTE
    assert request.POST["csrfmiddlewaretoken"] == "token"  # so that the answer is the form with its refusal
    assert left_behind(tmp_path) == []


def test_what_states_less_than_it_sends_is_cut_off_at_the_limit(world: World, firm: int, tmp_path: Path) -> None:
    # Just under what is refused at once, so that the bytes themselves have to be counted.
    stream = Stream(form(megabytes(1024)))
    with pytest.raises(Refused, match="20 MiB"):
        keep_upload(posted(world, stream, stated=21 * MEBIBYTE), enterprise=firm)
    assert stream.given <= 21 * MEBIBYTE
    assert left_behind(tmp_path) == []


def test_a_body_without_a_length_is_no_file(world: World, firm: int, tmp_path: Path) -> None:
    stream = Stream(form(megabytes(1024)))
    with pytest.raises(Refused, match="Choose a file"):
        keep_upload(posted(world, stream, stated=None), enterprise=firm)
    assert stream.given == 0
    assert left_behind(tmp_path) == []


def test_many_files_in_one_form_share_the_limit(world: World, firm: int, tmp_path: Path) -> None:
    stream = Stream(form(megabytes(3), files=9))
    with pytest.raises(Refused, match="20 MiB"):
        keep_upload(posted(world, stream, stated=20 * MEBIBYTE + 2**19), enterprise=firm)
    assert left_behind(tmp_path) == []


def test_a_form_that_ends_in_the_middle_of_a_pdf_is_refused(world: World, firm: int, tmp_path: Path) -> None:
    whole = b"".join(form(iter([made.pdf()]), name="a.pdf"))
    cut = whole[: len(whole) // 2]
    with pytest.raises(Refused):
        keep_upload(posted(world, Stream(iter([cut])), stated=len(whole)), enterprise=firm)
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("person", [None, cast.RIVAL_OWNER])
def test_others_hand_nothing_in(world: World, firm: int, tmp_path: Path, person: cast.Person | None) -> None:
    body = b"".join(form(iter([made.pdf()]), name="a.pdf"))
    with pytest.raises(NotFound):
        keep_upload(posted(world, Stream(iter([body])), stated=len(body), person=person), enterprise=firm)
    assert left_behind(tmp_path) == []


def test_a_form_without_a_file_says_what_to_do(world: World, firm: int) -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--{BOUNDARY}--\r\n'.encode()
    with pytest.raises(Refused) as refused:
        keep_upload(posted(world, Stream(iter([body])), stated=len(body)), enterprise=firm)
    assert refused.value.text.zh == "请先选择一个文件。"
