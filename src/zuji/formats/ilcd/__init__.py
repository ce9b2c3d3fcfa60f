"""ILCD 1.1 (and the ILCD+EPD files that extend it): XML to the parts of an inventory, and back.

Reference: European Commission, Joint Research Centre: ILCD format 1.1, https://eplca.jrc.ec.europa.eu/LCDN/developerILCDDataFormat.html
"""

from zuji.formats.ilcd.reading import STEPS, part_of_root, read_member
from zuji.formats.ilcd.writing import FOLDERS, Lost, Written, lost, trees, write_package

__all__ = ["FOLDERS", "STEPS", "Lost", "Written", "lost", "part_of_root", "read_member", "trees", "write_package"]
