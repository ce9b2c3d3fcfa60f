"""What footprints depend on, as it is kept: exact, as text, and back.

A footprint keeps no row here where its vector could not be had: where what is kept no longer leads to its total, or where a number has more than
:data:`MOST_BITS` bits, as solutions of large loops do. Such a footprint is calculated anew wherever a vector would have served.
"""

import datetime
import json
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.calculation import solved
from zuji.engine.comparison import QUANTUM
from zuji.engine.dependence import Dependence as Vector
from zuji.engine.dependence import dependence
from zuji.engine.errors import StudyRefused
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.quantities import round_half_even
from zuji.engine.results import Result
from zuji.engine.solution import Solution
from zuji.engine.study import Study
from zuji.formats.factors import FactorLibrary, load_library
from zuji.formats.gwp import load_gwp, stamped_gwp
from zuji.registry.footprints.models import Dependence, Footprint
from zuji.registry.footprints.used_factors import factors_as_used

MOST_BITS = 8_192
"""Of a numerator or denominator. Longer ones are left to the engine: a text of many thousand digits helps nobody."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A vector with what tells whether another factor may stand in: the stamp of the GWP set and the data period."""

    vector: Vector
    gwp: str
    start: datetime.date
    end: datetime.date


def solved_again(
    study: Study,
    kept: Result,
    on: datetime.date,
    *,
    library: FactorLibrary | None = None,
) -> Solution | None:
    """The exact solution behind a kept result; None where what is kept no longer leads to its total."""
    factors = factors_as_used(study, kept, load_library() if library is None else library)[0]
    try:
        solution = solved(study, factors, gwp_of(kept, study.gwp), today=on, findings=Findings())
    except StudyRefused:
        return None
    return solution if round_half_even(solution.total, QUANTUM) == kept.total else None


def gwp_of(kept: Result, name: str) -> GwpSet:
    """The very set that was used; where no shipped version has its content, the newest of its name, which then shows as another version."""
    return stamped_gwp(str(kept.manifest.get("gwp", ""))) or load_gwp(name)


def vector_of(study: Study, result: Result, on: datetime.date, *, library: FactorLibrary | None = None) -> Kept | None:
    """What a result depends on, with the factors that it names; None where that cannot be had or would be too long to keep."""
    solution = solved_again(study, result, on, library=library)
    if solution is None:
        return None
    vector = dependence(solution)
    numbers = [vector.total, vector.constant, *(n for use in vector.uses for n in (use.activity, use.value))]
    if any(max(n.numerator.bit_length(), n.denominator.bit_length()) > MOST_BITS for n in numbers):
        return None
    return Kept(vector, str(result.manifest.get("gwp", "")), study.period.start, study.period.end)


def row_of(kept: Kept, *, footprint: Footprint | str, enterprise: int) -> Dependence:
    """The row that keeps a vector; whoever calls saves it."""
    code = footprint if isinstance(footprint, str) else footprint.pk
    uses = {use.reference: [ratio_text(use.activity), ratio_text(use.value)] for use in kept.vector.uses}
    return Dependence(
        footprint_id=code,
        enterprise_id=enterprise,
        total=ratio_text(kept.vector.total),
        constant=ratio_text(kept.vector.constant),
        uses=json.dumps(uses, ensure_ascii=False, separators=(",", ":")),
        gwp=kept.gwp,
        start=kept.start,
        end=kept.end,
    )


def ratio_text(value: Fraction) -> str:
    """``numerator/denominator``, or the numerator alone of a whole number.

    >>> ratio_text(Fraction(3, 4)), ratio_text(Fraction(-2))
    ('3/4', '-2')
    """
    return str(value)


def ratio(text: str) -> Fraction:
    """What :func:`ratio_text` wrote.

    >>> ratio("3/4") + ratio("-2")
    Fraction(-5, 4)
    """
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below or 1))
