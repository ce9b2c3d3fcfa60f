"""EcoSpold 1 (ecoinvent 1 and 2, USLCI): XML with one or many datasets a file.

Reference: Hedemann, J., König, U.: Technical documentation of the ecoinvent database, ecoinvent report 4 (2007), ch. 3 (EcoSpold).
"""

from zuji.formats.ecospold1.reading import STEPS, read_member

__all__ = ["STEPS", "read_member"]
