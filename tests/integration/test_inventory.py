"""A database that was imported: kept whole or not at all, solved, shown to whom it may be shown, and its values taken over as factors."""

import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg
from django.conf import settings as django_settings
from django.db import Error, connection, transaction

from tests import cast
from tests.integration.conftest import World
from tests.integration.inventories import BROKEN, FORGE, MILL, PLANT, QUARRY, SILENT, SOURCE, imported
from zuji.engine.exact import solve_transposed
from zuji.importing import Imported, import_inventory
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.factors import queries as factors
from zuji.registry.factors.fitting import fitting
from zuji.registry.inventory import operations, queries
from zuji.registry.inventory.adopting import adopt
from zuji.registry.inventory.models import Content, Dataset, Release
from zuji.registry.inventory.solved import _opened, opened
from zuji.registry.refusals import NotAllowed, NotFound, Refused


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported(tmp_path_factory.mktemp("database"))


@pytest.fixture
def background(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")
    return tmp_path / "background"


@pytest.fixture
def release(db: None, background: Path, read: Imported) -> str:
    return operations.store(viewer=SYSTEM, imported=read, source=SOURCE).code


def exact_intensities() -> dict[str, Fraction]:
    """Steel and power by the exact engine: the loop of the small database in fractions, kgCO2e per kg and per MJ."""
    columns: list[dict[int, Fraction]] = [{1: Fraction("1.8")}, {0: Fraction("0.01") / Fraction("3.6")}]
    steel, power = solve_transposed(columns, {0: Fraction("1.9"), 1: Fraction("0.9") / Fraction("3.6")})
    return {MILL: steel, PLANT: power}


def test_every_dataset_is_kept_with_its_standing(release: str, read: Imported) -> None:
    found = {row.uuid: row for row in queries.datasets(release, viewer=ANYONE).rows}
    standings = {MILL: "usable", PLANT: "usable", FORGE: "gaps", QUARRY: "direct", SILENT: "nothing", BROKEN: "refused"}
    assert {uuid: row.standing for uuid, row in found.items()} == standings
    assert found[BROKEN].reasons == ("reference.zero",)
    assert found[BROKEN].value is None
    assert found[SILENT].value is None, "not stated is not zero"
    assert (found[FORGE].inputs, found[FORGE].supplied, found[FORGE].lacks) == (2, 1, 1)
    sheet = queries.release(release, viewer=ANYONE)
    assert (sheet.datasets, sheet.admitted, sheet.complete, sheet.usable) == (6, 5, 3, 2)
    assert sheet.summary["counts"]["refused"] == 1
    assert sheet.summary_hash == read.release["hash"]
    assert (sheet.publisher, sheet.licence, sheet.rule) == ("足迹", "CC0-1.0", "only-provider")
    assert sheet.solution["in_loops"] == 2
    assert sheet.solution["residual"] < 1e-12


def test_intensities_are_those_of_the_exact_engine(release: str) -> None:
    for uuid, exact in exact_intensities().items():
        found = queries.intensities(release, uuid, viewer=ANYONE)
        for gwp in ("AR5", "AR6"):
            assert abs(Fraction(found.values[f"{gwp}/total"]) / exact - 1) < Fraction(1, 10**12)
        assert found.values["AR6/total"] == sum(found.values[f"AR6/{part}"] for part in ("fossil", "biogenic", "removal"))
        assert found.complete
    forged = queries.intensities(release, FORGE, viewer=ANYONE)
    assert not forged.complete
    assert forged.values["AR6/total"] == pytest.approx(0.7 + 1.1 * float(exact_intensities()[MILL]), rel=1e-12)
    with pytest.raises(Refused, match="no number"):
        queries.intensities(release, BROKEN, viewer=ANYONE)
    with pytest.raises(NotFound):
        queries.intensities(release, "nothing", viewer=ANYONE)


def test_what_is_behind_a_number_sums_to_it(release: str) -> None:
    for uuid in (MILL, PLANT, FORGE):
        row = Dataset.objects.get(release=release, uuid=uuid)
        found = queries.behind(release, row.number, viewer=ANYONE)
        assert found is not None
        assert sum(one.value for one in found.contributions) + found.rest == pytest.approx(found.total, rel=1e-12)
        assert found.with_gaps == (1 if uuid == FORGE else 0)
        emitted = sum(own for _, _, own in found.nodes)
        assert emitted == pytest.approx(found.total, rel=1e-12)
        for number, through, own in found.nodes:
            taken = sum(value for consumer, _, value in found.links if consumer == number)
            assert own + taken == pytest.approx(through, rel=1e-9, abs=1e-12)
    silent = Dataset.objects.get(release=release, uuid=SILENT)
    assert queries.behind(release, silent.number, viewer=ANYONE) is None


def test_the_same_import_twice_is_one_release(release: str, read: Imported) -> None:
    before = (Dataset.objects.count(), Event.objects.count())
    again = operations.store(viewer=SYSTEM, imported=read, source=SOURCE)
    assert again == operations.Stored(release, new=False)
    assert (Dataset.objects.count(), Event.objects.count()) == before


def test_another_content_under_the_same_name_is_refused(release: str, tmp_path: Path) -> None:
    files = {"ILCD/processes/more.xml": (tmp_path / "x").name.encode()}
    other = imported(tmp_path / "other", files)
    with pytest.raises(Refused, match="never overwritten"):
        operations.store(viewer=SYSTEM, imported=other, source=SOURCE)
    assert Release.objects.count() == 1
    assert operations.store(viewer=SYSTEM, imported=other, source=replace(SOURCE, edition="2")).new


def test_two_contents_under_one_identifier_stay_out_and_overwrite_nothing(db: None, background: Path, tmp_path: Path) -> None:
    twin = {
        "ILCD/processes/twin.xml": files_of("processes/mill.xml")
        .replace(b"<meanAmount>1.9<", b"<meanAmount>19<")
        .replace(b">1.9<", b">19<")
    }
    code = operations.store(viewer=SYSTEM, imported=imported(tmp_path / "twin", twin), source=SOURCE).code
    row = Dataset.objects.get(release=code, uuid=MILL)
    assert row.standing == "refused"
    assert "identity.conflict" in row.reasons


def files_of(name: str) -> bytes:
    from tests.integration.inventories import files  # noqa: PLC0415  # only this test changes a file of it

    return files()[f"ILCD/{name}"]


def test_an_import_that_is_interrupted_leaves_nothing(db: None, background: Path, read: Imported, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(operations, "record", cut)  # the last statement of the transaction
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        operations.store(viewer=SYSTEM, imported=read, source=SOURCE)
    assert (Release.objects.count(), Dataset.objects.count(), Content.objects.count()) == (0, 0, 0)
    monkeypatch.undo()
    assert operations.store(viewer=SYSTEM, imported=read, source=SOURCE).new, "what it left on the disk is taken up again"


@pytest.mark.parametrize("table", ["inventory_release", "inventory_dataset", "inventory_content"])
def test_the_database_itself_refuses_changes(release: str, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {'name' if table.endswith('release') else 'digest'} = 'x'"):  # noqa: S608  # names of tables
        changed = statement.replace("digest", "findings") if table.endswith("content") else statement
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(changed)


def test_only_operators_import_and_only_they_see_what_is_not_public(
    world: World, as_: Callable[[cast.Person], Viewer], background: Path, read: Imported
) -> None:
    closed = replace(SOURCE, name="专有数据库", public=False)
    for person in (cast.OWNER, cast.AUTHORITY, cast.STRANGER):
        with pytest.raises(NotAllowed):
            operations.store(viewer=as_(person), imported=read, source=closed)
    operator = as_(cast.OPERATOR)
    code = operations.store(viewer=operator, imported=read, source=closed).code
    assert queries.release(code, viewer=operator).by == operator.name
    for viewer in (ANYONE, as_(cast.OWNER)):
        assert code not in [row.code for row in queries.releases(viewer=viewer)]
        for asked in (queries.release, queries.datasets):
            with pytest.raises(NotFound):
                asked(code, viewer=viewer)
        with pytest.raises(NotFound):
            queries.dataset(code, 1, viewer=viewer)
        with pytest.raises(NotFound):
            queries.behind(code, 1, viewer=viewer)


@pytest.mark.parametrize(
    "source",
    [replace(SOURCE, name=" "), replace(SOURCE, publisher=""), replace(SOURCE, licence="  ")],
    ids=["name", "publisher", "licence"],
)
def test_a_database_without_a_source_is_refused(db: None, background: Path, read: Imported, source: operations.Source) -> None:
    with pytest.raises(Refused, match="publisher"):
        operations.store(viewer=SYSTEM, imported=read, source=source)


def test_the_event_names_what_was_stored(release: str, read: Imported) -> None:
    event = Event.objects.order_by("-number").first()
    assert event is not None
    assert (event.action, event.subject, event.actor) == ("inventory.stored", f"inventory:{release}", "system")
    assert str(read.release["hash"]) in event.details


def test_altered_files_show_no_number(release: str, background: Path) -> None:
    place = background / Release.objects.get(code=release).background / "values.npy"
    content = bytearray(place.read_bytes())
    content[-1] ^= 1
    os.chmod(place, 0o600)  # noqa: PTH101  # as somebody on the machine would
    place.write_bytes(content)
    _opened.cache_clear()
    with pytest.raises(Refused, match="altered"):
        queries.intensities(release, MILL, viewer=ANYONE)


def test_a_search_finds_words_of_both_languages_and_pages(release: str) -> None:
    assert [row.uuid for row in queries.datasets(release, viewer=ANYONE, query="炼钢").rows] == [MILL]
    assert [row.uuid for row in queries.datasets(release, viewer=ANYONE, query="STEELWORKS cn").rows] == [MILL]
    assert queries.datasets(release, viewer=ANYONE, query="%").total == 0
    paged = queries.datasets(release, viewer=ANYONE, page=3, size=2)
    assert (len(paged.rows), paged.page, paged.pages, paged.total) == (2, 3, 3, 6)
    only = queries.datasets(release, viewer=ANYONE, standing="refused")
    assert ([row.uuid for row in only.rows], only.total, only.counts["usable"]) == ([BROKEN], 1, 2)


def test_a_value_becomes_an_unverified_factor_whose_parts_sum_to_it(release: str) -> None:
    made = adopt(viewer=SYSTEM, release=release, datasets=[MILL])
    assert made == [f"LCI-{MILL}-AR5@{release}", f"LCI-{MILL}-AR6@{release}"]
    sheet = factors.sheet(f"LCI-{MILL}-AR6", release)
    assert abs(Fraction(sheet.value) / exact_intensities()[MILL] - 1) < Fraction(1, 10**11)
    assert sum((Decimal(part.kg) for part in sheet.parts), Decimal(0)) == Decimal(sheet.value)
    assert (sheet.confidence, sheet.unit, sheet.gwp, sheet.kind) == ("unverified", "kgCO2e/kg", "AR6", "life-cycle")
    assert "试验数据库 1" in sheet.source
    assert MILL in sheet.source
    assert sheet.licence == "CC0-1.0"
    before = Event.objects.count()
    assert adopt(viewer=SYSTEM, release=release, datasets=[MILL]) == made
    assert Event.objects.count() == before
    assert not [row for row in fitting("kgCO2e/kg", query="转炉炼钢").rows if row.id.startswith("LCI-")], (
        "calculations take reviewed factors"
    )


@pytest.mark.parametrize(
    ("uuid", "reason"), [(FORGE, "supplier"), (QUARRY, "own emissions"), (SILENT, "greenhouse gas"), (BROKEN, "errors")]
)
def test_what_is_not_whole_never_becomes_a_factor(release: str, uuid: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        adopt(viewer=SYSTEM, release=release, datasets=[MILL, uuid])
    assert not factors.rows([f"LCI-{MILL}-AR6"]), "all are taken over, or none"


def test_only_operators_take_values_over(world: World, as_: Callable[[cast.Person], Viewer], release: str) -> None:
    with pytest.raises(NotAllowed):
        adopt(viewer=as_(cast.OWNER), release=release, datasets=[MILL])
    with pytest.raises(NotFound):
        adopt(viewer=as_(cast.OPERATOR), release=release, datasets=["nothing"])


def test_a_part_of_tiangong_is_stored_and_solved_like_the_oracle(db: None, background: Path, samples: Path) -> None:
    """Real files: SciPy's LU of the same matrix gives the same numbers, and nothing with a gap is called usable."""
    package = samples / "samples" / "ilcd" / "tiangong_hubei_subset.zip"
    read = import_inventory(package, "ilcd", rule="location-then-share", year=2026)
    tiangong = operations.Source(name="TianGong", publisher="TianGong LCA Data Initiative", licence="MIT", public=True)
    code = operations.store(viewer=SYSTEM, imported=read, source=tiangong).code
    sheet = queries.release(code, viewer=ANYONE)
    assert sheet.datasets == 56
    assert sum(sheet.standings.values()) == 56
    here = opened(Release.objects.get(code=code).background)
    needs, values = here.background.needs, here.background.values
    matrix = scipy.sparse.csr_array((needs.amounts, needs.suppliers, needs.starts), shape=(needs.rows, needs.rows))
    oracle = scipy.sparse.linalg.splu((scipy.sparse.eye_array(needs.rows) - matrix).tocsc()).solve(np.array(here.background.burdens))
    assert np.allclose(values, oracle, rtol=1e-9, atol=1e-12)
    lacking = set(Dataset.objects.filter(release=code, lacks__gt=0).values_list("uuid", flat=True))
    usable = set(Dataset.objects.filter(release=code, standing="usable").values_list("uuid", flat=True))
    assert not usable & lacking
    for row in Dataset.objects.filter(release=code, position__isnull=False).exclude(standing="nothing"):
        found = queries.behind(code, row.number, viewer=ANYONE)
        assert found is not None
        assert sum(one.value for one in found.contributions) + found.rest == pytest.approx(found.total, rel=1e-9)
