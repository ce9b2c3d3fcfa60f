"""A whole database: what all files of a package hold together, with what refers to what found once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from zuji.engine.canonical import digest
from zuji.formats.inventory.parts import Dataset, Document, Exchange, Fault, Flow, FlowProperty, Part, UnitGroup

_Kept = TypeVar("_Kept", Dataset, Flow, FlowProperty, UnitGroup, Document)


@dataclass(frozen=True)
class Inventory:
    """An inventory database as read; nothing is judged yet. ``flows`` and the rest are by id, the newest version of each.

    ``conflicts`` are things that share id and version and differ in content; ``older`` are superseded versions.
    """

    format: str
    datasets: tuple[Dataset, ...]
    flows: Mapping[str, Flow]
    properties: Mapping[str, FlowProperty]
    groups: Mapping[str, UnitGroup]
    documents: Mapping[str, Document]
    faults: tuple[Fault, ...] = ()
    conflicts: Mapping[str, tuple[Dataset | Flow | FlowProperty | UnitGroup | Document, ...]] = field(default_factory=dict)
    older: tuple[Dataset, ...] = ()
    files: int = 0
    passed_over: int = 0

    def unit_of_flow(self, flow: str) -> str:
        """The name of the unit in which amounts of a flow are; empty where that cannot be followed."""
        found = self.flows.get(flow)
        return "" if found is None else found.unit or self.unit_of_property(found.reference_property)

    def unit_of_property(self, name: str) -> str:
        """The reference unit of a flow property; empty where that cannot be followed."""
        measured = self.properties.get(name)
        group = self.groups.get(measured.unit_group) if measured else None
        return group.reference if group else ""

    def unit(self, exchange: Exchange) -> str:
        """The name of the unit of an exchange's amount; empty where it cannot be followed."""
        return exchange.unit or (self.unit_of_property(exchange.property) if exchange.property else self.unit_of_flow(exchange.flow))

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the digests of everything that was read, whatever the order of the files."""
        things: Iterable[Dataset | Flow | FlowProperty | UnitGroup] = chain(
            self.datasets, self.flows.values(), self.properties.values(), self.groups.values()
        )
        return digest(sorted(f"{type(t).__name__} {t.id} {t.version} {t.digest}" for t in things))


def gather(format_name: str, parts: Iterable[Part]) -> Inventory:
    """The database of all parts. The same thing twice, word for word, is one thing; two contents under one identity are a conflict."""
    parts = list(parts)
    conflicts: dict[str, tuple[Dataset | Flow | FlowProperty | UnitGroup | Document, ...]] = {}
    datasets, older = _newest((d for p in parts for d in p.datasets), conflicts)
    flows, _ = _newest((f for p in parts for f in p.flows), conflicts)
    properties, _ = _newest((f for p in parts for f in p.properties), conflicts)
    groups, _ = _newest((g for p in parts for g in p.groups), conflicts)
    documents, _ = _newest((d for p in parts for d in p.documents), conflicts)
    flows = {identity: _with_categories(flow, documents) for identity, flow in flows.items()}
    return Inventory(
        format=format_name,
        datasets=tuple(datasets.values()),
        flows=flows,
        properties=properties,
        groups=groups,
        documents=documents,
        faults=tuple(f for p in parts for f in p.faults),
        conflicts=conflicts,
        older=tuple(older),
        files=len(parts),
        passed_over=sum(p.passed_over for p in parts),
    )


def _with_categories(flow: Flow, documents: Mapping[str, Document]) -> Flow:
    """The flow with the names of its category and those above it, from the top; a category that contains itself ends the path."""
    path: list[str] = []
    seen: set[str] = set()
    at = flow.category
    while at in documents and at not in seen:
        seen.add(at)
        path.insert(0, str(documents[at].name))
        at = documents[at].parent
    return replace(flow, categories=tuple(path)) if path else flow


def _newest(
    things: Iterable[_Kept], conflicts: dict[str, tuple[Dataset | Flow | FlowProperty | UnitGroup | Document, ...]]
) -> tuple[dict[str, _Kept], list[_Kept]]:
    """By id the newest version, sorted by id, and what it supersedes. Of conflicting contents the first by digest stands for all."""
    by_id: defaultdict[str, dict[str, list[_Kept]]] = defaultdict(lambda: defaultdict(list))
    for thing in things:
        same = by_id[thing.id][getattr(thing, "version", "")]
        if all(thing.digest != other.digest for other in same):
            same.append(thing)
    newest: dict[str, _Kept] = {}
    older: list[_Kept] = []
    for identity in sorted(by_id):
        versions = by_id[identity]
        for same in versions.values():
            same.sort(key=lambda t: (t.digest, t.place.file))
            if len(same) > 1:
                conflicts[identity] = tuple(same)
        order = sorted(versions, key=_version_order)
        newest[identity] = versions[order[-1]][0]
        older += [versions[version][0] for version in order[:-1]]
    return newest, older


def _version_order(version: str) -> tuple[tuple[int, str], ...]:
    """``01.00.000`` by its numbers; whatever is none sorts before."""
    return tuple((int(part), "") if part.isdecimal() and len(part) < 19 else (-1, part) for part in version.split("."))
