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

# By name: each published version and the column that holds it, the newest last. A published version never changes, also not by another gas: a
# correction or an addition is a new version in a column of its own, so that a kept result can be calculated again with the set it names.
COLUMNS: dict[str, dict[str, str]] = {"AR5": {"1": "ar5"}, "AR6": {"1": "ar6"}}
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
def load_gwp(name: str, version: str | None = None) -> GwpSet:
    """The set ``AR5`` or ``AR6``, kgCO2e per kg of gas, its newest version if none is named. A gas without a value has no entry: missing is never zero.

    Raises ``KeyError`` for another name or version; a study's set is checked before (``GwpName``).

    >>> load_gwp("AR6").value("CH4", "fossil"), load_gwp("AR6").gas("甲烷")
    (Fraction(149, 5), 'CH4')
    """
    version = version or list(COLUMNS[name])[-1]
    column = COLUMNS[name][version]
    values: dict[tuple[str, str], Fraction] = {}
    for row in gas_rows():
        if row[column]:
            for kind in row["kinds"].split():
                values[row["gas"], kind] = parse_number(row[column])
    shipped = [[gas, kind, str(value)] for (gas, kind), value in sorted(values.items())]
    return GwpSet(
        name=name,
        version=version,
        values=values,
        aliases=_aliases(),
        source=SOURCES[name],
        digest=digest({"name": name, "version": version, "values": shipped}),
    )


def stamped_gwp(stamp: str) -> GwpSet | None:
    """The set that a result's manifest names (``AR6@1+sha256:…``), None where no shipped version has that content."""
    reference, _, content = stamp.partition("+sha256:")
    name, _, version = reference.partition("@")
    found = load_gwp(name, version) if version in COLUMNS.get(name, {}) else None
    return found if found is not None and found.digest == content else None


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
