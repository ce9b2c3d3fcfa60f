"""Data are used while they are valid."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def validity_expired(case: Case) -> list[GateFinding]:
    """A stated validity that has ended."""
    return [
        about("year.expired", "info", d, Text(f"注明的有效期至 {d.valid_until} 年。", f"The stated validity ended in {d.valid_until}."))
        for d in case.inventory.datasets
        if d.valid_until is not None and d.valid_until < case.year
    ]
