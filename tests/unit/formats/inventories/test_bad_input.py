"""Bad files in every format: the message names file and element, what is bad stays out as a whole, and the rest comes in."""

import io
import json
from collections.abc import Callable

import openpyxl
import pytest

from tests.unit.formats.inventories import packages
from tests.unit.formats.inventories.test_readers import read
from zuji.formats import tidas
from zuji.formats.gate import Case, judge
from zuji.formats.intake import PackageRefused

Files = dict[str, bytes]


def in_tidas() -> Files:
    return dict(tidas.write_package(read(packages.zipped(packages.ilcd_files()), "ilcd")).files)


def in_brightway(old: object, new: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(packages.workbook()))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new  # type: ignore[assignment]  # whatever the test writes
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(files: Files, old: str, new: str, encoding: str = "utf-8") -> Files:
    return {name: content.replace(old.encode(encoding), new.encode(encoding)) for name, content in files.items()}


# Of each format: the package with the steelworks' 1.9 kg of CO2 written as a text.
TEXT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "ilcd": ("a.zip", lambda: packages.zipped(replaced(packages.ilcd_files(), "<resultingAmount>1.9<", "<resultingAmount>about two<"))),
    "tidas": ("a.zip", lambda: packages.zipped(replaced(in_tidas(), '"resultingAmount": "1.9"', '"resultingAmount": "about two"'))),
    "ecospold1": ("a.xml", lambda: packages.ECOSPOLD1.replace(b'meanValue="1.9"', b'meanValue="about two"')),
    "ecospold2": ("a.zip", lambda: packages.zipped(replaced(packages.ecospold2_files(), 'amount="1.9"', 'amount="about two"'))),
    "olca": ("a.zip", lambda: packages.zipped(replaced(packages.olca_files(), '"amount": 1.9', '"amount": "about two"'))),
    "simapro": ("a.csv", lambda: packages.SIMAPRO.replace("kg;1,9;", "kg;about two;").encode()),
    "brightway": ("a.xlsx", lambda: in_brightway(1.9, "about two")),
}


@pytest.mark.parametrize("form", TEXT)
def test_a_text_in_place_of_a_number_keeps_its_dataset_out_and_is_named(form: str) -> None:
    name, make = TEXT[form]
    inventory = read(make(), form, name)
    (fault,) = inventory.faults
    assert fault.code == "not-a-number"
    assert "about two" in fault.en
    assert fault.place.file
    assert fault.place.element, "where in the file"
    assert [exchange.amount for d in inventory.datasets for exchange in d.exchanges if str(exchange.amount) == "0.9"], "the other came in"
    assert len(inventory.datasets) == 1


@pytest.mark.parametrize(
    ("form", "name", "make"),
    [
        ("ilcd", "a.zip", lambda: packages.zipped({n: c.decode().encode("utf-16") for n, c in packages.ilcd_files().items() if n.endswith(".xml")})),
        ("olca", "a.zip", lambda: packages.zipped({n: c.decode().encode("utf-16") for n, c in packages.olca_files().items()})),
        ("simapro", "a.csv", lambda: packages.SIMAPRO.encode("utf-16")),
        ("ecospold1", "a.xml", lambda: packages.ECOSPOLD1.decode("gbk").replace("GBK", "UTF-16").encode("utf-16")),
        ("ecospold1", "a.xml", lambda: packages.ECOSPOLD1),
        ("simapro", "a.csv", lambda: packages.SIMAPRO.encode("gb18030")),
    ],
)  # fmt: skip
def test_honest_files_in_utf_16_and_gbk_are_read(form: str, name: str, make: Callable[[], bytes]) -> None:
    inventory = read(make(), form, name)
    assert inventory.faults == ()
    assert len(inventory.datasets) == 2
    if form != "olca":  # whose fixture has English names only
        assert any("炼钢" in d.name.words or "粗钢" in d.name.words for d in inventory.datasets)


CUT: dict[str, Callable[[], Files]] = {
    "ilcd": packages.ilcd_files,
    "tidas": in_tidas,
    "ecospold2": packages.ecospold2_files,
    "olca": packages.olca_files,
    "ecospold1": lambda: {"a.xml": packages.ECOSPOLD1},
    "simapro": lambda: {"a.csv": packages.SIMAPRO.encode()},
}


@pytest.mark.parametrize("form", CUT)
def test_a_file_that_is_cut_off_brings_nothing_of_itself(form: str) -> None:
    """One file of a package, or the whole where the format is one file: half of it is not half a database."""
    files = CUT[form]()
    cut = next(n for n in sorted(files) if len(files) == 1 or packages.MILL in n or n.endswith(("mill.xml", "mill.json")))
    files[cut] = files[cut][: len(files[cut]) * 2 // 3]
    inventory = read(packages.zipped(files) if len(files) > 1 else files[cut], form, cut if len(files) == 1 else "a.zip")
    (fault,) = inventory.faults
    assert fault.place.file == cut
    assert len(inventory.datasets) == (0 if len(files) == 1 else 1)


def test_a_workbook_that_is_cut_off_is_refused() -> None:
    whole = packages.workbook()
    with pytest.raises(PackageRefused, match="cut off"):
        read(whole[: len(whole) // 2], "brightway", "a.xlsx")


def test_one_uuid_with_two_contents_stays_out_in_json_too() -> None:
    files = packages.olca_files()
    mill = json.loads(files["processes/mill.json"])
    mill["exchanges"][2]["amount"] = 19.0
    files["processes/twin.json"] = json.dumps(mill).encode()
    judgement = judge(Case(read(packages.zipped(files), "olca"), 2026), "only-provider")
    assert judgement.refused == {packages.MILL: ("identity.conflict",)}
    assert judgement.admitted == {packages.PLANT}
