"""EcoSpold 2 (ecoinvent 3): XML, one dataset a file.

Reference: Meinshausen, I., et al.: EcoSpold 2: technical description, ecoinvent Centre (2013); Weidema et al.: Overview and methodology,
ecoinvent report 1(v3) (2013).
"""

from zuji.formats.ecospold2.reading import STEPS, read_member

__all__ = ["STEPS", "read_member"]
