"""The place for which a value holds is a code of the table."""

import difflib

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def geography_code(case: Case) -> list[Finding]:
    """An error without a code, or with one that is not in the table."""
    code = case.factor.geography
    if not code:
        return [
            case.found("gate.geography-missing", "error", "geography", Text("须写明适用地区的代码。", "State the code of the geography."))
        ]
    if not case.context.geographies or code in case.context.geographies:
        return []
    near = "、".join(difflib.get_close_matches(code, sorted(case.context.geographies), n=3, cutoff=0.4)) or "CN, CN-HB, GLO"
    message = Text(f"没有地区代码“{code[:40]}”。相近的有：{near}。", f"There is no geography “{code[:40]}”. Near to it: {near}.")
    return [case.found("gate.geography-unknown", "error", "geography", message)]
