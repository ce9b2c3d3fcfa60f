"""Bytes from outside, made safe to read: packages of files, texts of any encoding, XML without its dangers, JSON, numbers."""

from zuji.formats.intake.digests import digest_of
from zuji.formats.intake.elements import Element
from zuji.formats.intake.encoding import decode
from zuji.formats.intake.json_files import read_json
from zuji.formats.intake.numbers import read_decimal, read_number, read_year
from zuji.formats.intake.packages import Package, PackageLimits, check_workbook, open_package
from zuji.formats.intake.parameters import Parameters
from zuji.formats.intake.refusals import PackageRefused, Unreadable
from zuji.formats.intake.xml_files import line_of, local, read_xml

__all__ = [
    "Element",
    "Package",
    "PackageLimits",
    "PackageRefused",
    "Parameters",
    "Unreadable",
    "check_workbook",
    "decode",
    "digest_of",
    "line_of",
    "local",
    "open_package",
    "read_decimal",
    "read_json",
    "read_number",
    "read_xml",
    "read_year",
]
