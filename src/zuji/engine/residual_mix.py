"""What electricity is left for those who claim none: the average mix without the generation that certificates have claimed. Exact.

Source: ISO 14067:2018 6.4.9.4 (where instruments are claimed, the rest of the grid is a residual mix, so that nothing counts twice); the balance is
that of the GHG Protocol Scope 2 Guidance (2015), 6.11.4: what is claimed and what is left are together what was generated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.errors import MixImpossible
from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class Generated:
    """One type of generation in one year and area: ``energy`` in all and ``claimed`` of it, both in one unit of energy.

    ``intensity`` is in kgCO2e per that unit; None where no factor is known, which is enough as long as nothing of the type is claimed.
    """

    type: str
    energy: Fraction
    claimed: Fraction
    intensity: Fraction | None


@dataclass(frozen=True, slots=True)
class Residual:
    """``intensity`` of what is left, in kgCO2e per unit of energy; ``energy`` and ``emissions`` of it, and what was ``claimed`` in all."""

    intensity: Fraction
    energy: Fraction
    emissions: Fraction
    claimed: Fraction


def residual_mix(average: Fraction, mix: Sequence[Generated]) -> Residual:
    """The mix that is left when the claimed energy is taken out of ``average`` (kgCO2e per unit of energy, over all of ``mix``).

    The balance holds exactly: residual × (total − claimed) + Σ claimed × its own intensity = total × average.

    Raises:
        MixImpossible: a negative or missing number, a type twice, more claimed than generated, nothing left, or a rest with negative emissions.
    """
    if average < 0 or not mix or any(row.energy < 0 or row.claimed < 0 for row in mix):
        raise MixImpossible(
            Text("发电量、认领量和平均因子须有值且不为负。", "Generation, claims and the average must be there and not negative.")
        )
    if len({row.type for row in mix}) != len(mix):
        raise MixImpossible(Text("同一发电类型出现了两次。", "A type of generation occurs twice."))
    emissions = average * sum((row.energy for row in mix), Fraction(0))
    for row in mix:
        if row.claimed > row.energy:
            raise MixImpossible(
                Text(
                    f"“{row.type}”的认领电量大于发电量。请核对发电量或证书。",
                    f"More of “{row.type}” is claimed than was generated. Check the generation or the certificates.",
                )
            )
        if not row.claimed:
            continue
        if row.intensity is None or row.intensity < 0:
            raise MixImpossible(
                Text(f"“{row.type}”有认领而没有发电因子。", f"“{row.type}” is claimed and no factor of its generation is known.")
            )
        emissions -= row.claimed * row.intensity
    claimed = sum((row.claimed for row in mix), Fraction(0))
    energy = sum((row.energy for row in mix), Fraction(0)) - claimed
    if energy == 0:
        raise MixImpossible(Text("全部电量均已认领，没有剩余。", "All of the energy is claimed: nothing is left."))
    if emissions < 0:
        raise MixImpossible(
            Text(
                "扣除后剩余部分的排放为负：平均因子与各类型因子、发电量不一致。",
                "The rest would have negative emissions: the average does not fit the generation and the factors of the types.",
            )
        )
    return Residual(intensity=emissions / energy, energy=energy, emissions=emissions, claimed=claimed)
