"""SimaPro CSV: blocks of sections in a text file whose header says how numbers and columns are separated.

Reference: SimaPro CSV file format (PRé Sustainability), as documented with GreenDelta's olca-simapro-csv (MPL-2.0).
"""

from zuji.formats.simapro.reading import STEPS, read_member

__all__ = ["STEPS", "read_member"]
