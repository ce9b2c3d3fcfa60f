"""Codes that stand in addresses: they cannot be guessed, and can be read aloud."""

import secrets

# Letters and digits that are not mistaken for one another when read aloud or copied by hand.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 26  # 31 letters to the 26th are more than 2**128


def new_code() -> str:
    """A code that nobody can guess (OWASP ASVS 5.0.0, 11.5.1: at least 128 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
