"""The fingerprint of a study: evaluated, in canonical units, merged and ordered, so that it does not depend on how it was written."""

from fractions import Fraction
from typing import Any

from zuji.engine.canonical import digest
from zuji.engine.identity import data_key, electricity_key
from zuji.engine.system import ProductSystem
from zuji.engine.units import canonical, convert, parse_unit


def input_digest(system: ProductSystem) -> str:
    """SHA-256 of the study's canonical document, in hexadecimal."""
    return digest(_document(system))


def _document(system: ProductSystem) -> dict[str, Any]:
    """The study as a canonical document: evaluated, in canonical units, merged and ordered; formulas by their values."""
    study = system.study
    products = [
        {"process": p.process, "product": p.name, "amount": _exact(amount), "unit": unit, "share": _exact(p.share)}
        for p, (amount, unit) in ((p, _canonical_amount(p.amount, p.unit)) for p in system.products)
    ]
    return {
        "boundary": study.boundary,
        "declared": [_exact(system.declared[0]), system.declared[1]],
        "geography": study.geography,
        "gwp": study.gwp,
        "period": [study.period.start.isoformat(), study.period.end.isoformat()],
        "reference": study.reference,
        "rule": study.rule,
        "excluded": sorted(stage.stage for stage in study.excluded_stages),
        "products": products,
        "factors": [[f.id, f.factor.digest, _exact(f.amount), _exact(f.shown)] for f in system.factor_lines],
        "emissions": [[e.id, _exact(e.amount)] for e in system.emission_lines],
        "links": [
            [
                k.process,
                *k.label,
                system.products[k.supplier].process,
                system.products[k.supplier].name,
                _exact(_canonical_amount(k.amount, system.products[k.supplier].unit)[0]),
                data_key(k.data),
            ]
            for k in system.link_lines
        ],
        "gaps": [[g.process, *g.label, _exact(g.amount), g.unit, *g.reason, _maybe(g.low), _maybe(g.high)] for g in system.gap_lines],
        "cut_offs": [[c.process, *c.label, *c.reason, _exact(c.estimate)] for c in system.cut_lines],
        "electricity": sorted(electricity_key(f.electricity) for f in system.factor_lines if f.electricity is not None),
    }


def _canonical_amount(amount: Fraction, unit: str) -> tuple[Fraction, str]:
    """An amount and its unit in the canonical unit of its dimension."""
    source = parse_unit(unit)
    target = canonical(source)
    return convert(amount, source, target), target.text


def _exact(value: Fraction) -> str:
    """Numerator and denominator in hexadecimal: without loss, and without Python's limit on the decimal digits of an integer."""
    return f"{value.numerator:x}/{value.denominator:x}"


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else _exact(value)
