"""The arithmetic of the audit chain: what an event's hash covers. Pure."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the chain sees it."""

    number: int
    at: datetime.datetime
    actor: str
    enterprise: str
    action: str
    subject: str
    details: str
    previous: str
    hash: str


def canonical(details: Mapping[str, str | int | bool | None]) -> str:
    """``details`` as JSON with sorted names and no spaces; floats are not taken, for their text differs by writer.

    >>> canonical({"b": 1, "a": "铝"})
    '{"a":"铝","b":1}'
    """
    for name, value in details.items():
        if value is not None and not isinstance(value, str | int):
            raise TypeError(f"{name}: an audit event holds text and whole numbers, not {type(value).__name__}")
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(entry: Entry) -> str:
    """The SHA-256, in hexadecimal, of all fields of ``entry`` but its own hash."""
    moment = entry.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [entry.number, moment, entry.actor, entry.enterprise, entry.action, entry.subject, entry.details, entry.previous]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def faults(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with a chain read in the order of its numbers; empty if nothing is."""
    found = []
    previous, number = FIRST, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            found.append(f"event {entry.number}: number {number} expected; events are missing")
            number = entry.number
        if entry.previous != previous:
            found.append(f"event {entry.number}: names {entry.previous[:12]} as the one before, which is {previous[:12]}")
        if entry.hash != digest(entry):
            found.append(f"event {entry.number}: its content does not give its hash {entry.hash[:12]}")
        previous = entry.hash
    return found
