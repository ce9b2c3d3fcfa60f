"""Text is text: no markup, no characters that cannot be seen or that turn the direction of reading (Unicode TR 36, TS 39)."""

import re
import unicodedata

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>|&(?:[a-z]+|#\d+);|javascript:", re.IGNORECASE)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_clean(case: Case) -> list[Finding]:
    """An error for each field with markup, control, direction, invisible, private or unassigned characters."""
    factor, candidate = case.factor, case.candidate
    fields = {
        "id": factor.id,
        "name_zh": factor.name.zh,
        "name_en": factor.name.en,
        "synonyms": ";".join(factor.synonyms),
        "category": factor.category,
        "boundary": factor.boundary,
        "source": factor.source,
        "publisher": factor.publisher,
        "address": factor.address,
        "licence": factor.licence,
        "note": factor.note,
        "technology": candidate.technology,
        "document_number": candidate.document_number,
        "document_page": candidate.document_page,
    }
    found = []
    for field, text in fields.items():
        if field != "address" and _MARKUP.search(text):
            message = Text("文字里有网页标记，请只写文字。", "The text has markup; write plain text.")
            found.append(case.found("gate.text-markup", "error", field, message))
        bad = next((c for c in text if c in _BIDI or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), None)
        if bad is not None:
            message = Text(
                f"文字里有看不见或改变方向的字符 U+{ord(bad):04X}。",
                f"The text has an invisible or direction-turning character U+{ord(bad):04X}.",
            )
            found.append(case.found("gate.text-invisible", "error", field, message, reference="Unicode TR 36, TS 39"))
    return found
