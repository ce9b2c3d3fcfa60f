"""What a check of the gate has to say."""

from dataclasses import dataclass

from zuji.engine.findings import SEVERITIES, Severity
from zuji.engine.text import Text
from zuji.formats.inventory import Dataset, Exchange, Place


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One observation. An ``error`` keeps the dataset out; ``dataset`` is its identifier, empty where the whole package is meant.

    ``code`` is stable and documented. ``place`` is the file and the element in it.
    """

    code: str
    severity: Severity
    dataset: str
    message: Text
    place: Place
    exchange: int | None = None

    @property
    def order(self) -> tuple[int, str, str, int, str]:
        """Errors first, then by code, dataset and exchange."""
        return (SEVERITIES.index(self.severity), self.code, self.dataset, -1 if self.exchange is None else self.exchange, self.message.en)


def about(code: str, severity: Severity, dataset: Dataset, message: Text, exchange: Exchange | None = None) -> GateFinding:
    """A finding about a dataset, or about one of its exchanges."""
    if exchange is None:
        return GateFinding(code, severity, dataset.id, message, dataset.place)
    return GateFinding(code, severity, dataset.id, message, exchange.place, exchange.number)
