"""What is written is read again as the same, whatever the inventory; others' validators judge the files."""

import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.formats import steelworks
from tests.unit.formats.inventories import packages
from tests.unit.formats.inventories.test_readers import read
from zuji.formats import ilcd, tidas
from zuji.formats.ilcd import Lost, Written
from zuji.formats.inventory import Dataset, Exchange, Flow, Inventory, Name

WRITERS = {"ilcd": ilcd.write_package, "tidas": tidas.write_package}
# What the schema of TIDAS demands and an inventory does not hold: who reviewed, commissioned and entered, when, and a class of CPC or ISIC.
# A package of ours is a draft until somebody adds them; nothing is made up.
DEMANDED = {
    "'treatmentStandardsRoutes'", "'mixAndLocationTypes'", "'common:generalComment'", "'dataCutOffAndCompletenessPrinciples'",
    "'annualSupplyOrProductionVolume'", "'validation'", "'complianceDeclarations'", "'common:timeStamp'", "'modellingAndValidation'",
    "'common:referenceToPersonOrEntityEnteringTheData'", "'common:permanentDataSetURI'", "'common:commissionerAndGoal'",
    "'common:referenceToOwnershipOfDataSet'", "'common:synonyms'", "'@version'", "'@catId'",  # the last: a number of the European list of categories

}  # fmt: skip

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
names = st.builds(Name, zh=words, en=words)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e9"), max_value=Decimal("1e9"))


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """The steelworks with other names, amounts, directions, years and places."""
    inventory = steelworks.sound()
    flows = {f.id: replace(f, name=draw(names)) for f in inventory.flows.values()}

    def exchange(held: Exchange) -> Exchange:
        return replace(held, amount=draw(amounts), direction=draw(st.sampled_from(("input", "output"))), name=flows[held.flow].name,
                       comment=draw(words))  # fmt: skip

    def dataset(held: Dataset) -> Dataset:
        year = draw(st.integers(1950, 2026))
        return replace(held, name=draw(names), year=year, valid_until=year + 5, location=draw(st.sampled_from(("CN", "HUB-CN", "GLO"))),
                       exchanges=tuple(exchange(e) for e in held.exchanges))  # fmt: skip

    return replace(inventory, flows=flows, datasets=tuple(dataset(d) for d in inventory.datasets))


def substance(inventory: Inventory) -> tuple[object, ...]:
    """What must survive: everything but places, digests, and classes that a schema demands."""

    def of(flow: Flow) -> object:
        return flow.id, flow.name, flow.kind, flow.cas, flow.measures, flow.reference_property

    def line(dataset: Dataset) -> object:
        exchanges = [(e.number, e.flow, e.name, e.direction, e.amount, e.comment) for e in dataset.exchanges]
        return (dataset.id, dataset.version, dataset.name, dataset.kind, dataset.references, dataset.location, dataset.year, dataset.valid_until,
                dataset.sources, dataset.licence, dataset.owner, exchanges)  # fmt: skip

    groups = [(g.id, g.name, g.units, g.reference) for g in inventory.groups.values()]
    properties = [(p.id, p.name, p.unit_group) for p in inventory.properties.values()]
    return [line(d) for d in inventory.datasets], [of(f) for f in inventory.flows.values()], properties, groups


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=30)
@given(inventory=inventories())
def test_what_is_written_is_read_again(form: str, inventory: Inventory) -> None:
    written = WRITERS[form](inventory)
    again = read(packages.zipped(dict(written.files)), form)
    assert again.faults == ()
    assert substance(again) == substance(inventory)
    assert WRITERS[form](inventory).files == written.files


def test_from_openlca_through_ilcd_the_losses_are_listed() -> None:
    inventory = read(packages.zipped(packages.olca_files()), "olca")
    written = ilcd.write_package(inventory)
    assert written.lost == (Lost("supplier", packages.MILL, 2),)


def test_an_amount_in_another_unit_is_converted_and_said() -> None:
    inventory = steelworks.spoilt(exchange=3, unit="kWh", amount=Decimal("0.5"))
    written = ilcd.write_package(inventory)
    assert written.lost == (Lost("unit of entry", steelworks.STEEL, 3),)
    again = read(packages.zipped(dict(written.files)), "ilcd")
    mill = next(d for d in again.datasets if d.id == steelworks.STEEL)
    assert mill.exchanges[2].amount == Decimal("1.8")


def judged(folder: Path, written: Written, form: str) -> tuple[int, set[str]]:
    """tidas-tools' verdict: its exit status and the messages of errors, colours and file names left out."""
    for name, content in written.files.items():
        path = folder / name.removeprefix("ILCD/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    tool = Path(sys.executable).with_name("tidas-validate")
    # It writes its log where it runs.
    done = subprocess.run(
        [tool, "--input-dir", folder, "--data-format", form], cwd=folder.parent, capture_output=True, text=True, check=False
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert "PASSED" in plain or "ERROR" in plain
    return done.returncode, {line.partition(": ")[2] for line in plain.splitlines() if "ERROR" in line}


def real() -> Inventory:
    """The hand-written package, whose identifiers are UUIDs throughout, as schemas demand."""
    return read(packages.zipped(packages.ilcd_files()), "ilcd")


def test_the_ilcd_schemas_accept_what_we_write(tmp_path: Path) -> None:
    assert judged(tmp_path, ilcd.write_package(real()), "ilcd") == (0, set())


def test_the_judge_finds_a_fault(tmp_path: Path) -> None:
    written = ilcd.write_package(real())
    spoilt = {name: content.replace(b"<exchangeDirection>Input", b"<exchangeDirection>Inwards") for name, content in written.files.items()}
    assert judged(tmp_path, replace(written, files=spoilt), "ilcd")[0] != 0


def test_the_tidas_schemas_miss_only_what_an_inventory_does_not_hold(tmp_path: Path) -> None:
    _, errors = judged(tmp_path, tidas.write_package(real()), "tidas")
    other = {e for e in errors if not (found := re.search(r"('[^']+') is a required property", e)) or found[1] not in DEMANDED}
    assert {e for e in other if not re.search(r"common:classification|unknown @(classId|catId)", e)} == set()
