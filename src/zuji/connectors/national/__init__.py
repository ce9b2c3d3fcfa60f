"""The national database of carbon footprint factors, through a contract of our own: no interface of it has been published (ADR 0039)."""

from zuji.connectors.national.contract import CONTRACT, BadAnswer, Page, Row, read_page
from zuji.connectors.national.simulator import Simulator
from zuji.connectors.national.sources import HttpNational, NationalDatabase, NationalFile, NothingPublished, NotPublished

__all__ = [
    "CONTRACT",
    "BadAnswer",
    "HttpNational",
    "NationalDatabase",
    "NationalFile",
    "NotPublished",
    "NothingPublished",
    "Page",
    "Row",
    "Simulator",
    "read_page",
]
