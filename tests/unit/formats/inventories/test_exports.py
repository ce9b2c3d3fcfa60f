"""What is written is read again as the same, whatever the inventory; others' validators judge the files, and agree with our list of what lacks."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.formats import steelworks
from tests.unit.formats.inventories import documented, judges, packages
from tests.unit.formats.inventories.test_readers import read
from zuji.formats import ilcd, tidas
from zuji.formats.ilcd import LOSSES, Gap, Lost, Tree, Written
from zuji.formats.ilcd.composing import uuid_of
from zuji.formats.ilcd.grammar import CHILDREN
from zuji.formats.inventory import Allocation, Dataset, Exchange, Flow, Inventory, Name, identity_of
from zuji.formats.tidas.classes import NUMBERS
from zuji.formats.tidas.demands import DEMANDS

WRITERS = {"ilcd": ilcd.write_package, "tidas": tidas.write_package}
FREE = "Free of charge for all users and uses"

latin = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=("C", "Z")), min_size=1, max_size=20)
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20)
names = st.builds(Name, zh=chinese, en=latin)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e9"), max_value=Decimal("1e9"))


def identified() -> Inventory:
    """The steelworks with UUIDs throughout, as both formats demand."""
    made = steelworks.sound()
    ids = {name: identity_of(name) for name in (*made.flows, *made.properties, *made.groups) if len(name) != 36}
    flows = {ids.get(f.id, f.id): replace(f, id=ids.get(f.id, f.id), version="", reference_property=ids[f.reference_property],
             measures=tuple(replace(m, property=ids[m.property]) for m in f.measures)) for f in made.flows.values()}  # fmt: skip
    properties = {ids[p.id]: replace(p, id=ids[p.id], version="", unit_group=ids[p.unit_group]) for p in made.properties.values()}
    groups = {ids[g.id]: replace(g, id=ids[g.id], version="") for g in made.groups.values()}
    datasets = tuple(
        replace(d, licence=FREE, exchanges=tuple(replace(e, flow=ids.get(e.flow, e.flow)) for e in d.exchanges)) for d in made.datasets
    )
    return replace(made, flows=flows, properties=properties, groups=groups, datasets=datasets)


IDENTIFIED = identified()


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """The steelworks with other names, amounts, directions, years, places, allocations and ways of knowing an amount."""
    flows = {f.id: replace(f, name=draw(names)) for f in IDENTIFIED.flows.values()}

    def exchange(held: Exchange) -> Exchange:
        return replace(held, amount=draw(amounts), direction=draw(st.sampled_from(("input", "output"))), name=flows[held.flow].name,
                       derivation=draw(st.sampled_from(("Measured", "Estimated", "Calculated"))), comment=draw(latin))  # fmt: skip

    def dataset(held: Dataset) -> Dataset:
        year, share = draw(st.integers(1950, 2026)), Decimal(draw(st.integers(0, 1000))) / 1000
        return replace(held, name=draw(names), year=year, valid_until=year + 5, location=draw(st.sampled_from(("CN", "HUB-CN", "GLO", ""))),
                       exchanges=tuple(exchange(e) for e in held.exchanges), allocations=(Allocation(1, share, 2),),
                       owner=draw(st.one_of(chinese, latin, st.just(""))), classification=tuple(draw(st.lists(latin, min_size=1, max_size=3))),
                       sources=draw(st.sampled_from(((), held.sources))))  # fmt: skip

    return replace(IDENTIFIED, flows=flows, datasets=tuple(dataset(d) for d in IDENTIFIED.datasets))


def substance(inventory: Inventory) -> object:
    """What must survive: everything but places, digests, and words that a schema demands where there are none."""

    def of(flow: Flow) -> object:
        return flow.id, flow.name, flow.kind, flow.cas, flow.formula, flow.location, flow.measures, flow.reference_property

    def line(dataset: Dataset) -> object:
        exchanges = [
            (e.number, e.flow, e.name, e.direction, e.amount, e.location, e.derivation, e.comment.strip()) for e in dataset.exchanges
        ]
        return (dataset.id, dataset.version, dataset.name, dataset.kind, dataset.references, dataset.location, dataset.year, dataset.valid_until,
                dataset.classification, dataset.sources, dataset.licence, dataset.owner, dataset.allocations, exchanges)  # fmt: skip

    groups = sorted((g.id, g.name, g.units, g.reference) for g in inventory.groups.values())
    properties = sorted((p.id, p.name, p.unit_group) for p in inventory.properties.values())
    documents = sorted((d.id, d.kind, str(d.name)) for d in inventory.documents.values() if d.id in inventory.documents)
    flows = sorted(inventory.flows.values(), key=lambda f: f.id)
    return [line(d) for d in inventory.datasets], [of(f) for f in flows], properties, groups, documents


def again(written: Written, form: str) -> Inventory:
    return read(packages.zipped(dict(written.files)), form)


def without_added(inventory: Inventory, before: Inventory) -> Inventory:
    """Without the contacts and sources that were only named before and have a file now."""
    return replace(inventory, documents={key: d for key, d in inventory.documents.items() if key in before.documents})


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=20, deadline=None)
@given(inventory=inventories())
def test_what_is_written_is_read_again(form: str, inventory: Inventory) -> None:
    written = WRITERS[form](inventory)
    found = again(written, form)
    assert found.faults == ()
    assert written.lost == ()
    assert substance(without_added(found, inventory)) == substance(inventory)
    assert WRITERS[form](inventory).files == written.files, "no time of its own"
    assert WRITERS[form](found).files == written.files, "and what was read is written the same"


@pytest.mark.parametrize("form", WRITERS)
def test_a_documented_database_is_valid_and_comes_back_word_for_word(form: str, tmp_path: Path) -> None:
    inventory = documented.complete()
    written = WRITERS[form](inventory)
    assert (written.lost, written.gaps) == ((), ())
    assert judges.complaints(written.files, form, tmp_path) == {}
    assert {name.removeprefix("ILCD/").partition("/")[0] for name in written.files} == set(judges.CATEGORIES)
    found = again(written, form)
    assert substance(found) == substance(inventory)
    other = "tidas" if form == "ilcd" else "ilcd"
    assert WRITERS[other](found).files == WRITERS[other](inventory).files, (
        "reviews, compliance and classes survive the way through the other format"
    )


def test_the_schemas_accept_ilcd_of_every_format(tmp_path: Path) -> None:
    """Identifiers, versions, units on flows, licences in words: whatever a format has, the ILCD written of it is valid."""
    for form, data in packages_of_every_format().items():
        inventory = read(data, form, f"a.{'xlsx' if form == 'brightway' else 'zip'}")
        written = ilcd.write_package(inventory)
        assert judges.complaints(written.files, "ilcd", tmp_path / form) == {}, form
        assert {lost.what for lost in written.lost} <= set(LOSSES)
        assert not [gap for gap in written.gaps if gap.how == "absent"], form
        found = again(written, "ilcd")
        before = sorted(inventory.datasets, key=lambda d: uuid_of(d.id))
        assert [len(d.exchanges) for d in found.datasets] == [len(d.exchanges) for d in before], form


def packages_of_every_format() -> Mapping[str, bytes]:
    return {
        "ilcd": packages.zipped(packages.ilcd_files()),
        "olca": packages.zipped(packages.olca_files()),
        "ecospold1": packages.zipped({"a.xml": packages.ECOSPOLD1}),
        "ecospold2": packages.zipped(packages.ecospold2_files()),
        "simapro": packages.zipped({"a.csv": packages.SIMAPRO.encode()}),
        "brightway": packages.workbook(),
    }


def test_a_fault_is_found_by_the_judges(tmp_path: Path) -> None:
    written = ilcd.write_package(documented.complete())
    spoilt = {name: content.replace(b"<exchangeDirection>Input", b"<exchangeDirection>Inwards") for name, content in written.files.items()}
    assert list(judges.complaints(spoilt, "ilcd", tmp_path)) == [f"ILCD/processes/{packages.MILL}.xml"]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_list_of_what_lacks_is_what_the_schema_of_tidas_finds(data: st.DataObject) -> None:
    """Whatever is taken out of the documentation: a file is valid exactly if nothing of it is in the list."""
    inventory = documented.complete()
    dataset = inventory.datasets[0]
    tree = Tree("processDataSet", dataset.documentation)
    places = sorted(_places(tree.root, ""))
    for path in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        if tree.at(path) is not None:
            tree.put(path, [])
    spoilt = replace(inventory, datasets=(replace(dataset, documentation=tree.written()), *inventory.datasets[1:]))
    written = tidas.write_package(spoilt)
    lacking = {f"{gap.file}.json" for gap in written.gaps if gap.how == "absent"}
    file = f"processes/{dataset.id}.json"
    assert lacking <= {file}
    assert set(judges.complaints({file: written.files[file]}, "tidas", Path())) == lacking


def _places(node: Mapping[str, Any], path: str) -> list[str]:
    found = []
    for name, held in node.items():
        if isinstance(held, list) and name not in {"common:shortDescription", "common:class"}:
            found.append(f"{path}/{name}".lstrip("/"))
            found += _places(held[0], found[-1])
    return found


def test_what_an_undocumented_database_lacks_is_named_dataset_by_dataset(tmp_path: Path) -> None:
    written = tidas.write_package(read(packages.zipped(packages.ilcd_files()), "ilcd"))
    complaints = judges.complaints(written.files, "tidas", tmp_path)
    said: dict[str, set[str]] = {}
    for gap in written.gaps:
        if gap.how == "absent":
            said.setdefault(f"{gap.file}.json", set()).add(gap.field.rpartition("/")[2])
    theirs = {file: set(re.findall(r"'([^']+)' is a required property", " ".join(found))) for file, found in complaints.items()}
    assert set(said) == set(theirs)
    for file, missing in theirs.items():
        assert missing <= said[file], file
    commission = Gap(f"processes/{packages.MILL}", "processDataSet/administrativeInformation/common:commissionerAndGoal", "absent")
    assert commission in written.gaps
    mill = json.loads(written.files[f"processes/{packages.MILL}.json"])["processDataSet"]
    assert mill["modellingAndValidation"]["validation"]["review"] == {"@type": "Not reviewed"}
    assert Gap(f"processes/{packages.MILL}", "processDataSet/modellingAndValidation/validation/review/@type", "unknown") in written.gaps
    assert "copyright" not in str(mill)
    assert "not stated" not in str(mill)


def test_from_openlca_through_ilcd_the_losses_are_listed() -> None:
    inventory = read(packages.zipped(packages.olca_files()), "olca")
    written = ilcd.write_package(inventory)
    assert Counter(lost.what for lost in written.lost) == {"supplier": 1, "identifier": 3}
    assert Lost("supplier", packages.MILL, 2) in written.lost


def test_an_amount_in_another_unit_is_converted_and_said() -> None:
    inventory = steelworks.spoilt(exchange=3, unit="kWh", amount=Decimal("0.5"))
    written = ilcd.write_package(inventory)
    assert Lost("unit of entry", steelworks.STEEL, 3) in written.lost
    (mill,) = (d for d in again(written, "ilcd").datasets if d.id == steelworks.STEEL)
    assert mill.exchanges[2].amount == Decimal("1.8")


def test_an_amount_in_another_property_is_converted_and_one_that_cannot_be_is_left_out() -> None:
    inventory = steelworks.spoilt(exchange=3, property="mass", unit="t", amount=Decimal("0.006"))
    steel = inventory.flows["electricity"]
    heavy = replace(steel, measures=(*steel.measures, replace(steel.measures[0], property="mass", factor=Decimal("0.5"))))
    converted = again(ilcd.write_package(replace(inventory, flows={**inventory.flows, steel.id: heavy})), "ilcd")
    (mill,) = (d for d in converted.datasets if d.id == steelworks.STEEL)
    assert mill.exchanges[2].amount == Decimal(12), "6 kg at half a kilogram a megajoule"
    written = ilcd.write_package(inventory)
    assert Lost("unit not followed", steelworks.STEEL, 3) in written.lost
    (mill,) = (d for d in again(written, "ilcd").datasets if d.id == steelworks.STEEL)
    assert [e.number for e in mill.exchanges] == [1, 2, 4]


def test_a_reference_unit_that_is_not_known_is_not_replaced_by_the_first() -> None:
    flow = IDENTIFIED.flows[identity_of("steel")]
    written = ilcd.write_package(replace(IDENTIFIED, flows={**IDENTIFIED.flows, flow.id: replace(flow, reference_property="gone")}))
    assert Gap(f"flows/{flow.id}", "flowDataSet/flowInformation/quantitativeReference", "absent") in written.gaps
    assert again(written, "ilcd").flows[flow.id].reference_property == ""


def test_references_lead_to_files_or_are_listed() -> None:
    inventory = documented.complete()
    flows = {key: flow for key, flow in inventory.flows.items() if key != packages.POWER}
    written = ilcd.write_package(replace(inventory, flows=flows))
    assert [gap for gap in written.gaps if gap.how == "dangling"] == [
        Gap(
            f"processes/{identity}",
            f"processDataSet/exchanges/exchange/referenceToFlowDataSet → {packages.POWER}",
            "dangling",
        )
        for identity in (packages.MILL, packages.PLANT)
    ]
    broken = replace(inventory.datasets[0], sources=("#REF!",))
    tree = Tree("processDataSet", broken.documentation)
    tree.made("modellingAndValidation/dataSourcesTreatmentAndRepresentativeness/referenceToDataSource")["@refObjectId"] = "#REF!"
    written = ilcd.write_package(replace(inventory, datasets=(replace(broken, documentation=tree.written()), *inventory.datasets[1:])))
    assert [gap.how for gap in written.gaps] == ["broken"]


def test_a_changed_name_and_class_replace_what_the_documentation_said() -> None:
    inventory = documented.complete()
    mill = next(d for d in inventory.datasets if d.id == packages.MILL)
    renamed = replace(mill, name=Name("电炉炼钢", "arc furnace"), classification=("metals",), year=2025, owner="somebody else")
    found = again(ilcd.write_package(replace(inventory, datasets=(renamed,))), "ilcd").datasets[0]
    assert (found.name, found.classification, found.year, found.owner) == (renamed.name, ("metals",), 2025, "somebody else")
    assert "Independent external review" in found.documentation
    assert "2410" not in found.documentation, "the number of a class that is no longer meant"


def test_texts_are_marked_by_the_script_that_they_are_in(tmp_path: Path) -> None:
    inventory = documented.complete()
    source = inventory.documents[packages.SOURCE]
    marked = replace(source, name=Name(en="能源统计年鉴"))
    written = tidas.write_package(replace(inventory, documents={**inventory.documents, source.id: marked}))
    gaps = [gap for gap in written.gaps if gap.file == f"sources/{source.id}"]
    assert [gap.how for gap in gaps] == ["language"]
    assert judges.complaints(written.files, "tidas", tmp_path) == {}


def test_extensions_are_listed_and_results_by_module_never_written_without_them() -> None:
    text = packages.ilcd_files()["ILCD/processes/mill.xml"].decode()
    module = '<x:amount xmlns:x="http://www.iai.kit.edu/EPD/2013" x:module="A1">7</x:amount>'
    result = f"<LCIAResult><referenceToLCIAMethodDataSet refObjectId='{packages.SOURCE}'/><meanAmount>0</meanAmount><common:other>{module}</common:other></LCIAResult>"
    plain = f"<LCIAResult><referenceToLCIAMethodDataSet refObjectId='{packages.SOURCE}'/><meanAmount>2.5</meanAmount></LCIAResult>"
    files = {**packages.ilcd_files()}
    files["ILCD/processes/mill.xml"] = text.replace("</exchanges>", f"</exchanges><LCIAResults>{result}{plain}</LCIAResults>").encode()
    written = ilcd.write_package(read(packages.zipped(files), "ilcd"))
    assert written.lost == (Lost("extension", packages.MILL),)
    mill = written.files[f"ILCD/processes/{packages.MILL}.xml"]
    assert mill.count(b"<LCIAResult>") == 1
    assert b">2.5<" in mill
    assert b'type="LCIA method data set"' in mill


def test_our_tables_are_those_of_the_schemas() -> None:
    assert dict(CHILDREN) == judges.grammar()
    ours: dict[str, set[str]] = {path: set(children) for path, children in DEMANDS.items()}
    theirs: dict[str, set[str]] = {}
    for category in judges.CATEGORIES:
        theirs |= judges.demanded(category)
    for found in theirs.values():
        found.discard("@name") if found >= {"common:class"} else None
    category = (
        "flowDataSet/flowInformation/dataSetInformation/classificationInformation/common:elementaryFlowCategorization/common:category"
    )
    assert ours.pop(category) == {"@catId"}
    assert ours == {path: found for path, found in theirs.items() if found}
    for kind, name, number in (("sourceDataSet", "sources", "@classId"), ("contactDataSet", "contacts", "@classId"), ("flowDataSet", "flows_elementary", "@catId"),
                               ("flowPropertyDataSet", "flowproperties", "@classId"), ("unitGroupDataSet", "unitgroups", "@classId")):  # fmt: skip
        assert dict(NUMBERS[kind]) == judges.numbered(name, number)


def test_a_part_of_tiangong_goes_out_and_comes_back(samples: Path, tmp_path: Path) -> None:
    """56 datasets, 239 flows with all that they name: valid ILCD, the same again, and every loss and gap said."""
    inventory = read((samples / "samples" / "ilcd" / "tiangong_hubei_subset.zip").read_bytes(), "ilcd")
    written = ilcd.write_package(inventory)
    assert judges.complaints(written.files, "ilcd", tmp_path) == {}
    found = again(written, "ilcd")
    versioned = {lost.dataset for lost in written.lost if lost.what == "version"}
    named = {(lost.dataset, lost.exchange) for lost in written.lost if lost.what == "identifier"}
    rounded = {lost.dataset for lost in written.lost if lost.what == "CAS number"}

    def plain(held: Inventory) -> Inventory:
        datasets = tuple(
            replace(
                d,
                version="" if d.id in versioned else d.version,
                sources=tuple(s for s in d.sources if s != "#REF!"),
                exchanges=tuple(replace(e, flow="" if (d.id, e.number) in named else e.flow) for e in d.exchanges),
            )
            for d in held.datasets
        )
        flows = {key: replace(f, cas="" if f.id in rounded else f.cas) for key, f in held.flows.items()}
        return replace(held, datasets=datasets, flows=flows)

    assert substance(without_added(plain(found), inventory)) == substance(plain(inventory))
    assert {gap.how for gap in written.gaps} == {"dangling", "broken"}
    as_json = tidas.write_package(inventory)
    through = again(as_json, "tidas")
    assert len(through.datasets) == 56
    assert [[(e.number, e.flow, e.amount) for e in d.exchanges] for d in plain(through).datasets] == [
        [(e.number, e.flow, e.amount) for e in d.exchanges] for d in plain(inventory).datasets
    ]
