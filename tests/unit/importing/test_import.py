"""An import as a whole: in a child, resumable, the same every time; whatever the package does, the caller lives."""

import fcntl
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.unit.formats.inventories import packages
from zuji.formats.databases import READER, read_package
from zuji.importing import ImportRefused, import_inventory
from zuji.sandbox import Limits


def package(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    path = folder / "steel.zip"
    path.write_bytes(packages.zipped(files or packages.ilcd_files()))
    return path


def unpacked(folder: Path) -> Path:
    for name, content in packages.ilcd_files().items():
        path = folder / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "unpacked"


def test_a_zip_and_its_folder_bring_the_same(tmp_path: Path) -> None:
    one = import_inventory(package(tmp_path), "ilcd", rule="only-provider", year=2026)
    other = import_inventory(unpacked(tmp_path), "ilcd", rule="only-provider", year=2026)
    assert one.inventory.fingerprint == other.inventory.fingerprint
    assert one.judgement.admitted == {packages.MILL, packages.PLANT}
    again = import_inventory(package(tmp_path), "ilcd", rule="only-provider", year=2026)
    assert json.dumps(one.release) == json.dumps(again.release)
    assert one.release["hash"] != other.release["hash"]  # another package, though of the same content


def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    whole = import_inventory(package(tmp_path), "ilcd", year=2026)
    work = tmp_path / "work"
    work.mkdir()
    reference = import_inventory(package(tmp_path), "ilcd", year=2026, work=work)
    assert list(work.iterdir()) == []
    # A spool as an interruption leaves it: some whole lines and the beginning of one.
    spool = _spool(tmp_path, work, lines=5)
    spool.write_bytes(spool.read_bytes() + b'{"file": "cut o')
    resumed = import_inventory(package(tmp_path), "ilcd", year=2026, work=work)
    assert resumed.resumed_at == 5
    assert resumed.release == whole.release == reference.release
    assert list(work.iterdir()) == []


def test_what_was_read_stays_until_it_is_kept_elsewhere(tmp_path: Path) -> None:
    """An import that is interrupted while it is judged or stored does not read its package again."""
    work = tmp_path / "work"
    first = import_inventory(package(tmp_path), "ilcd", year=2026, work=work, keep=True)
    assert first.resumed_at == 0
    assert len(list(work.iterdir())) == 1
    again = import_inventory(package(tmp_path), "ilcd", year=2026, work=work, keep=True)
    assert again.resumed_at == len(packages.ilcd_files())
    assert again.release == first.release
    again.finish()
    assert list(work.iterdir()) == []
    again.finish()


def test_two_imports_of_one_package_in_one_folder_exclude_each_other(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    with _spool(tmp_path, work, lines=2).open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ImportRefused, match="Another import"):
            import_inventory(package(tmp_path), "ilcd", year=2026, work=work)
    assert import_inventory(package(tmp_path), "ilcd", year=2026, work=work).resumed_at == 2


def _spool(tmp_path: Path, work: Path, lines: int) -> Path:
    """The spool of an import that was killed after so many files."""
    data = package(tmp_path).read_bytes()
    path = work / f"{hashlib.sha256(data).hexdigest()[:32]}-ilcd-{READER}.jsonl"
    held = [json.dumps(line) for line in read_package(data, form="ilcd", name="steel.zip")]
    path.write_text("".join(f"{line}\n" for line in held[:lines]))
    return path


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)
    (folder / "ILCD" / "processes" / "passwd.xml").symlink_to("/etc/passwd")
    with pytest.raises(ImportRefused, match="link"):
        import_inventory(folder, "ilcd", year=2026)


def test_a_package_without_a_dataset_of_the_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no dataset"):
        import_inventory(package(tmp_path), "ecospold2", year=2026)


def test_memory_that_runs_out_costs_the_child_only(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ILCD/processes/large.xml", b"<a>" + b"<b/>" * 5_000_000 + b"</a>")
    path = tmp_path / "large.zip"
    path.write_bytes(out.getvalue())
    with pytest.raises(ImportRefused, match="memory"):
        import_inventory(path, "ilcd", year=2026, limits=Limits(memory=300 << 20, cpu=60, wall=90, output=1 << 30))


def test_a_file_with_an_entity_is_a_fault_and_reads_nothing_else(tmp_path: Path) -> None:
    files = packages.ilcd_files()
    secret = tmp_path / "secret"
    secret.write_text("CANARY-91")
    files["ILCD/processes/mill.xml"] = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><processDataSet>&x;</processDataSet>'.encode()
    done = import_inventory(package(tmp_path, files), "ilcd", year=2026)
    assert done.judgement.admitted == {packages.PLANT}
    assert "CANARY-91" not in json.dumps(done.release)
