"""Identifiers for what a format names only by words."""

import uuid

# RFC 9562 version 5 of the name "zuji:inventory" in the DNS namespace's manner: the same words give the same identifier anywhere.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:zuji:inventory")


def identity_of(*words: str) -> str:
    """The identifier of a thing by the words that identify it in its format (name, location, unit …), letter case and spaces aside."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(" ".join(word.lower().split()) for word in words)))
