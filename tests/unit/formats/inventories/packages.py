"""Small packages of every format, written by hand: a power plant (3.6 MJ, 0.9 kg CO2) and a steelworks that takes 1.8 MJ of it."""

import io
import json
import zipfile

import openpyxl

MASS, ENERGY = "93a60a56-a3c8-11da-a746-0800200b9a66", "93a60a56-a3c8-11da-a746-0800200c9a66"
KILOGRAMS, MEGAJOULES = "93a60a57-a4c8-11da-a746-0800200c9a66", "93a60a57-a3c8-11da-a746-0800200c9a66"
CO2 = "08a91e70-3ddc-11dd-923d-0050c2490048"
STEEL, POWER = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
MILL, PLANT = "bbbbbbbb-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"
SOURCE = "cccccccc-0000-4000-8000-000000000001"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # no time of its own: the same bytes every time
    return out.getvalue()


# ----------------------------------------------------------------------------------------------------------------------
# ILCD

COMMON = 'xmlns:common="http://lca.jrc.it/ILCD/Common"'


def ilcd_group(identity: str, name: str, reference: str, other: str, factor: str) -> str:
    return f"""<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" {COMMON} version="1.1"><unitGroupInformation>
<dataSetInformation><common:UUID>{identity}</common:UUID><common:name xml:lang="en">{name}</common:name></dataSetInformation>
<quantitativeReference><referenceToReferenceUnit>0</referenceToReferenceUnit></quantitativeReference></unitGroupInformation>
<units><unit dataSetInternalID="0"><name>{reference}</name><meanValue>1</meanValue></unit>
<unit dataSetInternalID="1"><name>{other}</name><meanValue>{factor}</meanValue></unit></units></unitGroupDataSet>"""


def ilcd_property(identity: str, name: str, group: str) -> str:
    return f"""<flowPropertyDataSet xmlns="http://lca.jrc.it/ILCD/FlowProperty" {COMMON} version="1.1"><flowPropertiesInformation>
<dataSetInformation><common:UUID>{identity}</common:UUID><common:name xml:lang="en">{name}</common:name></dataSetInformation>
<quantitativeReference><referenceToReferenceUnitGroup refObjectId="{group}"/></quantitativeReference></flowPropertiesInformation>
</flowPropertyDataSet>"""


def ilcd_flow(identity: str, zh: str, en: str, kind: str, measured: str) -> str:
    category = '<common:elementaryFlowCategorization><common:category level="0">Emissions</common:category><common:category level="1">Emissions to air</common:category></common:elementaryFlowCategorization>'  # noqa: E501  # as files have it
    classes = category if kind == "Elementary flow" else ""
    return f"""<flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" {COMMON} version="1.1"><flowInformation><dataSetInformation>
<common:UUID>{identity}</common:UUID><name><baseName xml:lang="zh">{zh}</baseName><baseName xml:lang="en">{en}</baseName></name>
<classificationInformation>{classes}</classificationInformation></dataSetInformation>
<quantitativeReference><referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty></quantitativeReference></flowInformation>
<modellingAndValidation><LCIMethod><typeOfDataSet>{kind}</typeOfDataSet></LCIMethod></modellingAndValidation>
<flowProperties><flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet refObjectId="{measured}"/><meanValue>1.0</meanValue>
</flowProperty></flowProperties></flowDataSet>"""


def ilcd_exchange(number: int, flow: str, direction: str, amount: str) -> str:
    return f"""<exchange dataSetInternalID="{number}"><referenceToFlowDataSet refObjectId="{flow}">
<common:shortDescription xml:lang="en">{flow}</common:shortDescription></referenceToFlowDataSet>
<exchangeDirection>{direction}</exchangeDirection><meanAmount>{amount}</meanAmount><resultingAmount>{amount}</resultingAmount></exchange>"""


