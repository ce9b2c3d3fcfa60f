"""Identifiers are UUIDs where the format says so."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FORMATS = {"ilcd", "tidas", "olca"}


def identity_form(case: Case) -> list[GateFinding]:
    """A dataset of ILCD, TIDAS or openLCA whose identifier is no UUID."""
    if case.inventory.format not in _FORMATS:
        return []
    return [
        about(
            "identity.form",
            "warning",
            dataset,
            Text(f"标识“{dataset.id[:60]}”不是 UUID。", f"The identifier '{dataset.id[:60]}' is not a UUID."),
        )
        for dataset in case.inventory.datasets
        if not _UUID.fullmatch(dataset.id)
    ]
