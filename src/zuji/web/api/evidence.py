from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Path, Query, Router, Status
from ninja.files import UploadedFile

from zuji.registry.evidence import operations as evidence
from zuji.registry.evidence import queries as files
from zuji.registry.products import operations, queries
from zuji.web.api.acting import enterprise_of, program
from zuji.web.api.shapes import Code, EvidenceKept, EvidenceOut
from zuji.web.api.versions import HERE, Number

router = Router(tags=["evidence"])
Answered = Annotated[str, Query(alias="field", max_length=120, description="key of the answer that the file stands behind")]


@router.post(f"{HERE}/evidence", response={201: EvidenceOut}, operation_id="attach", url_name="evidence")
def attach(request: HttpRequest, code: Code, number: Number, field: Answered, file: Annotated[UploadedFile, File()]) -> Status[EvidenceOut]:
    """Put a file behind an answer of a draft. It is inspected, hashed and kept; it never changes."""
    viewer = program(request)
    draft = queries.version(code, number, viewer=viewer)

    kept = evidence.keep(
        viewer=viewer, enterprise=draft.enterprise, product=code, name=file.name or "", chunks=(bytes(chunk) for chunk in file.chunks())
    )
    operations.attach(viewer=viewer, product=code, number=number, key=field, file=kept)
    row = next(each for each in queries.version(code, number, viewer=viewer).attached if (each.key, each.file) == (field, kept))
    return Status(201, EvidenceOut(key=row.key, file=row.file, name=row.name, size=row.size, sha256=row.sha256))


@router.delete(f"{HERE}/evidence/{{field}}/{{file}}", response={204: None}, operation_id="detach", url_name="attachment")
def detach(request: HttpRequest, code: Code, number: Number, field: Annotated[str, Path(max_length=120)], file: Code) -> Status[None]:
    """Take a file from behind an answer. That it stood there, and the file, are kept."""
    operations.detach(viewer=program(request), product=code, number=number, key=field, file=file)
    return Status(204, None)


@router.post("/evidence", response={201: EvidenceKept}, operation_id="hand_in", url_name="files")
def hand_in(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Status[EvidenceKept]:
    """Hand in a file of the enterprise, for what its code is named in later. It is inspected, hashed and kept once, however often it is sent."""
    viewer = program(request)
    chunks = (bytes(chunk) for chunk in file.chunks())
    code = evidence.keep(viewer=viewer, enterprise=enterprise_of(viewer), name=file.name or "", chunks=chunks)
    row = files.of([code], viewer=viewer)[0]
    return Status(201, EvidenceKept(file=row.code, name=row.name, size=row.size, sha256=row.sha256))


@router.get("/evidence/{file}", operation_id="evidence", url_name="file", openapi_extra={
    "responses": {200: {"description": "the file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
})  # fmt: skip
def download(request: HttpRequest, file: Code) -> HttpResponse:
    """A file as it was handed in; its bytes give its hash."""
    found = evidence.read(viewer=program(request), code=file)
    response = HttpResponse(found.content, content_type=found.row.media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.row.name) or "attachment"
    return response
