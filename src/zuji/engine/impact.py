"""Characterization: kilograms of a gas to kilograms of CO2 equivalent (GWP over 100 years).

Source of the method: ISO 14067:2018 6.5 (GWP100, latest IPCC values). Fossil, biogenic, removal, land-use change and
aircraft emissions are characterized apart, because methane of fossil and of biogenic origin have different values
(IPCC AR6 WG1 table 7.15). CO2 taken up by biomass counts -1 and its release +1 (ADR 0007).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zuji.engine.errors import UnknownGas
from zuji.engine.nearest import nearest
from zuji.engine.text import Text

UNSPECIFIED = "unspecified"
CO2E = "CO2e"


@dataclass(frozen=True)
class GwpSet:
    """One characterization set. ``values`` maps (gas, kind) to kgCO2e per kg of gas; ``aliases`` maps lower-case spellings to gas ids."""

    name: str
    version: str
    values: Mapping[tuple[str, str], Fraction]
    aliases: Mapping[str, str]
    source: str
    digest: str

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.version}"

    def gas(self, spelling: str) -> str:
        """The gas that a spelling names (``hfc134a``, ``R-134a``, ``甲烷``). Raises :class:`UnknownGas`."""
        found = self.aliases.get(spelling.strip().lower())
        if found is not None:
            return found
        near = nearest(spelling.strip().lower(), self.aliases)
        names = ", ".join(dict.fromkeys(self.aliases[n] for n in near)) or "CO2, CH4, N2O, SF6"
        raise UnknownGas(
            Text(
                zh=f"“{spelling[:40]}”不是 {self.name} 中的温室气体。可用的写法如：{names}。",
                en=f"“{spelling[:40]}” is not a greenhouse gas of {self.name}. Names that are known: {names}.",
            )
        )

    def value(self, gas: str, kind: str | None) -> Fraction:
        """kgCO2e per kg of ``gas`` of ``kind`` (None: unspecified). Raises :class:`UnknownGas` where the set states no value."""
        found = self.values.get((gas, kind or UNSPECIFIED))
        if found is None:
            raise UnknownGas(
                Text(
                    zh=f"{self.name} 没有给出 {gas}({kind or UNSPECIFIED})的增温潜势；缺少的数值不会当作零。请改用另一套 GWP 或更正排放类别。",
                    en=f"{self.name} states no GWP for {gas} ({kind or UNSPECIFIED}); a missing value is never zero. "
                    "Use another GWP set or correct the kind of the emission.",
                )
            )
        return found
