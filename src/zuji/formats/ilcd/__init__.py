"""ILCD 1.1 (and the ILCD+EPD files that extend it): XML to the parts of an inventory, and back.

Reference: European Commission, Joint Research Centre: ILCD format 1.1, https://eplca.jrc.ec.europa.eu/LCDN/developerILCDDataFormat.html
"""

from zuji.formats.ilcd.reading import STEPS, part_of_root, read_member

__all__ = ["STEPS", "part_of_root", "read_member"]
