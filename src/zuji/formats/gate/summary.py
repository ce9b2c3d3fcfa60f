"""The release summary: what an import brought, as plain data that prints, is stored and is hashed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from zuji.engine.canonical import digest
from zuji.formats.gate.case import Case
from zuji.formats.gate.checks import CHECKS
from zuji.formats.gate.checks.gas_uncharacterised import is_uncharacterised
from zuji.formats.gate.finding import GateFinding
from zuji.formats.gate.judging import Judgement
from zuji.formats.gate.spreads import Drawable, drawable
from zuji.formats.gwp import load_gwp

GATE = "2"  # raised when a check is added or judges otherwise


def summary(case: Case, judgement: Judgement, *, name: str, package: str) -> dict[str, object]:
    """What came in, what was refused and why, and the coverage.

    ``name`` and ``package`` are the file's name and its SHA-256. The summary has no time of its own: the same package under the same
    gate, rule and year gives the same bytes. ``hash`` covers all the rest.
    """
    inventory = case.inventory
    held: dict[str, object] = {
        "format": inventory.format,
        "package": {"name": name, "sha256": package, "files": inventory.files, "passed_over": inventory.passed_over},
        "database": inventory.fingerprint,
        "gate": {"version": GATE, "checks": len(CHECKS) + 1, "rule": judgement.linking.rule, "year": case.year},
        "counts": _counts(case, judgement),
        "coverage": _coverage(case, judgement),
        "links": {
            "made": dict(sorted(Counter(made.how for made in judgement.linking.links).items())),
            "sides": dict(sorted(Counter(made.side for made in judgement.linking.links).items())),
            "open": dict(sorted(Counter(gap.reason for gap in judgement.linking.open).items())),
        },
        "uncertainty": _uncertainty(case, judgement),
        "loops": [{"members": list(members), "gain": f"{gain:.6g}"} for members, gain in judgement.gains],
        "reasons": dict(sorted(Counter(code for codes in judgement.refused.values() for code in codes).items())),
        "found": _by_code(judgement.findings),
        "overruled": [{**asdict(decision), "name": _name(case, decision.dataset)} for decision in judgement.overruled],
        "refused": [
            {"dataset": identity, "name": _name(case, identity), "reasons": list(codes)} for identity, codes in judgement.refused.items()
        ],
        "findings": [_plain(finding) for finding in judgement.findings if finding.severity != "info"],
    }
    return {**held, "hash": digest(held)}


def _counts(case: Case, judgement: Judgement) -> dict[str, int]:
    inventory = case.inventory
    return {
        "datasets": len(inventory.datasets),
        "admitted": len(judgement.admitted),
        "complete": len(judgement.complete),
        "refused": len(case.datasets) - len(judgement.admitted),
        "unreadable": len(inventory.faults),
        "superseded": len(inventory.older),
        "exchanges": len(case.lines),
        "flows": len(inventory.flows),
        "flow_properties": len(inventory.properties),
        "unit_groups": len(inventory.groups),
    }


def _coverage(case: Case, judgement: Judgement) -> dict[str, dict[str, object]]:
    """Shares of the database that came in. Of greenhouse gases: entries with a GWP among all entries that are, or look like, one."""
    admitted = judgement.admitted
    inside = [line for line in case.lines if line.dataset.id in admitted]
    values = load_gwp("AR6").values
    known = sum(
        bool(line.exchange.amount) and (g := case.gases.get(line.exchange.flow)) is not None and (g.gas, g.kind) in values
        for line in inside
    )
    unknown = sum(is_uncharacterised(case, line) for line in inside)
    elementary = sum(line.flow is not None and line.flow.kind == "elementary" and bool(line.exchange.amount) for line in inside)
    linked = len({(made.dataset, made.exchange) for made in judgement.linking.links})
    return {
        "datasets": _share(len(admitted), len(case.inventory.datasets) + len(case.inventory.faults)),
        "exchanges": _share(len(inside), len(case.lines)),
        "greenhouse_gases": _share(known, known + unknown),
        "characterised_elementary": _share(known, elementary),
        "supplied_inputs": _share(linked, linked + len(judgement.linking.open)),
        "complete": _share(len(judgement.complete), len(case.inventory.datasets)),
    }


def _uncertainty(case: Case, judgement: Judgement) -> dict[str, object]:
    """Of the exchanges that came in: how many state an uncertainty, how many of these can be drawn, and why the others cannot."""
    stated = [e for d in case.inventory.datasets if d.id in judgement.admitted for e in d.exchanges if e.uncertainty is not None]
    found = [drawable(exchange) for exchange in stated]
    return {
        "stated": len(stated),
        "drawn": sum(isinstance(one, Drawable) for one in found),
        "no_spread": sum(one is None for one in found),
        "not_drawn": dict(sorted(Counter(one for one in found if isinstance(one, str)).items())),
    }


def _share(part: int, of: int) -> dict[str, object]:
    """A share in per cent to one decimal; None of nothing."""
    return {"part": part, "of": of, "percent": f"{100 * part / of:.1f}" if of else None}


def _by_code(findings: tuple[GateFinding, ...]) -> Mapping[str, Mapping[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for finding in findings:
        by = counted.setdefault(finding.code, {})
        by[finding.severity] = by.get(finding.severity, 0) + 1
    return dict(sorted(counted.items()))


def _name(case: Case, identity: str) -> dict[str, str]:
    dataset = case.datasets.get(identity)
    return {"zh": dataset.name.zh, "en": dataset.name.en or dataset.name.other} if dataset else {"zh": "", "en": ""}


def _plain(finding: GateFinding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "dataset": finding.dataset,
        "exchange": finding.exchange,
        "file": finding.place.file,
        "element": finding.place.element,
        "zh": finding.message.zh,
        "en": finding.message.en,
    }
