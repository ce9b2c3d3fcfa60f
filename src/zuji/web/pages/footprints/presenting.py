"""A result as its page shows it. Every column is rounded together, so that what a reader adds up is what the page says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zuji.documents.numerals import Column, Percentages, percent, shown
from zuji.documents.parts import LISTED, ranked, shares_of, values_of
from zuji.engine.findings import SEVERITIES, Finding
from zuji.engine.quantities import exact_sum
from zuji.engine.results import Contribution, Result
from zuji.engine.study import STAGES, Study
from zuji.engine.text import Text
from zuji.registry.footprints.queries import Calculated
from zuji.web.pages.footprints.charts import process_names


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the total: its code, its value as shown, its share, and all its digits."""

    code: str
    value: str
    share: str
    full: str


@dataclass(frozen=True, slots=True)
class Split:
    """The total split in one way."""

    rows: tuple[Share, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Line:
    """A contribution in the table; ``item`` None is the sum of all that are not listed."""

    item: Text | None
    process: Text
    stage: str
    value: str
    share: str
    full: str
    factor: tuple[str, str] | None
    own_factor: bool
    data: str
    quality: str


@dataclass(frozen=True, slots=True)
class Contributions:
    """The largest contributions with the rest as one line, and all of them."""

    largest: tuple[Line, ...]
    rest: Line | None
    all: tuple[Line, ...]
    total: str
    count: int


def split(parts: Mapping[str, Decimal], total: Decimal, order: Sequence[str] = ()) -> Split:
    """A split of the total as rows, in ``order`` where it is given, else the largest first."""
    column, shares = Column(parts, total), Percentages(parts, total)
    known = [code for code in order if code in parts]
    rest = sorted((code for code in parts if code not in known), key=lambda code: (-abs(parts[code]), code))
    rows = tuple(
        Share(code=code, value=column.text(code), share=shares.text(code) or "—", full=format(parts[code], "f")) for code in [*known, *rest]
    )
    return Split(rows=rows, total=column.total)


def by_stage(result: Result) -> Split:
    return split(result.by_stage, result.total, STAGES)


def contributions(result: Result, study: Study) -> Contributions:
    """The table of contributions, largest first."""
    names = process_names(study)
    ordered, column, shares = ranked(result), values_of(result), shares_of(result)
    listed = ordered[:LISTED] if len(ordered) > LISTED + 1 else ordered
    lines = tuple(_line(c, names, column.text(c.item), shares.text(c.item)) for c in ordered)
    others = None
    if len(listed) < len(ordered):
        left = [c.item for c in ordered[LISTED:]]
        full = format(exact_sum(c.value for c in ordered[LISTED:]), "f")
        others = Line(None, Text("", ""), "", column.together(left), shares.together(left) or "—", full, None, False, "", "")
    largest = lines[: len(listed)]
    return Contributions(largest=largest, rest=others, all=lines, total=column.total, count=len(ordered))


def worst(result: Result, study: Study, most: int = 5) -> tuple[Line, ...]:
    """The contributions that lower the data quality most: rating times size."""
    names = process_names(study)
    rated = [c for c in result.contributions if c.quality is not None and c.quality > 1]
    rated.sort(key=lambda c: (-abs(c.value) * (c.quality or Decimal(0)), c.item))
    column, shares = values_of(result), shares_of(result)
    return tuple(_line(c, names, column.text(c.item), shares.text(c.item)) for c in rated[:most])


def findings(result: Result) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """The findings by severity, the gravest first; a severity without any is left out."""
    grouped = [(severity, tuple(f for f in result.findings if f.severity == severity)) for severity in SEVERITIES]
    return tuple((severity, found) for severity, found in grouped if found)


def _line(c: Contribution, names: Mapping[str, Text], value: str, share: str | None) -> Line:
    return Line(
        item=c.label,
        process=names.get(c.process, Text(c.process, c.process)),
        stage=c.stage,
        value=value,
        share=share or "—",
        full=format(c.value, "f"),
        factor=_pinned(c.factor),
        own_factor=bool(c.factor) and _pinned(c.factor) is None,
        data=c.data or "",
        quality=format(c.quality, "f") if c.quality is not None else "",
    )


def _pinned(reference: str | None) -> tuple[str, str] | None:
    """Id and version of a factor of the library; None for the study's own."""
    factor, at, version = (reference or "").rpartition("@")
    return (factor, version) if at and factor else None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the number rests on: plain entries, and the versions and digests of the factors by id."""

    entries: tuple[tuple[str, str], ...]
    factors: tuple[tuple[str, str, str], ...]


def manifest(result: Result) -> Manifest:
    """The manifest of a result, its nested entries on one line each."""
    entries, factors = [], []
    for key, value in result.manifest.items():
        if key == "factors" and isinstance(value, dict):
            for factor, stamp in value.items():
                version, _, digest = str(stamp).partition("+")
                factors.append((str(factor), version, digest))
        elif isinstance(value, dict):
            entries.append((key, " ".join(str(part) for part in value.values())))
        else:
            entries.append((key, str(value)))
    return Manifest(entries=tuple(entries), factors=tuple(factors))


@dataclass(frozen=True, slots=True)
class Swing:
    """What the total does when one thing moves by a tenth down and up."""

    label: Text
    low: str
    high: str
    swing: str


@dataclass(frozen=True, slots=True)
class Spread:
    """What a seeded drawing of the inputs gave, beside the analytic range."""

    draws: int
    seed: int
    rows: tuple[tuple[Text, str], ...]


_PERCENTILES = (
    (2.5, Text("2.5 % 分位", "2.5th percentile")),
    (25.0, Text("25 % 分位", "25th percentile")),
    (50.0, Text("中位数", "Median")),
    (75.0, Text("75 % 分位", "75th percentile")),
    (97.5, Text("97.5 % 分位", "97.5th percentile")),
)


def swings(of: Calculated) -> tuple[Swing, ...]:
    """The sensitivities as their table shows them."""
    total = of.result.total
    return tuple(
        Swing(row.label, shown(row.low), shown(row.high), (percent((row.high - row.low) / total) if total else None) or "—")
        for row in of.analyses.sensitivity
    )


def spread(of: Calculated) -> Spread | None:
    """The percentiles of the drawing; None where no spread is stated and every draw is the same."""
    drawn = of.analyses.simulation
    if drawn is None or of.result.uncertainty.low is None:
        return None
    rows = tuple((name, shown(Decimal(repr(drawn.percentile(p))))) for p, name in _PERCENTILES)
    return Spread(draws=len(drawn.totals), seed=drawn.seed, rows=rows)
