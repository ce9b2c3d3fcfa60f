"""Heating values and carbon contents of fuels from ``library/fuels``: what a ``heating_value`` in a study can cite.

Several generations of Chinese default values exist side by side; each row says which set it is of, and none is silently the default.
"""

import csv
import io
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from zuji.engine.quantities import parse_number
from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class Fuel:
    """A fuel of one set: net calorific value in ``ncv_unit``, carbon content in ``carbon_unit``, and the share of carbon that oxidises (percent)."""

    id: str
    set: str
    name: Text
    unit: str
    ncv: str
    ncv_unit: str
    carbon: str
    carbon_unit: str
    oxidation_percent: str
    source: str
    address: str
    licence: str
    confidence: str

    @property
    def combustion_co2(self) -> Fraction:
        """Kg CO2 per ``unit`` burnt: NCV x carbon content x oxidation x 44/12 (NDRC sector guides; IPCC 2006 Vol. 2 Ch. 1).

        >>> fuel = next(fuel for fuel in load_fuels() if fuel.id == "guide-diesel")
        >>> round(float(fuel.combustion_co2), 1)
        3145.1
        """
        kg_carbon = 1000 if self.carbon_unit == "tC/GJ" else 1
        oxidised = parse_number(self.oxidation_percent) / 100
        return parse_number(self.ncv) * parse_number(self.carbon) * kg_carbon * oxidised * Fraction(44, 12)


@cache
def load_fuels() -> tuple[Fuel, ...]:
    """Every fuel of every set, in the order of the file."""
    text = resources.files("zuji.library").joinpath("fuels", "china.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return tuple(Fuel(name=Text(row.pop("name_zh"), row.pop("name_en")), **row) for row in rows)
