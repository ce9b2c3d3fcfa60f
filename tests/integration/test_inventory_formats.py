"""Every format through the command line: read, judged, solved, kept, read back; the same again is nothing new. Others' whole databases too."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.unit.formats.inventories import packages, test_uncertainty
from tests.unit.formats.inventories.test_readers import read
from zuji.cli import main
from zuji.formats import tidas
from zuji.registry.accounts.viewer import ANYONE, SYSTEM
from zuji.registry.inventory import queries
from zuji.registry.inventory.drawing import drawn
from zuji.registry.inventory.models import Dataset, Release
from zuji.registry.inventory.solved import opened

PLACE = ["--name", "试验", "--publisher", "足迹", "--licence", "CC0-1.0", "--public", "--year", "2026", "--lang", "en"]
STEEL = 1.9 + 0.5 * 0.9  # kgCO2e per kg: its own, and half a kilowatt hour of the power plant


@pytest.fixture(autouse=True)
def _background(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(django_settings, "BACKGROUND", tmp_path / "background")


def kept(form: str, path: Path, *more: str) -> str:
    """The code of the release that the command leaves."""
    assert main(["import", form, str(path), "--store", *PLACE, *more]) == 0
    return Release.objects.latest("at").code


def in_tidas(stated: test_uncertainty.Stated) -> bytes:
    return packages.zipped(dict(tidas.write_package(read(test_uncertainty.in_ilcd(stated), "ilcd")).files))


FILES = {**test_uncertainty.WRITERS, "tidas": ("steel.zip", in_tidas)}


@pytest.mark.parametrize("form", FILES)
def test_every_format_is_kept_whole_with_its_number_and_drawn(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The steelworks' own 1.9 kg is lognormal with a geometric standard deviation of 1.1, however the format says so."""
    name, make = FILES[form]
    path = tmp_path / name
    path.write_bytes(make(test_uncertainty.LN.get(form, test_uncertainty.LN["ilcd"])))
    code = kept(form, path, "--link", "only-provider")
    assert code in capsys.readouterr().out
    sheet = queries.release(code, viewer=ANYONE)
    assert (sheet.format, sheet.datasets, sheet.admitted) == (form, 2, 2)
    mill = next(row for row in queries.datasets(code, viewer=ANYONE).rows if row.value == pytest.approx(STEEL, rel=1e-12))
    exchanges = queries.dataset(code, mill.number, viewer=ANYONE).exchanges
    assert [line["suppliers"][0]["side"] for line in exchanges if line.get("suppliers")] == ["makes"]
    found = drawn(code, mill.uuid, viewer=SYSTEM, draws=4000, seed=2)
    assert found.uncertain == 1
    assert found.median == pytest.approx(STEEL, rel=0.005)
    assert found.high == pytest.approx(1.9 * 1.1**1.96 + 0.45, rel=0.01)
    assert main(["inventory", "draw", code, mill.uuid, "--draws", "64"]) == 0
    assert "97.5 %" in capsys.readouterr().out


def test_the_same_command_again_is_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "steel.csv"
    path.write_text(packages.SIMAPRO, encoding="gbk")
    assert kept("simapro", path) == kept("simapro", path)
    assert (Release.objects.count(), Dataset.objects.count()) == (1, 2)


def test_the_whole_of_uslci_is_kept(samples: Path) -> None:
    code = kept("olca", samples / "samples" / "openlca_jsonld" / "uslci_olca1_5_full_jsonld.zip", "--link", "only-provider")
    sheet = queries.release(code, viewer=ANYONE)
    assert (sheet.datasets, sheet.admitted) == (766, 630)
    assert sum(sheet.standings.values()) == Dataset.objects.filter(release=code).count() == 766
    assert sheet.solution["residual"] < 1e-12
    here = opened(Release.objects.get(code=code).background).background
    assert here.uncertain is not None
    assert sheet.summary["drawing"]["uncertain"] == here.uncertain.size > 20


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ("brightway", "brightway/lci-lithium.xlsx"),
        ("simapro", "simapro_csv/olca_process.csv"),
        ("tidas", "tidas/tidas-example-process.json"),
    ],
)
def test_a_real_file_of_the_other_formats_ends_in_words_or_a_release(form: str, path: str, samples: Path) -> None:
    """The TIDAS sample is one process without its flows: everything of it is refused, which is kept too."""
    status = main(["import", form, str(samples / "samples" / path), "--store", *PLACE, "--link", "only-provider"])
    sheet = queries.release(Release.objects.get().code, viewer=ANYONE)
    assert status == (0 if sheet.admitted else 3)
    assert sheet.datasets == sum(sheet.standings.values()) >= 1
