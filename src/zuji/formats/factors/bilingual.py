"""Texts of the shipped rows that hold both languages, in the language of the reader. Nothing is guessed, nothing translated on the way.

The rows themselves never change, so what they say in each language is said beside them: the reasons of a state have a column for each language,
and ``library/words/readings.csv`` has the texts that hold both in one column.
"""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib import resources

from zuji.engine.text import Text
from zuji.formats.factors.library import shipped_rows
from zuji.formats.factors.rows import note_of

COLUMNS = ("note", "licence", "publisher")
"""The columns whose texts are read here."""


@cache
def readings() -> Mapping[str, Text]:
    """What the texts that hold both languages say in each, by the whole text as it stands in a version."""
    table = resources.files("zuji.library").joinpath("words", "readings.csv").read_text(encoding="utf-8")
    found = {row["text"]: Text(row["zh"], row["en"]) for row in csv.DictReader(io.StringIO(table))}
    for row in shipped_rows():
        plain = found.get(row.get("note", ""))
        if plain is not None or row.get("state_reason_zh"):
            both = plain or Text(row.get("note", ""), row.get("note", ""))
            found[note_of(row)] = Text(note_of({**row, "note": both.zh}, ("zh",)), note_of({**row, "note": both.en}, ("en",)))
    return found


def reading(text: str) -> Text:
    """A text in each language where it holds both, else the whole text as both: nothing is kept from a reader.

    >>> reading("政府公告中的数值,事实信息;引用注明来源即可 (facts from a government notice; cite)").en
    'figures of a government notice are facts; cite the source'
    >>> reading("CPCD 核心数据库;原值 4.19kgCO2e / 千克。").en
    'CPCD 核心数据库;原值 4.19kgCO2e / 千克。'
    """
    return readings().get(text) or Text(text, text)
