"""The identity of content."""

import hashlib


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal: two files under one identifier are the same exactly if this is."""
    return hashlib.sha256(data).hexdigest()
