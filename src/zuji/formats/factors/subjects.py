"""What a factor is about, where its row does not say so."""

import re
import unicodedata

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_YEAR = re.compile(r"(?:19|20)\d\d ?年?")
_QUALIFIER = re.compile(r"[\s,;:\-–—/]")


def subject(name: str) -> str:
    """What a factor is about: its Chinese name without brackets, years and qualifiers. Rows of one subject are shown side by side.

    >>> subject("2023年电力碳足迹因子-燃煤发电"), subject("纸板(原生)")
    ('电力碳足迹因子', '纸板')
    """
    plain = _YEAR.sub("", _BRACKETED.sub("", unicodedata.normalize("NFKC", name))).strip()
    return _QUALIFIER.split(plain, maxsplit=1)[0] or plain or name
