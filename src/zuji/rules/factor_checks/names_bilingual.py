"""Both names are there, each in its language."""

import re

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def names_bilingual(case: Case) -> list[Finding]:
    """An error for a Chinese name without a Han character or an English one without a Latin letter; a warning for Han in the English name."""
    zh, en = case.factor.name
    found = []
    if _HAN.search(zh) is None:
        found.append(case.found("gate.name-language", "error", "name_zh", Text("缺少中文名称。", "The Chinese name is missing.")))
    if _LATIN.search(en) is None or en == zh:
        found.append(case.found("gate.name-language", "error", "name_en", Text("缺少英文名称。", "The English name is missing.")))
    elif _HAN.search(en) is not None:
        found.append(
            case.found("gate.name-language", "warning", "name_en", Text("英文名称里有汉字。", "The English name has Chinese characters."))
        )
    return found
