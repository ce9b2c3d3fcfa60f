"""One identifier stands for one content."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.inventory import Dataset


def identity_conflict(case: Case) -> list[GateFinding]:
    """Two contents under one identifier and version: neither comes in, nor does what uses such a flow, property or unit group."""
    conflicts = case.inventory.conflicts
    found = [
        about("identity.conflict", "error", things[0], _said(identity, [str(t.place.file) for t in things]))
        for identity, things in conflicts.items()
        if isinstance(things[0], Dataset)
    ]
    for dataset in case.inventory.datasets:
        used = {e.flow for e in dataset.exchanges}
        used |= {case.inventory.flows[f].reference_property for f in used if f in case.inventory.flows}
        used |= {case.inventory.properties[p].unit_group for p in used if p in case.inventory.properties}
        found += [
            about("identity.conflict", "error", dataset, _said(identity, [t.place.file for t in conflicts[identity]]))
            for identity in sorted(used & conflicts.keys())
        ]
    return found


def _said(identity: str, files: list[str]) -> Text:
    shown = ", ".join(files[:3])
    return Text(
        f"标识 {identity} 对应内容不同的多份数据（{shown}）。请保留正确的一份。",
        f"The identifier {identity} stands for different contents ({shown}). Keep the right one.",
    )
