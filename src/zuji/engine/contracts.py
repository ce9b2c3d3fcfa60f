"""The electricity of a study that counts with a contractual instrument: which certificate, how much of it, with which factor."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.amounts import Amounts
from zuji.engine.findings import Findings
from zuji.engine.measures import InputMeasures
from zuji.engine.study import Study
from zuji.engine.text import Text
from zuji.engine.units import convert, parse_unit

_BETWEEN = re.compile(r"[、，；,;\s]+")
_JOINTS = re.compile(r"[\s\-‐‑‒–—_]+")


@dataclass(frozen=True, slots=True)
class Contracted:
    """A line of contractual electricity: kWh per run of its process, the numbers of its certificates as compared, and its factor's id."""

    label: Text
    energy: Fraction
    certificates: tuple[str, ...]
    factor: str


def contracted(study: Study) -> tuple[Contracted, ...]:
    """The lines of a study that calculates; of one that does not, those that can be read."""
    findings = Findings()
    measures = InputMeasures(Amounts(study.parameters, findings), findings)
    found = []
    for process in study.processes:
        for item in process.inputs:
            if item.electricity is None or item.electricity.kind != "contract":
                continue
            measured = measures.measured(item, f"{process.id} / {item.name.zh}")
            if measured is None:
                continue
            energy = convert(measured[0], measured[1], parse_unit("kWh"))
            certificate = item.electricity.certificate
            numbers = certificate_numbers(certificate.number) if certificate is not None else ()
            factor = item.factor.partition("@")[0] if isinstance(item.factor, str) else ""
            found.append(Contracted(label=item.name.text, energy=energy, certificates=numbers, factor=factor))
    return tuple(found)


def certificate_key(number: str) -> str:
    """A certificate's number as two spellings of it compare equal: width, case, spaces and hyphens tell nothing apart.

    >>> certificate_key(" gec-2025 0001 ") == certificate_key("ＧＥＣ20250001")
    True
    """
    return _JOINTS.sub("", unicodedata.normalize("NFKC", number)).upper()


def certificate_numbers(written: str) -> tuple[str, ...]:
    """The certificates that an answer names, each once, as they compare.

    >>> certificate_numbers("GEC-1、GEC-2, gec-1")
    ('GEC1', 'GEC2')
    """
    return tuple(dict.fromkeys(filter(None, map(certificate_key, _BETWEEN.split(unicodedata.normalize("NFKC", written))))))
