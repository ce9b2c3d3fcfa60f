"""Parameters of an uncertainty: what is no number there costs the uncertainty, and not the amount beside it."""

from dataclasses import replace
from decimal import Decimal

from zuji.engine.excerpt import head
from zuji.formats.intake.numbers import read_decimal
from zuji.formats.intake.refusals import Unreadable
from zuji.formats.inventory import Place, Uncertainty

_NOWHERE = Place("")


class Parameters:
    """Reads the parameters of one uncertainty and remembers those that are no numbers, such as the variance ``Infinity`` of USLCI."""

    def __init__(self) -> None:
        self._bad: list[str] = []

    def read(self, name: str, written: object) -> Decimal | None:
        """The parameter; None where it is left out, or no finite decimal number, which is remembered."""
        if written is None or (isinstance(written, str) and not written.strip()):
            return None
        try:
            return read_decimal(written if isinstance(written, str) else repr(written), _NOWHERE)
        except Unreadable:
            self._bad.append(f"{name}={head(str(written).strip(), 40)}")
            return None

    @property
    def silent(self) -> bool:
        """Nothing was read that is no number."""
        return not self._bad

    def checked(self, found: Uncertainty) -> Uncertainty:
        """The uncertainty, marked as faulty where a parameter of it is no number."""
        return replace(found, faulty=True, stated=f"{found.distribution}: {', '.join(self._bad)}") if self._bad else found
