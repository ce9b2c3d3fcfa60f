"""Inventory databases of every format: read file by file (the part of an import that runs in a child process), and written."""

from zuji.formats.databases.reading import FORMATS, READER, read_package
from zuji.formats.databases.writing import GAPS, REPORT, WRITERS, invalid, report, with_report, write_inventory, zipped

__all__ = [
    "FORMATS",
    "GAPS",
    "READER",
    "REPORT",
    "WRITERS",
    "invalid",
    "read_package",
    "report",
    "with_report",
    "write_inventory",
    "zipped",
]
