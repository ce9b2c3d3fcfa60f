"""Which elementary flow is which greenhouse gas, of which origin.

First by identifier, from the table of ILCD flows that the EF 3.1 method "Climate change" characterizes
(``library/gwp/elementary-flows.csv``); then, for emissions to air and uptake from air of other databases, by CAS number or by the exact
name of a gas in the table of the GWP sets. A name that is only similar is no gas: it is reported, and never guessed.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zuji.formats.gwp import gas_rows, load_gwp
from zuji.formats.inventory import Flow

# What a name looks like that stands for a greenhouse gas, whatever its exact form.
LIKE_A_GAS = re.compile(
    r"carbon dioxide|二氧化碳|\bco2\b|^methane\b|^ch4\b|甲烷(?!.*(磺|氯|醇))|dinitrogen (mon)?oxide|nitrous oxide|\bn2o\b|一氧化二氮|氧化亚氮|"
    r"sulfur hexafluoride|sulphur hexafluoride|六氟化硫|\bsf6\b|\bhfc-|\bhcfc-|\bcfc-|\bpfc-|\bhfe-|halon|fluoroethane|fluoromethane|"
    r"fluoropropane|nitrogen trifluoride|三氟化氮|hexafluoroethane|tetrafluoromethane|\bnf3\b|\bcf4\b|\bc2f6\b",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"non-methane|nonmethane|nmvoc|非甲烷|equivalent|当量|methanol|sulfonimide|storage|dichloro|diphenyl|bromo(?!chlorodi)", re.IGNORECASE
)
_NOISE = re.compile(r"\s*[(\[][^)\]]*[)\]]|,.*$")  # an origin or a compartment in brackets, and what follows a comma
# Other names of substances in the table: IUPAC and the refrigerant numbers of ANSI/ASHRAE 34 as inventory databases write them.
_SYNONYMS = {
    "dinitrogen monoxide": "N2O", "dinitrogen oxide": "N2O", "hfc-116": "C2F6", "cfc-14": "CF4", "hcfc-140": "CH3CCl3", "cfc-10": "CCl4",
    "r-40": "CH3Cl", "hcc-30": "CH2Cl2", "halon 1001": "CH3Br", "halon 1301": "Halon-1301", "halon 1211": "Halon-1211",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gas:
    """A gas of the GWP sets and the origin (fossil, biogenic, biogenic_removal, land_use_change, unspecified) of the flow."""

    gas: str
    kind: str


@cache
def _by_flow() -> Mapping[str, Gas]:
    text = resources.files("zuji.library").joinpath("gwp", "elementary-flows.csv").read_text(encoding="utf-8")
    return {row["flow"]: Gas(row["gas"], row["kind"]) for row in csv.DictReader(io.StringIO(text))}


@cache
def _by_cas() -> Mapping[str, str]:
    return {row["cas"]: row["gas"] for row in gas_rows() if row["cas"]}


def gas_of(flow: Flow) -> Gas | None:
    """The gas that an elementary flow is; None for everything else, and for gases released to water or soil."""
    known = _by_flow().get(flow.id)
    if known is not None or flow.kind != "elementary":
        return known
    if not in_air(flow):
        return None
    gas = _by_cas().get(flow.cas.lstrip("0")) if flow.cas else None
    gas = gas or gas_named(flow.name.en) or gas_named(flow.name.zh)
    return Gas(gas, _kind(gas, flow)) if gas else None


def gas_named(name: str) -> str | None:
    """The gas whose exact name this is, what follows a comma and the origin in brackets aside.

    >>> gas_named("Carbon dioxide, fossil"), gas_named("Carbon monoxide, fossil")
    ('CO2', None)
    """
    if not name or _NOT_ONE.search(name):
        return None
    aliases = load_gwp("AR6").aliases
    whole = name.strip().lower()
    short = _NOISE.sub("", whole).strip()
    code = whole.rpartition(", ")[2]  # "Ethane, 1,1,1,2-tetrafluoro-, HFC-134a"
    return next((gas for said in (whole, short, code) if (gas := aliases.get(said) or _SYNONYMS.get(said))), None)


def looks_like_a_gas(name: str) -> bool:
    """True for a name that a person would take for a greenhouse gas."""
    return bool(LIKE_A_GAS.search(name)) and not _NOT_ONE.search(name)


_IN_AIR = ("air", "troposphere", "stratosphere", "population density", "low. pop", "high. pop", "大气", "空气")


def in_air(flow: Flow) -> bool:
    """True where the compartment is air, or is not stated: what may be an emission to air is looked at as one."""
    where = " ".join(flow.categories).lower()
    return not where or any(word in where for word in _IN_AIR)


def _kind(gas: str, flow: Flow) -> str:
    words = flow.name.words
    where = " ".join(flow.categories).lower()
    if gas == "CO2" and ("resource" in where or "in air" in words or "from air" in words):
        return "biogenic_removal"
    if "land transformation" in words or "land use" in words or "soil or biomass stock" in words or "土地" in words:
        return "land_use_change"
    if "biogenic" in words or "non-fossil" in words or "生物" in words:
        return "biogenic"
    return "fossil" if "fossil" in words or "化石" in words else "unspecified"
