"""Brightway's Excel format: activities with their exchanges as rows of sheets.

Reference: bw2io documentation, "Excel importer" (BSD-3). An activity is known by name, reference product, location and unit, as there.
"""

from zuji.formats.brightway.reading import STEPS, read_member

__all__ = ["STEPS", "read_member"]
