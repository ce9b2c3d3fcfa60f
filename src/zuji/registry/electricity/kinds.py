"""Types of generation, and the factors of the shipped library that state their intensity, year by year. Pure.

Sources: the announcements of the electricity footprint factors of 2023 and 2024 (MEE, NBS, NEA); the CPCD copies those of 2023. The library's rows
hold the numbers and say how far each was checked.
"""

from collections.abc import Mapping

from zuji.engine.text import Text

GREEN: Mapping[str, Text] = {
    "wind": Text("风电", "wind"),
    "pv": Text("光伏", "photovoltaic"),
    "csp": Text("光热", "solar thermal"),
    "hydro": Text("水电", "hydropower"),
    "biomass": Text("生物质", "biomass"),
}
"""The types that a green-power certificate can be of."""

TYPES: Mapping[str, Text] = {
    "coal": Text("燃煤", "coal"),
    "gas": Text("燃气", "gas"),
    "nuclear": Text("核电", "nuclear"),
    **GREEN,
    "other": Text("其他", "other"),
}
"""The types of which a year's generation is stated; ``other`` has no factor, and nothing of it can be claimed."""

AVERAGE = "national"

_MEASURED = ("coal", "gas", "hydro", "nuclear", "wind", "pv", "csp", "biomass")
FACTORS: Mapping[int, Mapping[str, str]] = {
    year: {AVERAGE: f"CN-EL-CF-{year}-national", **{name: f"CN-EL-CF-{year}-{name}" for name in _MEASURED}} for year in (2024, 2023)
}
"""By year: the factor of the national average and of each type."""


_COPIED = {
    f"CPCD-17100H35{number}2023C": name
    for number, name in enumerate(("coal", "gas", "hydro", "nuclear", "wind", "pv", "csp", "biomass"), start=1)
}
GRID = {2024: ("CN-EL-CF-2024-td-loss", "CN-EL-CF-2024-td-exloss"), 2023: ("CPCD-17100H3592023C",)}
"""By year: the factors of transmission and distribution, with and without losses."""


def type_of(factor: str) -> str | None:
    """The type of generation whose intensity a factor states; None where it is no such factor.

    >>> type_of("CN-EL-CF-2024-wind"), type_of("CPCD-17100H3522023C"), type_of("CN-EL-CF-2024-national")
    ('wind', 'gas', None)
    """
    own = (name for table in FACTORS.values() for name, known in table.items() if known == factor and name != AVERAGE)
    return _COPIED.get(factor) or next(own, None)
