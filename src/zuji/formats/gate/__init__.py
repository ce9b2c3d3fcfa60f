"""The import gate: what an inventory database must satisfy before anything is calculated with it, and what becomes of it.

Every fault is a finding with dataset, exchange and reason. A dataset with an error does not come in: the gate fails closed.
"""

from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.checks import CHECKS
from zuji.formats.gate.finding import GateFinding
from zuji.formats.gate.judging import Judgement, judge
from zuji.formats.gate.linking import RULES, Link, Linking, OpenInput, link
from zuji.formats.gate.summary import summary

__all__ = ["CHECKS", "RULES", "Case", "GateFinding", "Judgement", "Line", "Link", "Linking", "OpenInput", "judge", "link", "summary"]
