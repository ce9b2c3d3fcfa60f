"""The contributions of a result as every chart and table shows them: one number for each, whatever else is listed beside it."""

from zuji.documents.numerals import Column, Percentages
from zuji.engine.results import Contribution, Result

LISTED = 10  # what a list shows before the rest becomes one line


def ranked(result: Result) -> list[Contribution]:
    """The contributions, the largest first."""
    return sorted(result.contributions, key=lambda c: (-abs(c.value), c.item))


def values_of(result: Result) -> Column:
    """Their values by item, in the order of their size."""
    return Column({c.item: c.value for c in ranked(result)}, result.total, listed=LISTED)


def shares_of(result: Result) -> Percentages:
    """Their shares of the total by item, in the order of their size."""
    return Percentages({c.item: c.value for c in ranked(result)}, result.total, listed=LISTED)
