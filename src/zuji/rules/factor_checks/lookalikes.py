"""Identifiers that look alike: what an identifier looks like, after Unicode Technical Standard 39, section 4 (confusable detection).

``library/gate/lookalikes.csv`` holds the characters of the Unicode file ``confusables.txt`` that look like one ASCII letter, digit or mark.
"""

import csv
import io
import unicodedata
from functools import cache
from importlib import resources

_ASCII = str.maketrans({"l": "1", "I": "1", "|": "1", "o": "0", "O": "0"})


@cache
def _table() -> dict[int, str]:
    text = resources.files("zuji.library").joinpath("gate", "lookalikes.csv").read_text(encoding="utf-8")
    return {int(row["codepoint"], 16): row["looks_like"] for row in csv.DictReader(io.StringIO(text))}


def skeleton(identifier: str) -> str:
    """What an identifier looks like: two identifiers with one skeleton are taken for each other by a reader.

    Small l, capital I and 1 are one, as are O and 0; beyond that case is ignored.

    >>> skeleton("CN-EL-CO2") == skeleton("СN-ЕL-СО2"), skeleton("HI-2021") == skeleton("HL-2021")
    (True, False)
    """
    looks = unicodedata.normalize("NFD", identifier).translate(_table())
    shown = "".join(c for c in looks if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", shown).translate(_ASCII).lower()
