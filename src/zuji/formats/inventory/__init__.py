"""An inventory database in memory: immutable, without a trace of the format it came in, every part with the place it came from."""

from zuji.formats.inventory.database import Inventory, gather
from zuji.formats.inventory.drafts import DatasetDraft
from zuji.formats.inventory.identities import identity_of
from zuji.formats.inventory.parts import (
    Allocation,
    Dataset,
    DatasetKind,
    Direction,
    Document,
    Exchange,
    Fault,
    Flow,
    FlowKind,
    FlowProperty,
    Measure,
    Name,
    Part,
    Place,
    Unit,
    UnitGroup,
)
from zuji.formats.inventory.plain import part_from_plain, part_to_plain
from zuji.formats.inventory.uncertainty import Uncertainty

__all__ = [
    "Allocation",
    "Dataset",
    "DatasetDraft",
    "DatasetKind",
    "Direction",
    "Document",
    "Exchange",
    "Fault",
    "Flow",
    "FlowKind",
    "FlowProperty",
    "Inventory",
    "Measure",
    "Name",
    "Part",
    "Place",
    "Uncertainty",
    "Unit",
    "UnitGroup",
    "gather",
    "identity_of",
    "part_from_plain",
    "part_to_plain",
]
