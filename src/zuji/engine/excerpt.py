"""How a text that a user wrote is shown inside a message: only its head, and nothing that could hide or reorder words."""

import unicodedata

_SHOWN = 40
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""The text with control, bidi and other invisible characters written as ``\uXXXX``.

    >>> visible("5\u202e0")
    '5\\u202e0'
    """
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _HIDDEN else c for c in text)


def head(text: str, limit: int = _SHOWN) -> str:
    """The first ``limit`` characters of a text, made visible, with an ellipsis where more follows.

    >>> head("9" * 5000, 5)
    '99999…'
    """
    return visible(text) if len(text) <= limit else visible(text[:limit]) + "…"


def around(text: str, start: int, end: int, margin: int = 20) -> str:
    """The neighbourhood of ``text[start:end]``, that part set in ⟨ ⟩: a caret that survives double-width characters.

    >>> around("clinker * $ratio", 10, 11)
    'clinker * ⟨$⟩ratio'
    """
    left = max(0, start - margin)
    right = min(len(text), end + margin)
    shown = f"{visible(text[left:start])}⟨{head(text[start:end])}⟩{visible(text[end:right])}"
    return ("…" if left else "") + shown + ("…" if right < len(text) else "")
