"""A factor that somebody proposes for publication: the version as a calculation would take it, and what reviewers judge it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from zuji.engine.factors import FactorVersion
from zuji.engine.study import Quality

CodeSystem = Literal["cas", "hs", "gbt4754", "cpc"]
Part = Literal["upstream", "downstream", "waste"]
CorrectionReason = Literal[
    "misprint", "new-edition", "method", "boundary", "data-error", "new-year", "unit", "source-withdrawn", "restored"
]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A document behind a candidate, as it was handed in: ``sha256`` of its bytes, ``page`` where the value stands (empty: not said)."""

    code: str
    name: str
    sha256: str
    size: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed factor version with everything that a reviewer needs.

    ``factor`` is what would be published; its ``digest`` is the SHA-256 of ``written``, the fields as the submitter wrote them (name to text,
    empty ones left out). ``codes`` are the product's numbers in other systems (CAS, HS, GB/T 4754, CPC). ``parts_of_boundary`` splits the
    value in the factor's own unit by the part of the life cycle that it belongs to, as the national coefficient set does; a part that is not
    stated is absent, never zero. ``quality`` scores the data from 1 (best) to 5. ``supersedes`` names the version (``id@version``) that this one
    replaces, ``reason`` why.
    """

    factor: FactorVersion
    written: Mapping[str, str]
    codes: Mapping[CodeSystem, tuple[str, ...]] = field(default_factory=dict)
    parts_of_boundary: Mapping[Part, Fraction] = field(default_factory=dict)
    technology: str = ""
    document_number: str = ""
    document_page: str = ""
    quality: Quality | None = None
    evidence: tuple[EvidenceFile, ...] = ()
    supersedes: str = ""
    reason: CorrectionReason | None = None
