"""The numbers of TIDAS for the classes that ILCD only names: a name of these lists has one number, so that writing it says nothing new.

From tidas_sources_category, tidas_contacts_category, tidas_flowproperties_category, tidas_unitgroups_category and tidas_flows_elementary_category of TIDAS
(https://github.com/tiangong-lca/tidas, MIT); a test compares them. Classes of processes (ISIC) and of products (CPC) are somebody's judgement: only what a
file itself numbers is written.
"""

from collections.abc import Mapping

from zuji.formats.ilcd import Tree

# By kind of dataset, the number of each name.
NUMBERS: Mapping[str, Mapping[str, str]] = {
    "sourceDataSet": {
        "Images": "0",
        "Data set formats": "1",
        "Databases": "2",
        "Compliance systems": "3",
        "Statistical classifications": "4",
        "Publications and communications": "5",
        "Other source types": "6",
    },
    "contactDataSet": {
        "Group of organisations, project": "1",
        "Organisations": "2",
        "Private companies": "2.1",
        "Governmental organisations": "2.2",
        "Non-governmental organisations": "2.3",
        "Other organisations": "2.4",
        "Working groups within organisation": "3",
        "Persons": "4",
        "Other": "5",
    },
    "flowPropertyDataSet": {
        "Technical flow properties": "1",
        "Chemical composition of flows": "2",
        "Economic flow properties": "3",
        "Other flow properties": "4",
    },
    "unitGroupDataSet": {
        "Technical unit groups": "1",
        "Chemical composition unit groups": "2",
        "Economic unit groups": "3",
        "Other unit groups": "4",
    },
    "flowDataSet": {
        "Emissions": "1",
        "Emissions to water": "1.1",
        "Emissions to fresh water": "1.1.1",
        "Emissions to sea water": "1.1.2",
        "Emissions to water, unspecified": "1.1.3",
        "Emissions to water, unspecified (long-term)": "1.1.4",
        "Emissions to soil": "1.2",
        "Emissions to agricultural soil": "1.2.1",
        "Emissions to non-agricultural soil": "1.2.2",
        "Emissions to soil, unspecified": "1.2.3",
        "Emissions to soil, unspecified (long-term)": "1.2.4",
        "Emissions to air": "1.3",
        "Emissions to urban air close to ground": "1.3.1",
        "Emissions to non-urban air or from high stacks": "1.3.2",
        "Emissions to lower stratosphere and upper troposphere": "1.3.3",
        "Emissions to air, unspecified": "1.3.4",
        "Emissions to air, unspecified (long-term)": "1.3.5",
        "Resources": "2",
        "Resources from ground": "2.1",
        "Non-renewable material resources from ground": "2.1.1",
        "Non-renewable element resources from ground": "2.1.2",
        "Non-renewable energy resources from ground": "2.1.3",
        "Renewable element resources from ground": "2.1.4",
        "Renewable energy resources from ground": "2.1.5",
        "Renewable material resources from ground": "2.1.6",
        "Renewable resources from ground, unspecified": "2.1.7",
        "Non-renewable resources from ground, unspecified": "2.1.8",
        "Resources from water": "2.2",
        "Non-renewable material resources from water": "2.2.1",
        "Non-renewable element resources from water": "2.2.2",
        "Non-renewable energy resources from water": "2.2.3",
        "Renewable element resources from water": "2.2.4",
        "Renewable energy resources from water": "2.2.5",
        "Renewable material resources from water": "2.2.6",
        "Renewable resources from water, unspecified": "2.2.7",
        "Non-renewable resources from water, unspecified": "2.2.8",
        "Resources from air": "2.3",
        "Non-renewable material resources from air": "2.3.1",
        "Non-renewable element resources from air": "2.3.2",
        "Non-renewable energy resources from air": "2.3.3",
        "Renewable element resources from air": "2.3.4",
        "Renewable energy resources from air": "2.3.5",
        "Renewable material resources from air": "2.3.6",
        "Renewable resources from air, unspecified": "2.3.7",
        "Non-renewable resources from air, unspecified": "2.3.8",
        "Resources from biosphere": "2.4",
        "Renewable element resources from biosphere": "2.4.1",
        "Renewable energy resources from biosphere": "2.4.2",
        "Renewable material resources from biosphere": "2.4.3",
        "Renewable genetic resources from biosphere": "2.4.4",
        "Renewable resources from biosphere, unspecified": "2.4.5",
        "Land use": "3",
        "Land occupation": "3.1",
        "Land transformation": "3.2",
        "Other elementary flows": "4",
    },
}
_PLACES = {
    "sourceDataSet": ("sourceInformation", "common:classification", "common:class", "@classId"),
    "contactDataSet": ("contactInformation", "common:classification", "common:class", "@classId"),
    "flowPropertyDataSet": ("flowPropertiesInformation", "common:classification", "common:class", "@classId"),
    "unitGroupDataSet": ("unitGroupInformation", "common:classification", "common:class", "@classId"),
    "flowDataSet": ("flowInformation", "common:elementaryFlowCategorization", "common:category", "@catId"),
}


def number_classes(tree: Tree) -> None:
    """Put the numbers of TIDAS beside the names of classes that have one; a number of another list is taken away."""
    if tree.kind not in _PLACES:
        return
    information, classification, name, number = _PLACES[tree.kind]
    node = tree.at(f"{information}/dataSetInformation/classificationInformation/{classification}")
    for one in (node or {}).get(name, ()):
        one.pop(number, None)
        found = NUMBERS[tree.kind].get(one.get("#text", ""))
        if found is not None:
            one[number] = found
