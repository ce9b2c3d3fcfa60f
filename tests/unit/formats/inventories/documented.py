"""The power plant and the steelworks with everything that TIDAS demands, as a database with a review process would have it."""

from dataclasses import replace
from decimal import Decimal

from tests.unit.formats.inventories import packages
from zuji.formats.ilcd import Tree, reference, texts
from zuji.formats.inventory import (
    Dataset,
    Document,
    Exchange,
    Flow,
    FlowProperty,
    Inventory,
    Measure,
    Name,
    Part,
    Place,
    Unit,
    UnitGroup,
    gather,
)

HERE = Place("made here")
CONTACT, REPORT, SYSTEM = (f"dddddddd-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
PEOPLE, REVIEW, RULES = Name("审核小组", "reviewers"), Name("审核报告", "review report"), Name("数据库规则", "rules of the database")
INFORMATION = {"processDataSet": "processInformation", "flowDataSet": "flowInformation", "flowPropertyDataSet": "flowPropertiesInformation",
               "unitGroupDataSet": "unitGroupInformation", "sourceDataSet": "sourceInformation", "contactDataSet": "contactInformation"}  # fmt: skip
_STEEL_CLASSES = (("C", "Manufacturing"), ("24", "Manufacture of basic metals"), ("241", "Manufacture of basic iron and steel"),
                  ("2410", "Manufacture of basic iron and steel"))  # fmt: skip
_POWER_CLASSES = (("D", "Electricity, gas, steam and air conditioning supply"), ("35", "Electricity, gas, steam and air conditioning supply"),
                  ("351", "Electric power generation, transmission and distribution activities"),
                  ("3511", "Electric power generation activities from non-renewable sources"))  # fmt: skip
_STEEL_PRODUCT = (
    ("4", "Metal products, machinery and equipment"),
    ("41", "Basic metals"),
    ("411", "Basic iron and steel"),
    ("4112", "Crude steel"),
)
_POWER_PRODUCT = (("1", "Ores and minerals; electricity, gas and water"), ("17", "Electricity, town gas, steam and hot water"),
                  ("171", "Electrical energy"), ("1710", "Electrical energy"))  # fmt: skip

_AIR = (("1", "Emissions"), ("1.3", "Emissions to air"), ("1.3.4", "Emissions to air, unspecified"))


def to(kind: str, identity: str, name: Name) -> list[dict[str, object]]:
    return [reference(kind, identity, name, "01.00.000")]


def tree(kind: str, classes: tuple[tuple[str, str], ...] = ()) -> Tree:
    """What every dataset of a kind says of who made it, entered it and owns it, and of its compliance."""
    made = Tree(kind)
    entry, publication = "administrativeInformation/dataEntryBy", "administrativeInformation/publicationAndOwnership"
    made.text(f"{entry}/common:timeStamp", "2026-11-01T08:00:00+08:00")
    made.put(
        f"{entry}/common:referenceToDataSetFormat", to("sourceDataSet", "a97a0155-0234-4b87-b4ce-a45da52f2a40", Name(en="ILCD format 1.1"))
    )
    made.put(f"{publication}/common:referenceToOwnershipOfDataSet", to("contactDataSet", CONTACT, PEOPLE))
    if kind not in {"sourceDataSet", "contactDataSet"}:
        compliance = "modellingAndValidation/complianceDeclarations/compliance"
        made.put(f"{compliance}/common:referenceToComplianceSystem", to("sourceDataSet", SYSTEM, RULES))
        made.text(f"{compliance}/common:approvalOfOverallCompliance", "Fully compliant")
    if classes:
        held = [{"@level": str(level), "@classId": number, "#text": name} for level, (number, name) in enumerate(classes)]
        made.put(f"{INFORMATION[kind]}/dataSetInformation/classificationInformation/common:classification/common:class", held)
    return made


def process(classes: tuple[tuple[str, str], ...], base: Name) -> Tree:
    made = tree("processDataSet", classes)
    about, modelling = "processInformation/dataSetInformation", "modellingAndValidation"
    for part, name in (
        ("baseName", base),
        ("treatmentStandardsRoutes", Name("连续生产", "continuous")),
        ("mixAndLocationTypes", Name("出厂", "at plant")),
    ):
        made.put(f"{about}/name/{part}", texts(name))
    made.put(f"{about}/common:generalComment", texts(Name("示例。", "An example.")))
    treatment = f"{modelling}/dataSourcesTreatmentAndRepresentativeness"
    made.put(f"{treatment}/dataCutOffAndCompletenessPrinciples", texts(Name("无取舍", "no cut-off")))
    made.put(f"{treatment}/annualSupplyOrProductionVolume", texts(Name("1000 吨", "1000 t")))
    made.put(f"{treatment}/referenceToDataSource", to("sourceDataSet", packages.SOURCE, Name("年鉴", "a yearbook")))
    review = made.made(f"{modelling}/validation/review")
    review["@type"] = "Independent external review"
    review["common:scope"] = [{"@name": "Raw data", "common:method": [{"@name": "Cross-check with other source"}]}]
    review["common:reviewDetails"] = texts(Name("数值已与年鉴核对。", "Figures were compared with the yearbook."))
    review["common:referenceToNameOfReviewerAndInstitution"] = to("contactDataSet", CONTACT, PEOPLE)
    review["common:referenceToCompleteReviewReport"] = to("sourceDataSet", REPORT, REVIEW)
    for part in ("nomenclature", "methodological", "review", "documentation", "quality"):
        made.text(f"{modelling}/complianceDeclarations/compliance/common:{part}Compliance", "Fully compliant")
    goal = "administrativeInformation/common:commissionerAndGoal"
    made.put(f"{goal}/common:referenceToCommissioner", to("contactDataSet", CONTACT, PEOPLE))
    made.put(f"{goal}/common:intendedApplications", texts(Name("产品碳足迹", "product carbon footprints")))
    made.put("administrativeInformation/dataEntryBy/common:referenceToPersonOrEntityEnteringTheData", to("contactDataSet", CONTACT, PEOPLE))
    made.text("administrativeInformation/publicationAndOwnership/common:permanentDataSetURI", "https://example.org/data")
    made.text("administrativeInformation/publicationAndOwnership/common:copyright", "false")
    return made


def flow(identity: str, name: Name, measure: str, classes: tuple[tuple[str, str], ...]) -> Flow:
    made = tree("flowDataSet", classes)
    for part, said in (
        ("baseName", name),
        ("treatmentStandardsRoutes", Name("常规", "usual")),
        ("mixAndLocationTypes", Name("出厂", "at plant")),
    ):
        made.put(f"flowInformation/dataSetInformation/name/{part}", texts(said))
    whole = Name(f"{name.zh}; 常规; 出厂", f"{name.en}; usual; at plant")
    categories = tuple(text for _, text in classes or _AIR)
    if not classes:
        held = [{"@level": str(level), "@catId": number, "#text": text} for level, (number, text) in enumerate(_AIR)]
        made.put("flowInformation/dataSetInformation/classificationInformation/common:elementaryFlowCategorization/common:category", held)
    return Flow(identity, "01.00.000", whole, "product" if classes else "elementary", HERE, identity, categories,
                measures=(Measure(measure, Decimal(1)),), reference_property=measure, documentation=made.written())  # fmt: skip


def dataset(identity: str, name: Name, classes: tuple[tuple[str, str], ...], *exchanges: Exchange) -> Dataset:
    whole = Name(f"{name.zh}; 连续生产; 出厂", f"{name.en}; continuous; at plant")
    return Dataset(
        identity, "01.00.000", whole, "unit process", HERE, identity, (0,), exchanges, location="CN", year=2024, valid_until=2028,
        classification=tuple(text for _, text in classes), sources=(packages.SOURCE,), owner=PEOPLE.zh,
        licence="Free of charge for all users and uses", documentation=process(classes, name).written(),
    )  # fmt: skip


def exchange(number: int, flow: Flow, direction: str, amount: str) -> Exchange:
    return Exchange(number, flow.id, flow.name, direction, Decimal(amount), HERE, derivation="Measured")  # type: ignore[arg-type]  # two words


def document(identity: str, kind: str, name: Name, classes: tuple[str, str]) -> Document:
    made = tree(f"{kind}DataSet", (classes,))
    return Document(identity, kind, name, HERE, identity, documentation=made.written())  # type: ignore[arg-type]  # two kinds


def complete() -> Inventory:
    steel, power = (flow(packages.STEEL, Name("粗钢", "crude steel"), packages.MASS, _STEEL_PRODUCT),
                    flow(packages.POWER, Name("电力", "electricity"), packages.ENERGY, _POWER_PRODUCT))  # fmt: skip
    carbon = flow(packages.CO2, Name("二氧化碳（化石）", "carbon dioxide (fossil)"), packages.MASS, ())
    plant = dataset(
        packages.PLANT,
        Name("火力发电", "power plant"),
        _POWER_CLASSES,
        exchange(0, power, "output", "3.6"),
        exchange(1, carbon, "output", "0.9"),
    )
    mill = dataset(packages.MILL, Name("转炉炼钢", "steelworks"), _STEEL_CLASSES, exchange(0, steel, "output", "1"), exchange(1, power, "input", "1.8"),
                   exchange(2, carbon, "output", "1.9"))  # fmt: skip
    groups = [
        UnitGroup(
            packages.KILOGRAMS,
            "01.00.000",
            Name("质量单位", "Units of mass"),
            (Unit("kg", Decimal(1)), Unit("t", Decimal(1000))),
            "kg",
            HERE,
            "kg",
        ),
        UnitGroup(packages.MEGAJOULES, "01.00.000", Name("能量单位", "Units of energy"), (Unit("MJ", Decimal(1)),), "MJ", HERE, "MJ"),
    ]
    measured = [
        FlowProperty(packages.MASS, "01.00.000", Name("质量", "Mass"), packages.KILOGRAMS, HERE, "mass"),
        FlowProperty(packages.ENERGY, "01.00.000", Name("净热值", "Net calorific value"), packages.MEGAJOULES, HERE, "energy"),
    ]
    said = ("1", "Technical unit groups"), ("1", "Technical flow properties")
    groups = [replace(g, documentation=tree("unitGroupDataSet", said[:1]).written()) for g in groups]
    measured = [replace(p, documentation=tree("flowPropertyDataSet", said[1:]).written()) for p in measured]
    publication, contact = ("5", "Publications and communications"), ("3", "Working groups within organisation")
    documents = (
        document(packages.SOURCE, "source", Name("年鉴", "a yearbook"), publication), document(REPORT, "source", REVIEW, publication),
        document(SYSTEM, "source", RULES, ("3", "Compliance systems")), document(CONTACT, "contact", PEOPLE, contact),
        document("a97a0155-0234-4b87-b4ce-a45da52f2a40", "source", Name(en="ILCD format 1.1"), ("1", "Data set formats")),
    )  # fmt: skip
    return gather("ilcd", [Part((plant, mill), (steel, power, carbon), tuple(measured), tuple(groups), documents)])
