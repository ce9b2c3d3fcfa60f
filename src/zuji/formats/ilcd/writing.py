"""From an inventory to an ILCD 1.1 package, and what of it ILCD cannot carry.

Element order and mandatory parts follow the schemas ILCD_ProcessDataSet.xsd, ILCD_FlowDataSet.xsd, ILCD_FlowPropertyDataSet.xsd and
ILCD_UnitGroupDataSet.xsd of version 1.1. The export has no time of its own: the same inventory gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from zuji.formats.ilcd.building import Build, of_dataset, of_flow, of_group, of_property
from zuji.formats.ilcd.uncertainty import lost_uncertainty
from zuji.formats.inventory import Inventory

FOLDERS = {"processDataSet": "processes", "flowDataSet": "flows", "flowPropertyDataSet": "flowproperties", "unitGroupDataSet": "unitgroups"}


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that the format has no place for: ``what``, of which dataset, and in which exchange."""

    what: str
    dataset: str
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a package by path, and what they do not carry."""

    files: Mapping[str, bytes]
    lost: tuple[Lost, ...]


def write_package(inventory: Inventory) -> Written:
    """An ILCD package of the whole inventory, one file a dataset."""
    files = {
        f"ILCD/{FOLDERS[tag]}/{identity}.xml": etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
        for tag, identity, root in trees(inventory)
    }
    return Written(dict(sorted(files.items())), lost(inventory))


def trees(inventory: Inventory) -> list[tuple[str, str, Build]]:
    """The root element of every dataset with its tag and identifier."""
    made = [("unitGroupDataSet", g.id, of_group(g)) for g in inventory.groups.values()]
    made += [("flowPropertyDataSet", p.id, of_property(p)) for p in inventory.properties.values()]
    made += [("flowDataSet", f.id, of_flow(f)) for f in inventory.flows.values()]
    made += [("processDataSet", d.id, of_dataset(d, inventory)) for d in inventory.datasets]
    return made


def lost(inventory: Inventory) -> tuple[Lost, ...]:
    """What plain ILCD 1.1 has no place for.

    Allocations of a dataset as a whole (ILCD allocates exchange by exchange), named suppliers (they are in life-cycle models, not in
    processes), credits as such, units of entry other than the flow's own (amounts are converted), production volumes as numbers, and
    exchanges without an amount.
    """
    found: list[Lost] = []
    for dataset in inventory.datasets:
        if any(share.exchange is None for share in dataset.allocations):
            found.append(Lost("allocation of all exchanges", dataset.id))
        if dataset.volume is not None:
            found.append(Lost("production volume", dataset.id))
        for exchange in dataset.exchanges:
            if exchange.provider:
                found.append(Lost("supplier", dataset.id, exchange.number))
            if exchange.avoided:
                found.append(Lost("credit", dataset.id, exchange.number))
            if exchange.unit and exchange.unit != inventory.unit_of_flow(exchange.flow):
                found.append(Lost("unit of entry", dataset.id, exchange.number))
            if exchange.amount is None:
                found.append(Lost("missing amount", dataset.id, exchange.number))
            if spread := lost_uncertainty(exchange):
                found.append(Lost(spread, dataset.id, exchange.number))
    return tuple(found)
