"""Search terms of a text: words of Latin letters and digits, single Han characters and pairs of neighbours (bigrams).

Bigrams let a two-character word such as 水泥 be found without a dictionary of words. The same function cuts what is indexed
and what is searched for, in memory here and in the database index of the platform.
"""

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_RUN = re.compile(rf"[{_HAN}]+|[a-z0-9]+(?:\.[0-9]+)?")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉\0", "0123456789 ")  # a NUL is no character: PostgreSQL keeps none


def normal(text: str) -> str:
    """The text as it is compared: one width (NFKC), lower case, plain digits for subscripts, single spaces.

    >>> normal("ＣＯ₂  排放")
    'co2 排放'
    """
    return " ".join(unicodedata.normalize("NFKC", text.translate(_SUBSCRIPTS)).lower().split())


def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order, each once.

    >>> terms("普通水泥 P·O 42.5")
    ('普通', '通水', '水泥', 'p', 'o', '42.5')
    >>> terms("铝")
    ('铝',)
    """
    found: dict[str, None] = {}
    for run in _RUN.findall(normal(text)):
        if run[0].isascii() or len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
    return tuple(found)


def indexed(text: str) -> tuple[str, ...]:
    """The terms under which a text is filed: its :func:`terms` and also each Han character, so that one character finds it.

    >>> indexed("水泥")
    ('水泥', '水', '泥')
    """
    singles = [c for run in _RUN.findall(normal(text)) if not run[0].isascii() for c in run]
    return tuple(dict.fromkeys([*terms(text), *singles]))
