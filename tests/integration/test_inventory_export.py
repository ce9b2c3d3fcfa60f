"""A stored database goes out as it came in: by the command line as a whole, on its page one dataset at a time."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import Error, connection, transaction
from django.test import Client

from tests.integration.inventories import FORGE, MILL, PLANT, SOURCE, YEAR, imported
from tests.unit.formats.inventories.packages import CO2, MASS, POWER
from zuji.cli import main
from zuji.formats.databases import REPORT, write_inventory
from zuji.formats.inventory import Inventory
from zuji.importing import Imported, import_inventory
from zuji.registry.accounts.viewer import ANYONE, SYSTEM
from zuji.registry.inventory import operations
from zuji.registry.inventory.keeping import inventory_of
from zuji.registry.inventory.models import Dataset, Kept
from zuji.registry.refusals import NotFound, Refused


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported(tmp_path_factory.mktemp("database"))


@pytest.fixture
def release(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, read: Imported) -> str:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")
    return operations.store(viewer=SYSTEM, imported=read, source=SOURCE).code


def same(one: Inventory, other: Inventory) -> bool:
    return (one.datasets, one.flows, one.properties, one.groups, one.documents) == (
        other.datasets, other.flows, other.properties, other.groups, other.documents
    )  # fmt: skip


def number(release: str, uuid: str) -> int:
    return Dataset.objects.get(release=release, uuid=uuid).number


def test_what_is_kept_is_what_was_read(release: str, read: Imported) -> None:
    assert same(inventory_of(release, viewer=ANYONE), read.inventory)
    mill = inventory_of(release, viewer=ANYONE, number=number(release, MILL))
    assert [d.id for d in mill.datasets] == [MILL]
    assert {CO2, POWER} < set(mill.flows)
    assert len(mill.flows) == 4
    assert MASS in mill.properties
    assert len(mill.groups) == 2
    assert len(mill.documents) == 1
    with pytest.raises(NotFound):
        inventory_of(release, viewer=ANYONE, number=99)


def test_an_older_release_says_so_and_the_same_import_adds_what_an_export_needs(release: str, read: Imported) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER inventory_kept_no_delete" + (" ON inventory_kept" if connection.vendor == "postgresql" else ""))
        Kept.objects.all().delete()
    with pytest.raises(Refused, match="Import it once more"):
        inventory_of(release, viewer=SYSTEM)
    place = f"/inventory/{release}/{number(release, MILL)}/"
    assert "ilcd.zip" not in Client().get(place).content.decode()
    assert Client().get(f"{place}ilcd.zip").status_code == 404
    assert operations.store(viewer=SYSTEM, imported=read, source=SOURCE) == operations.Stored(release, new=False)
    assert same(inventory_of(release, viewer=SYSTEM), read.inventory)


def test_kept_parts_are_never_changed(release: str) -> None:
    for statement in ("DELETE FROM inventory_kept", "UPDATE inventory_kept SET kind = 'x'"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("form", ["ilcd", "tidas"])
def test_a_dataset_is_downloaded_with_all_that_it_names(release: str, form: str, tmp_path: Path) -> None:
    place = f"/inventory/{release}/{number(release, MILL)}/"
    assert f"{place}{form}.zip" in Client().get(place).content.decode()
    answer = Client().get(f"{place}{form}.zip")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content == Client().get(f"{place}{form}.zip").content
    package = tmp_path / "one.zip"
    package.write_bytes(answer.content)
    again = import_inventory(package, form, rule="none", year=YEAR).inventory
    (mill,) = again.datasets
    before = inventory_of(release, viewer=ANYONE, number=number(release, MILL)).datasets[0]
    assert (mill.id, mill.name, mill.exchanges[1].amount, mill.sources) == (MILL, before.name, before.exchanges[1].amount, before.sources)
    said = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read(REPORT))
    assert said["files"]["processes"] == 1
    assert not said["missing"].get("dangling"), "all that it names is in the archive"
    assert Client().get(f"{place}olca.zip").status_code == 404


def test_what_is_not_public_is_not_downloaded(release: str, read: Imported) -> None:
    closed = operations.store(viewer=SYSTEM, imported=read, source=replace(SOURCE, name="专有", public=False)).code
    hidden = Client().get(f"/inventory/{closed}/{number(closed, MILL)}/ilcd.zip")
    assert hidden.status_code == 404
    with pytest.raises(NotFound):
        inventory_of(closed, viewer=ANYONE)


def test_the_command_writes_a_stored_release(release: str, read: Imported, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.zip"
    assert main(["export", "ilcd", release, "--to", str(target), "--lang", "en"]) == 0
    files = {entry.filename for entry in zipfile.ZipFile(target).infolist()}
    assert files == {*write_inventory(read.inventory, "ilcd").files, REPORT}
    assert "files that lack something the format demands: 0" in capsys.readouterr().out
    assert main(["export", "ilcd", release, "--to", str(target)]) == 2, "nothing is overwritten"
    assert main(["export", "tidas", release, "--to", str(tmp_path / "strict"), "--strict"]) == 3
    assert f"processes/{PLANT}: processDataSet/administrativeInformation/common:commissionerAndGoal" in capsys.readouterr().err
    assert not (tmp_path / "strict").exists()
    assert main(["export", "tidas", release, "--to", str(tmp_path / "forge"), "--dataset", FORGE]) == 0
    assert [path.stem for path in (tmp_path / "forge" / "processes").iterdir()] == [FORGE]
    assert main(["export", "tidas", "0" * 16, "--to", str(tmp_path / "none")]) == 2
