"""A letter on one sheet as PDF/A-2a and PDF/UA-1, drawn by Typst like the reports: text is data, and the same letter gives the same bytes."""

import datetime
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

import typst

from zuji.documents import theme
from zuji.documents.faces import faces
from zuji.documents.pdf import STANDARDS, plain_text
from zuji.engine.text import Language


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, each part in its one language. ``facts`` are names with what they stand for; empty parts are left out."""

    language: Language
    sender: str
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    issued: datetime.date
    signature: str
    reason_title: str = ""
    reason: str = ""
    remedy: str = ""
    foot: str = ""


def letter_pdf(letter: Letter) -> bytes:
    """The letter as tagged, archivable PDF with its faces embedded."""
    whole = asdict(letter)
    whole["issued"] = [letter.issued.year, letter.issued.month, letter.issued.day]
    whole["colours"] = {name.lower(): value for name, value in vars(theme).items() if name.isupper() and isinstance(value, str)}
    content = json.dumps({key: plain_text(value) for key, value in whole.items()}, ensure_ascii=False, sort_keys=True)
    made = typst.Compiler(_template(), font_paths=faces()).compile(
        format="pdf",
        sys_inputs={"letter": content},
        pdf_standards=STANDARDS,
        timestamp=datetime.datetime.combine(letter.issued, datetime.time(), datetime.UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return resources.files("zuji.documents").joinpath("letter.typ").read_bytes()
