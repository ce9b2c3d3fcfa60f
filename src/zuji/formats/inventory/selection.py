"""A part of a database with all that it names: datasets, their flows, the properties and units of these, sources and contacts."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeVar

from zuji.formats.inventory.database import Inventory
from zuji.formats.inventory.parts import Dataset, Document, Flow, FlowProperty, UnitGroup

_Thing = TypeVar("_Thing")
_NAMED = re.compile(r'"@refObjectId":"([^"]*)"')


def flows_named(datasets: Iterable[Dataset]) -> set[str]:
    """Identifiers of the flows of all exchanges."""
    return {exchange.flow for dataset in datasets for exchange in dataset.exchanges}


def properties_named(datasets: Iterable[Dataset], flows: Iterable[Flow]) -> set[str]:
    """Identifiers of the properties by which flows are measured, and exchanges stated."""
    stated = {exchange.property for dataset in datasets for exchange in dataset.exchanges if exchange.property}
    return stated | {measure.property for flow in flows for measure in flow.measures}


def groups_named(properties: Iterable[FlowProperty]) -> set[str]:
    """Identifiers of the unit groups of properties."""
    return {measured.unit_group for measured in properties}


def documents_named(things: Iterable[Dataset | Flow | FlowProperty | UnitGroup | Document]) -> set[str]:
    """Identifiers of what the documentation of these refers to, and of the sources of datasets."""
    found: set[str] = set()
    for thing in things:
        found.update(name.lower() for name in _NAMED.findall(thing.documentation))
        if isinstance(thing, Dataset):
            found.update(thing.sources)
    return found


def selected(inventory: Inventory, datasets: Collection[str]) -> Inventory:
    """The same with these datasets only, and what they name. Sources and contacts are followed until nothing new is named."""
    chosen = tuple(d for d in inventory.datasets if d.id in datasets)
    flows = {key: f for key in flows_named(chosen) if (f := inventory.flows.get(key))}
    properties = {key: p for key in properties_named(chosen, flows.values()) if (p := inventory.properties.get(key))}
    groups = {key: g for key in groups_named(properties.values()) if (g := inventory.groups.get(key))}
    documents: dict[str, Document] = {}
    wanted = documents_named((*chosen, *flows.values(), *properties.values(), *groups.values()))
    while new := {key: d for key in wanted - documents.keys() if (d := inventory.documents.get(key))}:
        documents |= new
        wanted = documents_named(new.values())
    return replace(
        inventory,
        datasets=chosen,
        flows=_sorted(flows),
        properties=_sorted(properties),
        groups=_sorted(groups),
        documents=_sorted(documents),
    )


def _sorted(held: dict[str, _Thing]) -> dict[str, _Thing]:
    return dict(sorted(held.items()))
