"""A release as it was read, part by part, so that it goes out again in another format."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from zuji.engine.canonical import digest
from zuji.engine.text import Text
from zuji.formats.inventory import Document, Inventory, Part, gather, part_from_plain, part_to_plain
from zuji.formats.inventory.selection import documents_named, flows_named, groups_named, properties_named
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.inventory.models import Dataset, Kept, Release
from zuji.registry.inventory.rows import packed, unpacked
from zuji.registry.refusals import NotFound, Refused

_WRITTEN_DOCUMENTS = ("source", "contact", "method")
_BATCH = 200


def keep(release: Release, inventory: Inventory) -> None:
    """Keep every part of an inventory under a release; called within the transaction that stores it."""
    rows = (
        Kept(release=release, kind=kind, key=digest(identity), content=packed(part_to_plain(part)))
        for kind, identity, part in _parts(inventory)
    )
    Kept.objects.bulk_create(rows, batch_size=_BATCH)


def _parts(inventory: Inventory) -> Iterator[tuple[str, str, Part]]:
    yield from (("dataset", d.id, Part(datasets=(d,))) for d in inventory.datasets)
    yield from (("flow", f.id, Part(flows=(f,))) for f in inventory.flows.values())
    yield from (("property", p.id, Part(properties=(p,))) for p in inventory.properties.values())
    yield from (("group", g.id, Part(groups=(g,))) for g in inventory.groups.values())
    yield from (("document", d.id, Part(documents=(d,))) for d in inventory.documents.values() if d.kind in _WRITTEN_DOCUMENTS)


def has_parts(release: Release) -> bool:
    """Whether a release can be written again; those that were stored before parts were kept cannot."""
    return Kept.objects.filter(release=release).exists()


def inventory_of(code: str, *, viewer: Viewer, number: int | None = None) -> Inventory:
    """The inventory of a release as it was read, or of one of its datasets with all that it names.

    Raises:
        NotFound: there is no such release or dataset, or none that the viewer may read.
        Refused: it was stored before parts were kept.
    """
    releases = Release.objects.all() if viewer.system or viewer.operator else Release.objects.filter(public=True)
    release = releases.filter(code=code).first()
    if release is None:
        raise NotFound
    if not has_parts(release):
        raise Refused(
            Text(
                "这个版本存入时还没有保留导出所需的内容。请用同样的参数再导入一次（zuji import … --store），内容会补上，数值不变。",
                "This release was stored before what an export needs was kept. Import it once more with the same arguments "
                "(zuji import … --store): that is added, and no number changes.",
            )
        )
    if number is None:
        return gather(release.format, _read(Kept.objects.filter(release=release).order_by("kind", "key")))
    row = Dataset.objects.filter(release=release, number=number).first()
    if row is None:
        raise NotFound
    return _of_dataset(release, row.uuid)


def _of_dataset(release: Release, uuid: str) -> Inventory:
    datasets = [d for part in _named(release, "dataset", {uuid}) for d in part.datasets]
    if not datasets:
        raise NotFound
    flows = [f for part in _named(release, "flow", flows_named(datasets)) for f in part.flows]
    properties = [p for part in _named(release, "property", properties_named(datasets, flows)) for p in part.properties]
    groups = [g for part in _named(release, "group", groups_named(properties)) for g in part.groups]
    documents: dict[str, Document] = {}
    wanted = documents_named((*datasets, *flows, *properties, *groups))
    while new := {d.id: d for part in _named(release, "document", wanted - documents.keys()) for d in part.documents}:
        documents |= new
        wanted = documents_named(new.values())
    part = Part(tuple(datasets), tuple(flows), tuple(properties), tuple(groups), tuple(documents.values()))
    return gather(release.format, (part,))


def _named(release: Release, kind: str, identifiers: Iterable[str]) -> Iterator[Part]:
    keys = [digest(identity) for identity in identifiers]
    return _read(Kept.objects.filter(release=release, kind=kind, key__in=keys).order_by("key")) if keys else iter(())


def _read(rows: "QuerySet[Kept]") -> Iterator[Part]:
    return (part_from_plain(unpacked(row.content)) for row in rows.iterator(chunk_size=_BATCH))
