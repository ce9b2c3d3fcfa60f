"""The shipped characterization sets (GWP over 100 years), read from ``library/gwp/gwp100.csv``.

Sources are on every row: IPCC AR5 WG1 table 8.A.1 and AR6 WG1 table 7.SM.7 as transcribed by openclimatedata/globalwarmingpotentials
(CC0), checked against the US EPA's table; the split of methane from AR6 WG1 table 7.15 as in the EF 3.1 method files. Biogenic CO2
counts -1 when taken up and +1 when released (ISO 14067:2018 6.5.2).
"""

import csv
import io
from fractions import Fraction
from functools import cache
from importlib import resources

from zuji.engine.canonical import digest
from zuji.engine.impact import GwpSet
from zuji.engine.quantities import parse_number

VERSION = "1"
COLUMNS = {"AR5": "ar5", "AR6": "ar6"}
SOURCES = {
    "AR5": "IPCC AR5 WG1 table 8.A.1 (GWP100, without climate-carbon feedback)",
    "AR6": "IPCC AR6 WG1 table 7.SM.7 (GWP100); CH4 fossil and non-fossil: table 7.15",
}


@cache
def gas_rows() -> tuple[dict[str, str], ...]:
    """The rows of the shipped table as they are written, one per gas and origin: what pages and documents show."""
    text = resources.files("zuji.library").joinpath("gwp", "gwp100.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def load_gwp(name: str) -> GwpSet:
    """The set ``AR5`` or ``AR6``, kgCO2e per kg of gas. A gas without a value has no entry: missing is never zero.

    Raises ``KeyError`` for another name; a study's set is checked before (``GwpName``).

    >>> load_gwp("AR6").value("CH4", "fossil"), load_gwp("AR6").gas("甲烷")
    (Fraction(149, 5), 'CH4')
    """
    column = COLUMNS[name]
    values: dict[tuple[str, str], Fraction] = {}
    for row in gas_rows():
        if row[column]:
            for kind in row["kinds"].split():
                values[row["gas"], kind] = parse_number(row[column])
    shipped = [[gas, kind, str(value)] for (gas, kind), value in sorted(values.items())]
    return GwpSet(
        name=name,
        version=VERSION,
        values=values,
        aliases=_aliases(),
        source=SOURCES[name],
        digest=digest({"name": name, "version": VERSION, "values": shipped}),
    )


@cache
def _aliases() -> dict[str, str]:
    """Every spelling in lower case to the gas it names. Two gases with one spelling would be a fault of the table."""
    found: dict[str, str] = {}
    for row in gas_rows():
        spellings = [row["gas"], row["name_zh"], row["name_en"], row["formula"], row["cas"], *row["aliases"].split(";")]
        for spelling in filter(None, spellings):
            if found.setdefault(spelling.lower(), row["gas"]) != row["gas"]:
                raise ValueError(f"the spelling {spelling!r} stands for two gases in gwp100.csv")
    return found
