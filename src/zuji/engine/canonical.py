"""Canonical JSON and its SHA-256: the same content always has the same bytes.

Quantities are strings, never JSON numbers, so the canonical form is plain: sorted keys, no spaces, UTF-8 (the subset of RFC 8785 that needs
no number formatting).
"""

import hashlib
import json
from collections.abc import Sequence


def canonical_json(content: object) -> bytes:
    """The one byte string of ``content`` (str, int, bool, None, list and dict of these). Floats are refused: TypeError."""
    _refuse_floats(content)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(content: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def digest_of_texts(texts: Sequence[str]) -> str:
    """SHA-256 of the canonical JSON of a list of texts, in hexadecimal."""
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _refuse_floats(content: object) -> None:
    waiting = [content]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            continue
        if isinstance(part, float):
            raise TypeError("a binary float has no place in a canonical document; write a decimal string")
        if isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
