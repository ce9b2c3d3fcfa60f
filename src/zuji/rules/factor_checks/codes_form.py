"""Numbers of other systems have their form; a CAS number also its check digit."""

import re

from zuji.engine.candidate import CodeSystem
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_FORMS: dict[CodeSystem, str] = {
    "cas": r"\d{2,7}-\d{2}-\d",
    "hs": r"\d{4}(?:\.?\d{2}){0,3}",
    "gbt4754": r"[A-T]?\d{2,4}",
    "cpc": r"\d{1,5}(?:X?\d*)?",
}


def codes_form(case: Case) -> list[Finding]:
    """An error for a number that its system cannot have."""
    found = []
    for system, codes in case.candidate.codes.items():
        for code in codes:
            if re.fullmatch(_FORMS[system], code) is None or (system == "cas" and not cas_holds(code)):
                message = Text(f"“{code[:30]}”不是有效的 {system.upper()} 编码。", f"“{code[:30]}” is not a number of {system.upper()}.")
                found.append(case.found("gate.code-form", "error", system, message))
    return found


def cas_holds(number: str) -> bool:
    """Whether the check digit of a CAS number holds: the digits before it, weighted from the right by 1, 2, 3 …, modulo ten.

    >>> cas_holds("497-19-8"), cas_holds("497-19-3")
    (True, False)
    """
    digits = [int(c) for c in number if c.isdigit()]
    return sum(weight * digit for weight, digit in enumerate(reversed(digits[:-1]), start=1)) % 10 == digits[-1]