def ilcd_process(identity: str, zh: str, en: str, *exchanges: str) -> str:
    return f"""<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" {COMMON} version="1.1"><processInformation><dataSetInformation>
<common:UUID>{identity}</common:UUID><name><baseName xml:lang="zh">{zh}</baseName><baseName xml:lang="en">{en}</baseName></name>
</dataSetInformation><quantitativeReference type="Reference flow(s)"><referenceToReferenceFlow>0</referenceToReferenceFlow>
</quantitativeReference><time><common:referenceYear>2023</common:referenceYear></time>
<geography><locationOfOperationSupplyOrProduction location="CN"/></geography></processInformation>
<modellingAndValidation><LCIMethodAndAllocation><typeOfDataSet>Unit process, single operation</typeOfDataSet></LCIMethodAndAllocation>
<dataSourcesTreatmentAndRepresentativeness><referenceToDataSource refObjectId="{SOURCE}"/></dataSourcesTreatmentAndRepresentativeness>
</modellingAndValidation><administrativeInformation><publicationAndOwnership><common:dataSetVersion>01.00.000</common:dataSetVersion>
<common:licenseType>Free of charge for all users and uses</common:licenseType></publicationAndOwnership></administrativeInformation>
<exchanges>{"".join(exchanges)}</exchanges></processDataSet>"""


def ilcd_files() -> dict[str, bytes]:
    texts = {
        "ILCD/unitgroups/mass.xml": ilcd_group(KILOGRAMS, "Units of mass", "kg", "t", "1000"),
        "ILCD/unitgroups/energy.xml": ilcd_group(MEGAJOULES, "Units of energy", "MJ", "kWh", "3.6"),
        "ILCD/flowproperties/mass.xml": ilcd_property(MASS, "Mass", KILOGRAMS),
        "ILCD/flowproperties/energy.xml": ilcd_property(ENERGY, "Net calorific value", MEGAJOULES),
        "ILCD/flows/steel.xml": ilcd_flow(STEEL, "粗钢", "crude steel", "Product flow", MASS),
        "ILCD/flows/power.xml": ilcd_flow(POWER, "电力", "electricity", "Product flow", ENERGY),
        "ILCD/flows/co2.xml": ilcd_flow(CO2, "二氧化碳（化石）", "carbon dioxide (fossil)", "Elementary flow", MASS),
        "ILCD/processes/plant.xml": ilcd_process(
            PLANT, "火力发电", "power plant", ilcd_exchange(0, POWER, "Output", "3.6"), ilcd_exchange(1, CO2, "Output", "0.9")
        ),
        "ILCD/processes/mill.xml": ilcd_process(
            MILL, "转炉炼钢", "steelworks", ilcd_exchange(0, STEEL, "Output", "1"), ilcd_exchange(1, POWER, "Input", "1.8"),
            ilcd_exchange(2, CO2, "Output", "1.9"),
        ),
        "ILCD/sources/yearbook.xml": f'<sourceDataSet xmlns="http://lca.jrc.it/ILCD/Source" {COMMON} version="1.1"><sourceInformation>'
        f'<dataSetInformation><common:UUID>{SOURCE}</common:UUID><common:shortName xml:lang="en">a yearbook</common:shortName>'
        "</dataSetInformation></sourceInformation></sourceDataSet>",
        "ILCD/ILCDLocations.xml": '<ILCDLocations><location value="CN">China</location></ILCDLocations>',
        "ILCD/stylesheets/process2html.xsl": "<not read",
    }  # fmt: skip
    return {name: text.encode() for name, text in texts.items()}


# ----------------------------------------------------------------------------------------------------------------------
# EcoSpold 1 and 2

ECOSPOLD1 = """<?xml version="1.0" encoding="GBK"?><ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">
<dataset number="1"><metaInformation><processInformation>
<referenceFunction name="electricity" localName="电力" amount="1" unit="kWh" infrastructureProcess="false" category="energy"/>
<geography location="CN"/><timePeriod><startYear>2023</startYear><endYear>2030</endYear></timePeriod>
<dataSetInformation type="1" version="1.0" localLanguageCode="zh"/></processInformation>
<modellingAndValidation><source number="1" title="a yearbook"/></modellingAndValidation></metaInformation><flowData>
<exchange number="1" name="electricity" location="CN" unit="kWh" infrastructureProcess="false" meanValue="1"><outputGroup>0</outputGroup></exchange>
<exchange number="2" name="Carbon dioxide, fossil" category="air" subCategory="unspecified" unit="kg" meanValue="0.9"><outputGroup>4</outputGroup></exchange>
</flowData></dataset><dataset number="2"><metaInformation><processInformation>
<referenceFunction name="crude steel" localName="粗钢" amount="1" unit="kg" infrastructureProcess="false" category="metals"/>
<geography location="CN"/><timePeriod><startYear>2023</startYear><endYear>2030</endYear></timePeriod>
<dataSetInformation type="1" version="1.0" localLanguageCode="zh"/></processInformation>
<modellingAndValidation><source number="1" title="a yearbook"/></modellingAndValidation></metaInformation><flowData>
<exchange number="1" name="crude steel" location="CN" unit="kg" infrastructureProcess="false" meanValue="1"><outputGroup>0</outputGroup></exchange>
<exchange number="2" name="electricity" location="CN" unit="kWh" infrastructureProcess="false" meanValue="0.5"><inputGroup>5</inputGroup></exchange>
<exchange number="3" name="Carbon dioxide, fossil" category="air" subCategory="unspecified" unit="kg" meanValue="1.9"><outputGroup>4</outputGroup></exchange>
</flowData></dataset></ecoSpold>""".encode("gbk")


