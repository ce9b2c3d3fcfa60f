"""TIDAS, the JSON form of ILCD that TianGong uses: the same elements, attributes as ``@name`` and texts as ``#text`` (xmltodict).

Reference: https://github.com/tiangong-lca/tidas (MIT).
"""

from zuji.formats.tidas.reading import STEPS, read_member
from zuji.formats.tidas.writing import write_package

__all__ = ["STEPS", "read_member", "write_package"]
