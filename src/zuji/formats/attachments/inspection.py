"""The one call of the child process."""

import io
import zipfile

from zuji.formats.attachments.kinds import KINDS, SUFFIXES, recognised
from zuji.formats.attachments.unfit import Unfit


def inspect(data: bytes, suffix: str) -> dict[str, str]:
    """What a file is, as ``{"kind", "media"}``; or why it is not taken, as ``{"fault", "found"}``.

    ``suffix`` is the ending of its name, in small letters with its point; content and ending must agree.
    """
    try:
        kind, media = _inspected(data, SUFFIXES.get(suffix, ""))
    except Unfit as unfit:
        return {"fault": unfit.fault, "found": unfit.found}
    return {"kind": kind, "media": media}


def _inspected(data: bytes, named: str) -> tuple[str, str]:
    # A library is loaded for the kind of file that needs it: the child starts anew for each.
    found = recognised(data)
    if found == "zip":
        from zuji.formats.attachments.office import kind_of_package  # noqa: PLC0415  # as said above

        found = kind_of_package(data)
    if found == "text" and named in {"csv", "txt"}:
        found = named
    if found not in KINDS:
        raise Unfit("kind", found)
    if found != named:
        raise Unfit("ending", found)
    if found in {"xlsx", "docx"}:
        return found, KINDS[found]
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Unfit("trailing")  # two files in one: an archive lies behind or inside
    return found, _checked(data, found)


def _checked(data: bytes, kind: str) -> str:
    if kind == "pdf":
        from zuji.formats.attachments.pdf import check_pdf  # noqa: PLC0415  # as said above

        check_pdf(data)
    elif kind in {"png", "jpeg"}:
        from zuji.formats.attachments.pictures import check_picture  # noqa: PLC0415  # as said above

        check_picture(data, kind)
    else:
        from zuji.formats.attachments.plain import encoding_of  # noqa: PLC0415  # as said above

        return f"{KINDS[kind]}; charset={encoding_of(data, kind)}"
    return KINDS[kind]