def spold(activity: str, zh: str, product: str, unit: str, amount: str, *exchanges: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?><ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset>
<activityDescription><activity id="{activity}" type="1"><activityName xml:lang="en">{activity}</activityName><activityName xml:lang="zh">{zh}</activityName>
</activity><geography><shortname xml:lang="en">CN</shortname></geography><timePeriod startDate="2023-01-01" endDate="2030-12-31"/>
</activityDescription><flowData><intermediateExchange id="x" intermediateExchangeId="{product}" amount="{amount}" productionVolumeAmount="1e9">
<name xml:lang="en">{"electricity" if product == POWER else "crude steel"}</name>
<unitName xml:lang="en">{unit}</unitName><outputGroup>0</outputGroup></intermediateExchange>{"".join(exchanges)}
</flowData><administrativeInformation><dataGeneratorAndPublication personName="somebody" publishedSourceFirstAuthor="Author" publishedSourceYear="2023"/>
<fileAttributes majorRelease="1" minorRelease="0" majorRevision="0" minorRevision="0"/></administrativeInformation>
</activityDataset></ecoSpold>""".encode()


def spold_emission(amount: str) -> str:
    return f"""<elementaryExchange id="e" elementaryExchangeId="{CO2}" amount="{amount}"><name xml:lang="en">Carbon dioxide, fossil</name>
<unitName xml:lang="en">kg</unitName><compartment><compartment xml:lang="en">air</compartment></compartment><outputGroup>4</outputGroup></elementaryExchange>"""


def ecospold2_files() -> dict[str, bytes]:
    taken = f"""<intermediateExchange id="y" intermediateExchangeId="{POWER}" activityLinkId="{PLANT}" amount="0.5"><name xml:lang="en">electricity</name>
<unitName xml:lang="en">kWh</unitName><inputGroup>5</inputGroup></intermediateExchange>"""
    return {
        f"datasets/{PLANT}_{POWER}.spold": spold(PLANT, "火力发电", POWER, "kWh", "1", spold_emission("0.9")),
        f"datasets/{MILL}_{STEEL}.spold": spold(MILL, "转炉炼钢", STEEL, "kg", "1", taken, spold_emission("1.9")),
        "MasterData/Units.xml": b'<validUnits xmlns="http://www.EcoInvent.org/EcoSpold02"/>',
    }


# ----------------------------------------------------------------------------------------------------------------------
# openLCA


def olca_files(version: int = 2) -> dict[str, bytes]:
    """As openLCA 1.x or 2 writes it: the same fields under other names."""
    reference = "isQuantitativeReference" if version == 2 else "quantitativeReference"
    incoming = "isInput" if version == 2 else "input"
    main_property = "isRefFlowProperty" if version == 2 else "referenceFlowProperty"
    main_unit = "isRefUnit" if version == 2 else "referenceUnit"

    def group(identity: str, name: str, unit: str) -> dict[str, object]:
        return {
            "@type": "UnitGroup",
            "@id": identity,
            "name": name,
            "units": [{"@type": "Unit", "name": unit, "conversionFactor": 1.0, main_unit: True}],
        }

    def flow(identity: str, name: str, kind: str, measured: str) -> dict[str, object]:
        held: dict[str, object] = {"@type": "Flow", "@id": identity, "name": name, "flowType": kind}
        held["flowProperties"] = [{"flowProperty": {"@id": measured}, "conversionFactor": 1.0, main_property: True}]
        return held | ({"category": {"@id": "cat-air", "name": "unspecified"}} if kind == "ELEMENTARY_FLOW" else {})

    def exchange(number: int, flow: str, amount: float, unit: str, **more: object) -> dict[str, object]:
        return {"internalId": number, "flow": {"@id": flow, "name": flow}, "amount": amount, "unit": {"name": unit}, **more}

    def process(identity: str, name: str, *exchanges: dict[str, object]) -> dict[str, object]:
        documentation = {
            "validFrom": "2023-01-01",
            "validUntil": "2030-12-31",
            "sources": [{"@id": SOURCE}],
            "dataSetOwner": {"name": "somebody"},
        }
        return {"@type": "Process", "@id": identity, "version": "01.00.000", "name": name, "processType": "UNIT_PROCESS", "location": {"name": "CN"},
                "processDocumentation": documentation, "exchanges": list(exchanges)}  # fmt: skip

    objects: dict[str, dict[str, object]] = {
        "unit_groups/mass": group(KILOGRAMS, "Units of mass", "kg"),
        "unit_groups/energy": group(MEGAJOULES, "Units of energy", "MJ"),
        "flow_properties/mass": {"@type": "FlowProperty", "@id": MASS, "name": "Mass", "unitGroup": {"@id": KILOGRAMS}},
        "flow_properties/energy": {"@type": "FlowProperty", "@id": ENERGY, "name": "Energy", "unitGroup": {"@id": MEGAJOULES}},
        "flows/steel": flow(STEEL, "crude steel", "PRODUCT_FLOW", MASS),
        "flows/power": flow(POWER, "electricity", "PRODUCT_FLOW", ENERGY),
        "flows/co2": flow("co2", "Carbon dioxide, fossil", "ELEMENTARY_FLOW", MASS),
        "categories/air": {"@type": "Category", "@id": "cat-air", "name": "unspecified", "category": {"@id": "cat-top"}},
        "categories/top": {"@type": "Category", "@id": "cat-top", "name": "Emission to air"},
        "sources/yearbook": {"@type": "Source", "@id": SOURCE, "name": "a yearbook"},
        "processes/plant": process(PLANT, "power plant", exchange(1, POWER, 3.6, "MJ", **{reference: True}), exchange(2, "co2", 0.9, "kg")),
        "processes/mill": process(
            MILL, "steelworks", exchange(1, STEEL, 1.0, "kg", **{reference: True}),
            exchange(2, POWER, 1.8, "MJ", defaultProvider={"@id": PLANT}, **{incoming: True}), exchange(3, "co2", 1.9, "kg"),
        ),
    }  # fmt: skip
    return {f"{name}.json": json.dumps(held).encode() for name, held in objects.items()}


# ----------------------------------------------------------------------------------------------------------------------
# SimaPro and Brightway

SIMAPRO = """{SimaPro 9.1}
{processes}
{CSV separator: Semicolon}
{Decimal separator: ,}

Process

Category type
energy

Process identifier
Z1

Process name
power plant

Geography
CN

Literature references
a yearbook;

Products
electricity;kWh;1;100;not defined;Energy;

Emissions to air
Carbon dioxide, fossil;low. pop.;kg;0,9;Undefined;0;0;0;

End

Process

Category type
material

Process identifier
Z2

Process name
转炉炼钢

Geography
CN

Literature references
a yearbook;

Products
crude steel;kg;1;100;not defined;Metals;

Electricity/heat
electricity;kWh;0,5;Undefined;0;0;0;

Emissions to air
Carbon dioxide, fossil;low. pop.;kg;1,9;Undefined;0;0;0;

End

Units
kg;Mass;1;kg
kWh;Energy;3,6;MJ
MJ;Energy;1;MJ

End

Airborne emissions
Carbon dioxide, fossil;kg;000124-38-9;

End
"""


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    header = ["name", "reference product", "location", "amount", "unit", "type", "categories"]
    carbon = ["Carbon dioxide, fossil", None, None]
    for row in (
        ["database", "steel"], [],
        ["Activity", "power plant"], ["reference product", "electricity"], ["location", "CN"], ["source", "a yearbook"], ["Exchanges"], header,
        ["power plant", "electricity", "CN", 1, "kilowatt hour", "production", None],
        [*carbon, 0.9, "kilogram", "biosphere", "air::urban air"], [],
        ["Activity", "steelworks"], ["reference product", "crude steel"], ["location", "CN"], ["source", "a yearbook"], ["Exchanges"], header,
        ["steelworks", "crude steel", "CN", 1, "kilogram", "production", None],
        ["power plant", "electricity", "CN", 0.5, "kilowatt hour", "technosphere", None],
        [*carbon, 1.9, "kilogram", "biosphere", "air::urban air"],
    ):  # fmt: skip
        sheet.append(row)
    skipped = book.create_sheet("notes")
    skipped.append(["skip"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
