"""Secrets that are shown once and kept as their hash."""

import hashlib

from zuji.registry.codes import new_code


def new_token() -> str:
    """A token that nobody can guess."""
    return new_code()


def hashed(token: str) -> str:
    """What is kept of a token. It has 128 bits, so that a slow hash would add nothing; looking it up by its hash tells no time."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
