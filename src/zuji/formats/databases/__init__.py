"""Inventory databases of every format, file by file: the part of an import that runs in a child process."""

from zuji.formats.databases.reading import FORMATS, READER, read_package

__all__ = ["FORMATS", "READER", "read_package"]
