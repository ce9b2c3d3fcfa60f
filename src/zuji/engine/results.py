"""The result (``zuji: result/1``): one object behind page, report, API and file.

All values are decimal strings in kgCO2e per declared unit with the same quantum; in each of ``by_stage``, ``by_kind``,
``by_gas`` and ``contributions`` the parts sum to ``total`` exactly (ADR 0002 says how rounding residues are placed).
"""

from dataclasses import dataclass, field
from decimal import Decimal

from zuji.engine.findings import Finding
from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one item of one process adds to the total; ``per_unit`` amounts are per declared unit, in the canonical unit."""

    process: str
    item: str
    label: Text
    stage: str
    value: Decimal
    share: Decimal | None
    factor: str | None
    data: str
    amount: Decimal | None
    unit: str | None
    quality: Decimal | None
    by_kind: dict[str, Decimal]
    by_gas: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Gap:
    """A line without a factor: listed, never zero. ``low`` and ``high`` are its possible size in kgCO2e per declared unit."""

    process: str
    item: str
    label: Text
    amount: str
    unit: str
    reason: str
    per_declared_unit: Decimal
    canonical_unit: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CutOffLine:
    """A line left out under the cut-off criteria, with its estimated size in kgCO2e per declared unit and share of the total."""

    process: str
    item: str
    label: Text
    reason: str
    estimate: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """Contribution-weighted rating, 1 best to 5 worst. ``coverage`` is the share of the total (by size) that carries scores."""

    overall: Decimal | None
    by_indicator: dict[str, Decimal]
    coverage: Decimal


@dataclass(frozen=True, slots=True)
class UncertaintyRange:
    """95 % range of the total. ``coverage`` is the share of the total (by size) whose spread is stated; the rest is taken as exact and said so."""

    method: str
    low: Decimal | None
    high: Decimal | None
    gsd: Decimal | None
    coverage: Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """A ribbon of the Sankey drawing, kgCO2e per declared unit. Widths into a process sum to the widths out of it."""

    source: str
    target: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """The calculated footprint of a study."""

    study: str
    title: Text
    declared_amount: str
    declared_unit: str
    boundary: str
    rule: str | None
    total: Decimal
    by_stage: dict[str, Decimal]
    by_kind: dict[str, Decimal]
    by_gas: dict[str, Decimal]
    contributions: tuple[Contribution, ...]
    gaps: tuple[Gap, ...]
    cut_offs: tuple[CutOffLine, ...]
    flows: tuple[Flow, ...]
    primary_data_share: Decimal | None
    data_quality: DataQuality
    uncertainty: UncertaintyRange
    grid_mix_total: Decimal | None
    findings: tuple[Finding, ...]
    manifest: dict[str, object] = field(default_factory=dict)
    result_hash: str = ""
