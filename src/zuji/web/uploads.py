"""Files in forms. What is beyond the limit is cut off while it arrives: no more of it is read, and nothing of it stays on the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from zuji.engine.text import Text
from zuji.registry.evidence import operations as evidence
from zuji.registry.refusals import Refused
from zuji.web.asking import viewer

_MEBIBYTE = 2**20
_FORM = _MEBIBYTE  # the fields beside the file
_CUT_OFF = "_zuji_cut_off"


class Limited(TemporaryFileUploadHandler):
    """Takes the files of one request into temporary files, all of them together no larger than one may be.

    The size that a request states is believed only where it is too large. Fields that stand before the file, such as
    the form's token, are read in either case, so that the answer is a page that says what is wrong.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.limit = settings.VALUES.upload_limit * _MEBIBYTE
        self.taken = 0
        self.stated = 0

    def handle_raw_input(self, input_data: Any, META: dict[str, str], content_length: int, *rest: Any) -> None:  # noqa: N803  # Django's name
        del input_data, META, rest
        self.stated = content_length

    def new_file(self, *arguments: Any, **more: Any) -> None:
        if self.stated > self.limit + _FORM:
            self._cut_off()
        super().new_file(*arguments, **more)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > self.limit:
            self._cut_off()
        super().receive_data_chunk(raw_data, start)

    def _cut_off(self) -> None:
        setattr(self.request, _CUT_OFF, True)
        raise StopUpload(connection_reset=True)


def keep_upload(request: HttpRequest, *, enterprise: int, product: str = "", field: str = "file") -> str:
    """Keep the file in ``field`` of a posted form as evidence of an enterprise; its code.

    Raises:
        NotFound, NotAllowed: as :func:`zuji.registry.evidence.operations.keep`.
        Refused: no file was chosen, or it is not taken; the text says why, for the form to show.
    """
    upload = request.FILES.get(field)  # reads the request, and so comes before the question whether it was cut off
    if getattr(request, _CUT_OFF, False):
        raise evidence.too_large()
    if not isinstance(upload, UploadedFile):
        raise Refused(Text("请先选择一个文件。", "Choose a file first."))
    return evidence.keep(viewer=viewer(request), enterprise=enterprise, product=product, name=upload.name or "", chunks=upload.chunks())
