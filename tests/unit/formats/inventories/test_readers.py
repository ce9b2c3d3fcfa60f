"""Every format brings the same power plant and steelworks, with the place that each number came from."""

import io
import json
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest

from tests.unit.formats.inventories import packages
from zuji.formats.databases import FORMATS, read_package
from zuji.formats.gate import Case, judge
from zuji.formats.gate.assembly import assemble
from zuji.formats.inventory import Inventory, gather, part_from_plain

EACH: dict[str, tuple[str, Callable[[], bytes]]] = {
    "ilcd": ("steel.zip", lambda: packages.zipped(packages.ilcd_files())),
    "ecospold1": ("steel.xml", lambda: packages.ECOSPOLD1),
    "ecospold2": ("steel.zip", lambda: packages.zipped(packages.ecospold2_files())),
    "olca": ("steel.zip", lambda: packages.zipped(packages.olca_files(2))),
    "olca 1.x": ("steel.zip", lambda: packages.zipped(packages.olca_files(1))),
    "simapro": ("steel.csv", packages.SIMAPRO.encode),
    "simapro GBK": ("steel.csv", lambda: packages.SIMAPRO.encode("gbk")),
    "brightway": ("steel.xlsx", packages.workbook),
}


def read(data: bytes, form: str, name: str = "package.zip") -> Inventory:
    """As an import reads it, through plain data and back."""
    return gather(form, [part_from_plain(json.loads(json.dumps(line["part"]))) for line in read_package(data, form=form, name=name)])


@pytest.mark.parametrize("label", EACH)
def test_the_same_two_datasets_come_out_of_every_format(label: str) -> None:
    name, make = EACH[label]
    inventory = read(make(), label.partition(" ")[0], name)
    assert inventory.faults == ()
    assert len(inventory.datasets) == 2
    judgement = judge(Case(inventory, 2026), "only-provider")
    assert judgement.refused == {}
    assert len(judgement.complete) == 2
    (link,) = judgement.linking.links
    case = Case(inventory, 2026)
    mill = case.datasets[link.dataset]
    assert mill.location == "CN"
    assert {case.direct[d] for d in case.datasets} == {Decimal("0.9"), Decimal("1.9")}
    taken = mill.exchange(link.exchange)
    assert taken is not None
    assert (taken.amount, inventory.unit(taken)) in {(Decimal("1.8"), "MJ"), (Decimal("0.5"), "kWh"), (Decimal("0.5"), "kilowatt hour")}
    assert taken.place.file
    assert taken.place.element


def test_an_ilcd_fault_names_file_and_element_and_the_rest_comes_in() -> None:
    files = packages.ilcd_files()
    files["ILCD/processes/mill.xml"] = files["ILCD/processes/mill.xml"].replace(b"<resultingAmount>1.8<", b"<resultingAmount>a lot<")
    inventory = read(packages.zipped(files), "ilcd")
    (fault,) = inventory.faults
    assert fault.dataset == packages.MILL
    assert fault.place.file == "ILCD/processes/mill.xml"
    assert "exchange[1]" in fault.place.element
    assert "resultingAmount" in fault.place.element
    assert [d.id for d in inventory.datasets] == [packages.PLANT]
    assert judge(Case(inventory, 2026)).refused == {packages.MILL: ("unreadable.not-a-number",)}


@pytest.mark.parametrize("number", ["NaN", "INF", "1e400", "1,8"])
def test_no_number_that_is_none_comes_in(number: str) -> None:
    files = {name: content.replace(b">1.8<", f">{number}<".encode()) for name, content in packages.ilcd_files().items()}
    assert [fault.dataset for fault in read(packages.zipped(files), "ilcd").faults] == [packages.MILL]


def test_a_file_of_another_kind_is_a_fault_with_its_name() -> None:
    files = packages.ilcd_files()
    files["ILCD/flows/steel.xml"] = b"%PDF-1.7"
    inventory = read(packages.zipped(files), "ilcd")
    assert [(fault.code, fault.place.file) for fault in inventory.faults] == [("mislabelled", "ILCD/flows/steel.xml")]
    assert judge(Case(inventory, 2026)).admitted == {packages.PLANT}


def test_one_uuid_with_two_contents_keeps_both_out() -> None:
    files = packages.ilcd_files()
    files["ILCD/processes/copy.xml"] = files["ILCD/processes/mill.xml"].replace(b"1.9", b"9.1")
    judgement = judge(Case(read(packages.zipped(files), "ilcd"), 2026))
    assert judgement.refused == {packages.MILL: ("identity.conflict",)}


def test_a_simapro_formula_is_refused_with_its_line() -> None:
    text = packages.SIMAPRO.replace("kWh;0,5;", "kWh;2*losses;")
    inventory = read(text.encode(), "simapro", "steel.csv")
    (fault,) = inventory.faults
    assert "Convert expressions" in fault.en
    assert "line" in fault.place.element
    assert len(inventory.datasets) == 1


def test_a_simapro_file_that_is_cut_off_brings_nothing() -> None:
    inventory = read(packages.SIMAPRO[:700].encode(), "simapro", "steel.csv")
    assert inventory.datasets == ()
    assert [fault.code for fault in inventory.faults] == ["truncated"]


def test_a_formula_that_nobody_calculated_is_refused_with_its_row() -> None:
    book = openpyxl.load_workbook(io.BytesIO(packages.workbook()))
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["D"] if cell.value == 0.5)
    sheet.cell(row, 4).value = "=1/2"
    out = io.BytesIO()
    book.save(out)
    (fault,) = read(out.getvalue(), "brightway", "steel.xlsx").faults
    assert fault.code == "formula"
    assert f"row {row}" in fault.place.element


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"PK\x03\x04", b"<a/>", b"{}", b"[1]", b"null", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("suffix", [".xml", ".json", ".csv", ".xlsx", ".spold"])
def test_no_content_makes_a_reader_raise(form: str, content: bytes, suffix: str) -> None:
    part = FORMATS[form](f"a{suffix}", content)
    assert not part.datasets


@pytest.mark.parametrize("side", [True, False])
def test_an_avoided_product_of_openlca_is_a_credit_though_it_is_written_as_an_input(side: bool) -> None:
    files = packages.olca_files(2)
    mill = json.loads(files["processes/mill.json"])
    replaced = {
        "internalId": 9,
        "flow": {"@id": packages.POWER},
        "amount": 0.8,
        "unit": {"name": "MJ"},
        "isInput": side,
        "isAvoidedProduct": True,
    }
    mill["exchanges"].append(replaced)
    files["processes/mill.json"] = json.dumps(mill).encode()
    case = Case(read(packages.zipped(files), "olca"), 2026)
    judgement = judge(case, "only-provider")
    assert judgement.refused == {}
    made = assemble(case, judgement)
    assert made.lacks == ()
    assert made.needs.amounts.tolist() == pytest.approx([1.8 - 0.8])
