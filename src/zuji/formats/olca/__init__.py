"""openLCA JSON-LD, the schema of openLCA 1.x and of 2: one object a file.

Reference: GreenDelta olca-schema, https://greendelta.github.io/olca-schema/ (CC0). Its Python package writes well and validates nothing
(``amount: "abc"`` passes), so the few fields that are needed are read here, and checked.
"""

from zuji.formats.olca.reading import STEPS, read_member

__all__ = ["STEPS", "read_member"]
