import datetime
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from zuji.engine.canonical import canonical_json, digest
from zuji.engine.errors import EngineError
from zuji.engine.sparse.background import solved_background
from zuji.engine.text import Text
from zuji.formats.gate.assembly import SETS, assemble
from zuji.importing import Imported
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.factors.releases import write_release
from zuji.registry.inventory.keeping import has_parts, keep
from zuji.registry.inventory.models import Content, Dataset, Release
from zuji.registry.inventory.overruling import with_decisions
from zuji.registry.inventory.rows import Solved, plain_finding, rows_of, storable
from zuji.registry.refusals import NotAllowed, Refused

_LISTS = ("refused", "findings")  # of the gate's summary: the datasets carry them
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Source:
    """What is said of a database by whoever imports it. ``public``: its licence lets everybody read it here."""

    name: str
    publisher: str
    licence: str
    edition: str = ""
    address: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """The code of a release; ``new`` is False where the same import was here already and nothing was written."""

    code: str
    new: bool


def store(*, viewer: Viewer, imported: Imported, source: Source) -> Stored:
    """Solve an imported database and keep it as a release: all of it in one transaction, or nothing. Errors that were overruled do not count.

    The solved folder is written first, under its hash, where it harms nobody if what follows fails. The same import twice is one release.

    Raises:
        NotAllowed: only an operator, or the command line of the machine, imports databases.
        Refused: the source is not named; the name and edition are taken by another package; the database cannot be solved.
    """
    _demand(viewer)
    said = _checked(source)
    imported = with_decisions(imported)
    solved = _solved(imported)
    background = _kept(solved, imported, said) if solved else ""
    release = _release(imported, said, background, solved, by=viewer.name)
    rows = rows_of(release, imported, solved)
    standings = [dataset.standing for dataset, _ in rows]
    release.datasets, release.usable = len(rows), standings.count("usable")
    release.admitted = len(rows) - standings.count("refused")
    release.complete = sum(not solved.background.incomplete[d.position] for d, _ in rows if d.position is not None) if solved else 0
    return _written(release, rows, imported, viewer)


@transaction.atomic
def _written(release: Release, rows: list[tuple[Dataset, Content]], imported: Imported, viewer: Viewer) -> Stored:
    here = Release.objects.filter(code=release.code).first()
    if here is not None:
        if not has_parts(here):  # stored before parts were kept: the same import has the same parts
            keep(here, imported.inventory)
            said: dict[str, str | int | bool | None] = {"name": str(here), "package": here.package_sha256, "parts": True}
            record(action=Action.INVENTORY_STORED, actor=viewer.name, subject=f"inventory:{here.code}", details=said)
        return Stored(release.code, new=False)
    other = Release.objects.filter(name=release.name, edition=release.edition).exclude(package_sha256=release.package_sha256).first()
    if other is not None:
        raise Refused(
            Text(
                f"已有同名同版而内容不同的“{other}”（{other.code}）。发布的内容不会被覆盖，请写明新的版次（--edition）。",
                f"“{other}” ({other.code}) is here under this name and edition with another content. A release is never overwritten: "
                "give the new one an edition of its own (--edition).",
            )
        )
    release.save(force_insert=True)
    Dataset.objects.bulk_create([dataset for dataset, _ in rows], batch_size=_BATCH)
    numbers = dict(Dataset.objects.filter(release=release).values_list("number", "pk"))
    for dataset, content in rows:
        content.dataset_id = numbers[dataset.number]
    Content.objects.bulk_create([content for _, content in rows], batch_size=_BATCH)
    keep(release, imported.inventory)
    record(
        action=Action.INVENTORY_STORED,
        actor=viewer.name,
        subject=f"inventory:{release.code}",
        details={
            "name": str(release),
            "package": release.package_sha256,
            "summary": release.summary_hash,
            "background": release.background,
            "rule": release.rule,
            "datasets": release.datasets,
            "admitted": release.admitted,
            "usable": release.usable,
            "overruled": len(imported.judgement.overruled),
            "public": release.public,
        },
    )
    return Stored(release.code, new=True)


def _demand(viewer: Viewer) -> None:
    if not (viewer.system or viewer.operator):
        raise NotAllowed(Text("只有平台管理员可以导入基础数据库。", "Only an operator of the platform imports databases."))


def _checked(source: Source) -> Source:
    """The source with its texts tidied. A number without a source is not kept, and neither is one of unknown licence."""
    said = Source(
        name=storable(source.name).strip(),
        publisher=storable(source.publisher).strip(),
        licence=storable(source.licence).strip(),
        edition=storable(source.edition).strip(),
        address=storable(source.address).strip(),
        public=source.public,
    )
    if not (said.name and said.publisher and said.licence):
        raise Refused(
            Text("请写明数据库的名称、发布者和许可。", "Name the database, its publisher and its licence."),
        )
    longest = {"name": 200, "publisher": 300, "licence": 300, "edition": 80}
    if any(len(getattr(said, field)) > most for field, most in longest.items()):
        raise Refused(Text("名称、发布者、许可或版次过长。", "The name, publisher, licence or edition is too long."))
    return said


def _solved(imported: Imported) -> Solved | None:
    if not imported.judgement.admitted:
        return None
    try:
        assembled = assemble(imported.case, imported.judgement)
        background = solved_background(
            assembled.processes, assembled.needs, assembled.burdens, sets=SETS, unknown=assembled.unknown, uncertain=assembled.uncertain
        )
    except EngineError as error:
        raise Refused(error.text) from error
    return Solved(assembled, background)


def _kept(solved: Solved, imported: Imported, source: Source) -> str:
    """The hash of the folder in which the solved database is."""
    about = {
        "title": source.name,
        "version": source.edition,
        "publisher": source.publisher,
        "licence": source.licence,
        "address": source.address,
        "summary": str(imported.release["hash"]),
    }
    return write_release(Path(settings.BACKGROUND), solved.background, about).name


def _release(imported: Imported, source: Source, background: str, solved: Solved | None, *, by: str) -> Release:
    gate, package = imported.release["gate"], imported.release["package"]
    assert isinstance(gate, dict)
    assert isinstance(package, dict)
    here = {dataset.id for dataset in imported.inventory.datasets}
    faults = [plain_finding(f) for f in imported.judgement.findings if f.dataset not in here and f.severity != "info"]
    kept = {key: value for key, value in imported.release.items() if key not in _LISTS}
    if solved:  # what the folder draws; it follows from the summary and stands beside its hash
        spreads = solved.background.uncertain
        kept["drawing"] = {"uncertain": spreads.size if spreads else 0, "undrawn": dict(solved.assembled.undrawn)}
    identity = digest({**asdict(source), "summary": imported.release["hash"], "background": background})
    return Release(
        code=identity[:16],
        **asdict(source),
        format=imported.inventory.format,
        package=storable(str(package["name"])),
        package_sha256=package["sha256"],
        rule=gate["rule"],
        year=gate["year"],
        summary_hash=str(imported.release["hash"]),
        summary=canonical_json(kept).decode(),
        faults=canonical_json(faults).decode(),
        background=background,
        at=datetime.datetime.now(datetime.UTC),
        by=by,
    )
