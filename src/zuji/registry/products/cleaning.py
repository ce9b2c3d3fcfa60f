"""What people type and paste, made plain before it is kept. Pure.

Numbers come from spreadsheets and chat windows: full-width digits, thousands separators, spaces. What has one reading only is taken and shown as
it was read; what has two (``1,23``) is kept as typed, and the questionnaire's check says what is wrong with it. Nothing is ever guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.rules.model_schema import Model
from zuji.rules.model_values import ASIDE, LONGEST

_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_NUMERIC_ASIDES = {"factor", "gsd"}
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn"}
LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers as they will be kept (None: emptied), those that read otherwise than typed, and what cannot be kept, by key."""

    values: dict[str, str | None]
    read_as: dict[str, str]
    faults: dict[str, Text]


def plain_number(text: str) -> str:
    """A number as pasted, in plain ASCII digits where it has one reading only; anything else as it came.

    >>> plain_number("１，２３４．５"), plain_number("12 345"), plain_number("1,23"), plain_number("约 12")
    ('1234.5', '12345', '1,23', '约 12')
    """
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("\u3002", ".").replace("、", ",").strip()
    folded = re.sub(r"[\u2009\u202f\u00a0]", " ", folded)
    if _GROUPED.fullmatch(folded):
        return folded.replace(",", "")
    if _SPACED.fullmatch(folded):
        return folded.replace(" ", "")
    return folded if re.fullmatch(r"[0-9+\-.eE]+", folded, re.ASCII) else text


def cleaned(changes: Mapping[str, str | None], model: Model) -> Cleaned:
    """The answers to keep of what a form, a paste or a program sent for ``model``."""
    values: dict[str, str | None] = {}
    read_as: dict[str, str] = {}
    faults: dict[str, Text] = {}
    for key, typed in changes.items():
        fault = _key_fault(key, model) or (_text_fault(typed) if typed is not None else None)
        if fault is not None:
            faults[key[:LONGEST_KEY]] = fault
            continue
        text = (typed or "").strip()
        if text and _takes_number(key, model):
            plain = plain_number(text)
            if plain != text:
                read_as[key] = plain
            text = plain
        values[key] = text or None
    return Cleaned(values, read_as, faults)


def _key_fault(key: str, model: Model) -> Text | None:
    name, _, aside = key.partition(".")
    known = name in model.fields or name == "declared_unit"
    if known and (not aside or aside in ASIDE) and "." not in aside:
        return None
    shown = key[:80]
    return Text(f"产品模型没有“{shown}”这一项。", f"The product model has no field “{shown}”.")


def _text_fault(text: str) -> Text | None:
    if len(text) > LONGEST:
        return Text(
            f"文字有 {len(text)} 个字符，最多 {LONGEST} 个。请缩短，或把长文作为佐证文件上传。",
            f"The text has {len(text)} characters, at most {LONGEST} are kept. Shorten it, or upload long texts as an evidence file.",
        )
    for place, character in enumerate(text.strip(), start=1):
        if unicodedata.category(character) in _REFUSED:
            return Text(
                f"第 {place} 个字符（U+{ord(character):04X}）是控制符、换行或方向控制符，不能保存。请删去后重填。",
                f"Character {place} (U+{ord(character):04X}) is a control, line break or direction character and cannot be kept. Remove it.",
            )
    return None


def _takes_number(key: str, model: Model) -> bool:
    name, _, aside = key.partition(".")
    field = model.fields.get(name)
    return aside in _NUMERIC_ASIDES if aside else field is not None and field.kind == "number"
