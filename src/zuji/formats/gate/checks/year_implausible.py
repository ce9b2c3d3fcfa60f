"""The year is one that data can be of."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_FIRST = 1950


def year_implausible(case: Case) -> list[GateFinding]:
    """A year before 1950 or to come, or a validity that ends before it begins."""
    found = []
    for dataset in case.inventory.datasets:
        year, until = dataset.year, dataset.valid_until
        if year is not None and not _FIRST <= year <= case.year:
            message = Text(f"年份 {year} 不合理。", f"The year {year} is not plausible.")
            found.append(about("year.implausible", "warning", dataset, message))
        elif year is not None and until is not None and until < year:
            message = Text(
                f"有效期（{until}）早于数据年份（{year}）。", f"The validity ({until}) ends before the year of the data ({year})."
            )
            found.append(about("year.implausible", "warning", dataset, message))
    return found
