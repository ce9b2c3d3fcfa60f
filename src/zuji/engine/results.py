"""The result (``zuji: result/1``): one object behind page, report, API and file.

All values are decimal strings in kgCO2e per declared unit with the same quantum; in each of ``by_stage``, ``by_kind``,
``by_gas`` and ``contributions`` the parts sum to ``total`` exactly (ADR 0002 says how rounding residues are placed).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from zuji.engine.canonical import digest
from zuji.engine.findings import Finding
from zuji.engine.text import Language, Text


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one item of one process adds to the total. ``item`` is a stable id; ``amount`` is per declared unit, in the canonical ``unit``."""

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
    reason: Text
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
    reason: Text
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


def as_json(result: Result, language: Language = "zh") -> dict[str, object]:
    """The result as ``result/1``: every quantity a decimal string, a missing one null. ``language`` chooses messages and item names."""
    content = _content(result)
    content["declared_unit"] = {"amount": result.declared_amount, "unit": result.declared_unit}
    content["title"] = result.title._asdict()
    content["findings"] = [
        {"code": f.code, "severity": f.severity, "where": f.where, "message": f.message.in_(language), "reference": f.reference}
        for f in result.findings
    ]
    for row, contribution in zip(_rows(content, "contributions"), result.contributions, strict=True):
        row["item"] = contribution.label.in_(language)
    for row, gap in zip(_rows(content, "gaps"), result.gaps, strict=True):
        row.update(item=gap.label.in_(language), amount=gap.amount, unit=gap.unit, reason=gap.reason.in_(language))
    for row, line in zip(_rows(content, "cut_offs"), result.cut_offs, strict=True):
        row.update(item=line.label.in_(language), reason=line.reason.in_(language))
    return {"zuji": "result/1", **content, "result_hash": result.result_hash}


def refusal_as_json(study: str, findings: Sequence[Finding], language: Language = "zh") -> dict[str, object]:
    """What stands in place of a result where the study was refused: the findings, and no number."""
    return {
        "zuji": "result/1",
        "study": study,
        "refused": True,
        "findings": [
            {"code": f.code, "severity": f.severity, "where": f.where, "message": f.message.in_(language), "reference": f.reference}
            for f in findings
        ],
    }


def with_findings(result: Result, more: Iterable[Finding]) -> Result:
    """The same result with further findings, sealed anew."""
    findings = tuple(sorted(dict.fromkeys([*result.findings, *more]), key=lambda f: f.order))
    return sealed(replace(result, findings=findings))


def sealed(result: Result) -> Result:
    """The result with its hash: SHA-256 over everything but presentation (titles, language, units as written, wording of messages)."""
    return replace(result, result_hash=f"sha256:{digest(_content(result))}")


def text(value: Decimal | None) -> str | None:
    """A decimal in plain notation with all its digits; None stays None."""
    return None if value is None else format(value, "f")


def _content(result: Result) -> dict[str, object]:
    """What the hash covers, in a form that does not depend on language or on how units were written."""
    return {
        "study": result.study,
        "boundary": result.boundary,
        "rule": result.rule,
        "unit": "kgCO2e",
        "total": text(result.total),
        "by_stage": _texts(result.by_stage),
        "by_kind": _texts(result.by_kind),
        "by_gas": _texts(result.by_gas),
        "contributions": [_contribution(c) for c in result.contributions],
        "gaps": [_gap(g) for g in result.gaps],
        "cut_offs": [
            {
                "process": c.process,
                "item": c.label.zh,
                "label": c.label._asdict(),
                "reason": c.reason._asdict(),
                "estimate": text(c.estimate),
                "share": text(c.share),
            }
            for c in result.cut_offs
        ],
        "flows": [{"source": f.source, "target": f.target, "value": text(f.value)} for f in result.flows],
        "primary_data_share": text(result.primary_data_share),
        "data_quality": {
            "overall": text(result.data_quality.overall),
            "by_indicator": _texts(result.data_quality.by_indicator),
            "coverage": text(result.data_quality.coverage),
        },
        "uncertainty": {
            "method": result.uncertainty.method,
            "low": text(result.uncertainty.low),
            "high": text(result.uncertainty.high),
            "gsd": text(result.uncertainty.gsd),
            "coverage": text(result.uncertainty.coverage),
        },
        "sensitivity": {"grid_mix_total": text(result.grid_mix_total)},
        "findings": [{"code": f.code, "severity": f.severity, "where": f.where, "reference": f.reference} for f in result.findings],
        "manifest": result.manifest,
    }


def _contribution(c: Contribution) -> dict[str, object]:
    return {
        "process": c.process,
        "item": c.label.zh,
        "id": c.item,
        "label": c.label._asdict(),
        "stage": c.stage,
        "value": text(c.value),
        "share": text(c.share),
        "factor": c.factor,
        "data": c.data,
        "amount": text(c.amount),
        "unit": c.unit,
        "quality": text(c.quality),
        "by_kind": _texts(c.by_kind),
        "by_gas": _texts(c.by_gas),
    }


def _gap(g: Gap) -> dict[str, object]:
    return {
        "process": g.process,
        "item": g.label.zh,
        "label": g.label._asdict(),
        "reason": g.reason._asdict(),
        "per_declared_unit": {"amount": text(g.per_declared_unit), "unit": g.canonical_unit},
        "possible": {"low": text(g.low), "high": text(g.high)},
    }


def _texts(parts: dict[str, Decimal]) -> dict[str, str]:
    return {name: format(value, "f") for name, value in parts.items()}


def _rows(content: dict[str, object], name: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", content[name])
