"""Whether a footprint's contractual electricity is covered by what it claims of registered certificates. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.contracts import Contracted
from zuji.engine.text import Text
from zuji.registry.electricity.kinds import TYPES, type_of


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim in force, as the comparison takes it; ``energy`` in kWh, ``key`` the certificate's number as it compares."""

    key: str
    energy: Fraction
    type: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a footprint counts as green (``used``, kWh), what it claims for the period (``claimed``), and what is wrong, each once."""

    used: Fraction
    claimed: Fraction
    faults: tuple[Text, ...]

    @property
    def covered(self) -> bool:
        return not self.faults


def covered(lines: Sequence[Contracted], claims: Sequence[Claimed], period: tuple[datetime.date, datetime.date]) -> Coverage:
    """Compare the contractual lines of a study with the claims of its version. A claim of another period than the data's counts for nothing."""
    start, end = period
    counting = [claim for claim in claims if claim.start <= end and start <= claim.end]
    used = sum((line.energy for line in lines), Fraction(0))
    claimed = sum((claim.energy for claim in counting), Fraction(0))
    faults = []
    named = {number for line in lines for number in line.certificates}
    known = {claim.key for claim in counting}
    if named - known:
        missing = "、".join(sorted(named - known))
        faults.append(
            Text(
                f"证书 {missing} 未在平台登记，或未为本版本认领。",
                f"Certificates {missing.replace('、', ', ')} are not registered, or not claimed for this version.",
            )
        )
    if claimed < used:
        faults.append(
            Text(
                f"绿电 {_mwh(used)} MWh，认领仅 {_mwh(claimed)} MWh。",
                f"{_mwh(used)} MWh count as green, and only {_mwh(claimed)} MWh are claimed.",
            )
        )
    types = {claim.type for claim in counting}
    for factor in sorted({line.factor for line in lines}):
        stated = type_of(factor)
        if counting and stated is not None and stated not in types:
            faults.append(
                Text(
                    f"因子 {factor} 属{TYPES[stated].zh}，认领的证书不是。",
                    f"The factor {factor} is of {TYPES[stated].en}; the claimed certificates are not.",
                )
            )
    return Coverage(used=used, claimed=claimed, faults=tuple(faults))


def _mwh(energy: Fraction) -> str:
    return f"{float(energy / 1000):,.6f}".rstrip("0").rstrip(".")
