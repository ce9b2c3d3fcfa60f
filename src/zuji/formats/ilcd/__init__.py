"""ILCD 1.1 (and the ILCD+EPD files that extend it): XML to the parts of an inventory, and back.

Reference: European Commission, Joint Research Centre: ILCD format 1.1, https://eplca.jrc.ec.europa.eu/LCDN/developerILCDDataFormat.html
"""

from zuji.formats.ilcd.composing import FOLDERS, HAN, SPACES, Tree, reference, texts
from zuji.formats.ilcd.losses import LOSSES, Lost, lost
from zuji.formats.ilcd.reading import STEPS, part_of_root, read_member
from zuji.formats.ilcd.writing import Gap, Written, trees, write_package

__all__ = [
    "FOLDERS",
    "HAN",
    "LOSSES",
    "SPACES",
    "STEPS",
    "Gap",
    "Lost",
    "Tree",
    "Written",
    "lost",
    "part_of_root",
    "read_member",
    "reference",
    "texts",
    "trees",
    "write_package",
]
