from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from zuji.engine.results import as_json
from zuji.registry.footprints import operations, queries
from zuji.registry.footprints.reading import seen
from zuji.web.api.acting import program
from zuji.web.api.shapes import Code, FootprintMade, FootprintOut
from zuji.web.api.versions import HERE, Number

router = Router(tags=["results"])
_MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@router.post(f"{HERE}/calculations", response={201: FootprintMade}, operation_id="calculate", url_name="calculations")
def calculate(request: HttpRequest, code: Code, number: Number) -> Status[FootprintMade]:
    """Calculate a version's saved answers and keep the result. The same answers are kept once, however often this is sent."""
    return Status(201, FootprintMade(footprint=operations.calculate(viewer=program(request), product=code, number=number)))


@router.get("/footprints/{code}", response=FootprintOut, operation_id="footprint", url_name="footprint")
def footprint(request: HttpRequest, code: Annotated[str, Path(max_length=26)]) -> FootprintOut:
    """A kept result with all its parts. It names the versions that it rests on, and never moves."""
    found = queries.sheet(code, viewer=program(request))
    seen(code, viewer=program(request))
    return FootprintOut(
        code=code,
        public=found.row.public,
        demonstration=found.row.demonstration,
        reports=[f"{report.language}.{report.format}" for report in found.reports],
        result=as_json(found.calculated.result),
    )


@router.get("/footprints/{code}/reports/{language}.{form}", operation_id="report", url_name="report", openapi_extra={
    "responses": {200: {"description": "the report", "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in _MEDIA.values()}}}
})  # fmt: skip
def report(
    request: HttpRequest, code: Annotated[str, Path(max_length=26)], language: Literal["zh", "en"], form: Literal["pdf", "docx"]
) -> HttpResponse:
    """A report as it was written when the result was kept."""
    _, content = queries.document(code, form=form, language=language, viewer=program(request))
    seen(code, viewer=program(request))
    response = HttpResponse(content, content_type=_MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{code}.{language}.{form}"'
    return response
