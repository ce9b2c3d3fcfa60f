"""On which side of a dataset a flow stands, and which dataset can balance which exchange.

ILCD's quantitative reference may be an input: a treatment, per what it takes in, or a process described per unit of a raw material that it consumes.
Such a dataset *takes* its flow; it never supplies it. So an exchange that takes a flow in is supplied only by a dataset that makes it, and one that
hands a waste over only by a dataset that takes it. Some formats write a treatment as an output of a negative amount, which is the same.

An avoided product is a credit for making it, whichever side a format writes it on (openLCA: an input; SimaPro and Brightway: an output), and an
avoided waste a credit for treating it (openLCA's Exchange: "an exchange with an avoided product flow must be set as an input and an avoided waste
flow as an output").
"""

from decimal import Decimal
from typing import Literal

from zuji.formats.inventory import Exchange, FlowKind

Side = Literal["makes", "takes"]


def gives(exchange: Exchange, kind: FlowKind) -> Decimal:
    """How much the dataset hands over; below zero where it takes in. What is avoided is credited from the other side."""
    amount = exchange.amount or Decimal(0)
    if exchange.avoided:
        return -amount if kind == "waste" else amount
    return amount if exchange.direction == "output" else -amount


def side(reference: Exchange) -> Side:
    """Whether a dataset makes its reference or takes it."""
    return "makes" if (reference.amount or Decimal(0)) * (1 if reference.direction == "output" else -1) > 0 else "takes"


def balances(exchange: Exchange, kind: FlowKind, reference: Exchange) -> bool:
    """Whether running the dataset of ``reference`` balances the exchange: forwards, or backwards where a credit is written."""
    handed = gives(exchange, kind)
    forwards = handed < 0 if side(reference) == "makes" else handed > 0
    return forwards or exchange.avoided or (exchange.amount or Decimal(0)) < 0
