"""Data quality: what may be stated, the contribution-weighted rating, and the share of primary data.

Sources: ISO 14067:2018 6.3.5 (data quality requirements); the five indicators on a scale of 1 (best) to 5 as in the pedigree matrix
(Weidema & Wesnaes, J. Cleaner Prod. 4 (1996) 167). A row without scores counts neither as good nor as bad: ``coverage`` says how much is rated.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.quantities import parse_number, round_half_even
from zuji.engine.results import DataQuality
from zuji.engine.study import Data, Quality, Uncertainty
from zuji.engine.text import Text

INDICATORS = ("technology", "geography", "time", "completeness", "reliability")
SCORE_QUANTUM = Fraction(1, 10_000)
SHARE_QUANTUM = Fraction(1, 1_000_000)


def check_data(data: Data | None, where: str, findings: Findings) -> bool:
    """Whether what is stated about the data can be calculated with; a finding where not."""
    return data is None or check_spread(data.uncertainty, f"{where} / data / uncertainty", findings)


def check_spread(uncertainty: Uncertainty | None, where: str, findings: Findings) -> bool:
    """The stated spread must be a number: gsd of 1 or more, relative standard deviation of 0 or more."""
    if uncertainty is None:
        return True
    least = Fraction(1) if uncertainty.distribution == "lognormal" else Fraction(0)
    stated = uncertainty.gsd if uncertainty.distribution == "lognormal" else uncertainty.relative_sd
    try:
        value = parse_number(stated or "")
    except EngineError as error:
        findings.error("number.invalid", where, error.text)
        return False
    if value < least:
        findings.error(
            "uncertainty.too-small",
            where,
            Text(
                "几何标准差不能小于 1，相对标准差不能小于 0。",
                "A geometric standard deviation is never below 1, a relative standard deviation never below 0.",
            ),
        )
        return False
    return True


def score(quality: Quality | None) -> Fraction | None:
    """The mean of the indicators that were assessed; None where none was."""
    if quality is None:
        return None
    known = [getattr(quality, name) for name in INDICATORS if getattr(quality, name) is not None]
    return Fraction(sum(known), len(known)) if known else None


def share(part: Fraction, whole: Fraction) -> Decimal | None:
    """``part / whole`` to six decimals; None where the whole is zero and a share means nothing."""
    return round_half_even(part / whole, SHARE_QUANTUM) if whole else None


def sizes(rows: Iterable[tuple[Fraction, Data]]) -> dict[Data, Fraction]:
    """The size (absolute contribution) that rests on each kind of data: rows with the same data count together."""
    found: dict[Data, Fraction] = {}
    for value, data in rows:
        found[data] = found.get(data, Fraction(0)) + abs(value)
    return found


def rate(rows: Mapping[Data, Fraction]) -> DataQuality:
    """The rating of the whole from :func:`sizes`, weighted by the size of each contribution."""
    size = sum(rows.values(), Fraction(0))
    rated = [(weight, overall, data.quality) for data, weight in rows.items() if (overall := score(data.quality)) is not None]
    weight = sum((w for w, _, _ in rated), Fraction(0))
    by_indicator: dict[str, Decimal] = {}
    for name in INDICATORS:
        scored = [(w, getattr(quality, name)) for w, _, quality in rated if quality and getattr(quality, name) is not None]
        total = sum((w for w, _ in scored), Fraction(0))
        if total:
            by_indicator[name] = round_half_even(sum((w * s for w, s in scored), Fraction(0)) / total, SCORE_QUANTUM)
    mean = round_half_even(sum((w * s for w, s, _ in rated), Fraction(0)) / weight, SCORE_QUANTUM) if weight else None
    return DataQuality(mean, by_indicator, share(weight, size) or Decimal("0.000000"))


def primary_share(rows: Mapping[Data, Fraction]) -> Decimal | None:
    """The share of the footprint, by size of contribution, that rests on primary activity data; None where nobody said what the data are."""
    if all(data.type is None for data in rows):
        return None
    primary = sum((weight for data, weight in rows.items() if data.type == "primary"), Fraction(0))
    return share(primary, sum(rows.values(), Fraction(0)))
