"""Nothing is published that was meant to be filled in later."""

import re

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_PLACEHOLDER = re.compile(r"\b(?:t[o]do|tb[dc]|x{3,}|lor[e]m|n/a|test factor|dummy)\b|待补|待定|待填|测试因子|示例因子", re.IGNORECASE)


def text_placeholder(case: Case) -> list[Finding]:
    """An error for a name, source, publisher, address, licence or boundary that is a placeholder."""
    factor = case.factor
    fields = {
        "name_zh": factor.name.zh,
        "name_en": factor.name.en,
        "source": factor.source,
        "publisher": factor.publisher,
        "address": factor.address,
        "licence": factor.licence,
        "boundary": factor.boundary,
        "document_page": case.candidate.document_page,
    }
    return [
        case.found(
            "gate.text-placeholder",
            "error",
            field,
            Text("此处是占位文字，请填写真实内容。", "This is a placeholder; write what it stands for."),
        )
        for field, text in fields.items()
        if _PLACEHOLDER.search(text)
    ]
